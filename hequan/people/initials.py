"""Pinyin of names (姓名拼音): what a name is found by when only letters are typed.

Surnames that are read otherwise than the same character elsewhere (单 Shan, 解 Xie, 曾 Zeng,
仇 Qiu) are read as surnames; the rest of a name, and what an organisation is called, as written.
"""

import re
from functools import lru_cache

_SURNAMES = {
    "单": "shan", "解": "xie", "曾": "zeng", "仇": "qiu", "任": "ren", "盖": "ge", "查": "zha",
    "朴": "piao", "区": "ou", "翟": "zhai", "乐": "yue", "覃": "qin", "缪": "miao", "冼": "xian",
    "员": "yun", "折": "she", "黑": "he", "繁": "po", "秘": "bi", "种": "chong", "晁": "chao",
    "召": "shao", "祭": "zhai", "谌": "chen", "隗": "wei", "洗": "xian", "宿": "su", "燕": "yan",
    "葛": "ge", "柏": "bai", "牟": "mu", "华": "hua", "过": "guo", "句": "gou", "宁": "ning",
    "尉": "wei", "纪": "ji", "盛": "sheng", "石": "shi", "沈": "shen", "贾": "jia", "臧": "zang",
    "藏": "zang", "重": "chong", "车": "che", "那": "na", "万": "wan", "曲": "qu", "卜": "bu",
    "费": "fei", "长": "chang", "行": "xing", "郇": "xun", "粘": "nian", "撒": "sa", "逄": "pang",
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "单于": "chan yu", "澹台": "tan tai",
    "令狐": "ling hu", "夏侯": "xia hou", "宇文": "yu wen", "尧": "yao", "褚": "chu",
}  # fmt: skip
_LETTERS = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=4096)
def name_syllables(name: str) -> tuple[str, ...]:
    """Return the syllables of a person's name, her surname read as one: ("shan", "li") of 单丽."""
    text = name.strip()
    for length in (2, 1):
        known = _SURNAMES.get(text[:length]) if len(text) >= length else None
        if known:
            return (*known.split(), *_syllables(text[length:]))
    return _syllables(text)


def initials_of(name: str) -> str:
    """Return the first letters of a person's name: `wl` of 王丽; lower case, letters and digits."""
    return "".join(part[0] for part in name_syllables(name))[:64]


def pinyin_of(name: str) -> str:
    """Return a person's name in letters without tones or blanks: `wangli` of 王丽."""
    return "".join(name_syllables(name))[:128]


def title_initials(title: str) -> str:
    """Return the first letters of an organisation's or a place's name, read as ordinary words."""
    return "".join(part[0] for part in _syllables(title))[:64]


def _syllables(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # its phrases take half a second: not at every start

    read = lazy_pinyin(text, style=Style.NORMAL, errors="default", v_to_u=False)
    return tuple(part for run in read for part in _LETTERS.findall(run.lower()))
