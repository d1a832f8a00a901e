import pytest

from hequan.people.initials import initials_of, pinyin_of, title_initials


@pytest.mark.parametrize(
    ("name", "initials", "pinyin"),
    [
        ("王丽", "wl", "wangli"),
        ("单丽", "sl", "shanli"),
        ("解小龙", "xxl", "xiexiaolong"),
        ("曾志强", "zzq", "zengzhiqiang"),
        ("仇英", "qy", "qiuying"),
        ("任我行", "rwx", "renwoxing"),
        ("尉迟恭", "ycg", "yuchigong"),
        ("单于飞", "cyf", "chanyufei"),
        ("欧阳娜娜", "oynn", "ouyangnana"),
        ("吕布", "lb", "lvbu"),
        ("阿依古丽·买买提", "ayglmmt", "ayigulimaimaiti"),
        ("John Smith", "js", "johnsmith"),
        ("", "", ""),
    ],
)
def test_a_name_is_read_with_its_surname_as_a_surname(name, initials, pinyin):
    assert (initials_of(name), pinyin_of(name)) == (initials, pinyin)


def test_a_firm_is_read_as_ordinary_words():
    assert title_initials("单位食堂（3号）") == "dwst3h"


def test_a_long_name_is_cut_to_what_the_columns_hold():
    assert len(initials_of("王" * 64)) == 64
    assert len(pinyin_of("庄" * 64)) == 128
