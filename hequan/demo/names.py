"""Names of a demo (命名): made-up streets, estates, towns, none of a real place on purpose.

Names are put together from syllables in a fixed order that the seed shuffles. A pair that happens
to exist somewhere (there are thousands of streets in Shanghai) means nothing.
"""

import numpy as np

from hequan.demo.chance import stream

CITY_NAME, DISTRICT_NAME, TOWN_NAME = "演示市", "示范区", "泾溪镇"
CITY_CODE = "990100"  # 99 is no province of GB/T 2260: invalid on purpose

_HEADS = (
    "泾溪云栖长浜锦沙芦荡柳湾荷塘松涛梅园桂苑竹隐枫林槐安杏坛桃源菱湖莲汀苇岸橹声渔歌烟雨晴岚霁月"
    "星河曙光旭升明德崇文尚贤怀仁守信和畅咏春听雨望江临水观澜凌波浣纱采薇踏青拾翠凝香流霞飞鹭鸣泉"
)
_FIRST = tuple(_HEADS[i : i + 2] for i in range(0, len(_HEADS), 2))
_SECOND = ("", "东", "西", "南", "北", "新", "中")
_STREET_ENDS = ("路", "路", "路", "路", "街", "支路")
_MAIN_STREET_ENDS = ("大道", "路", "路")
_ESTATE_ENDS = {
    "old_public": ("新村", "一村", "二村", "三村", "小区", "公寓"),
    "commodity": ("花园", "名苑", "雅苑", "华庭", "家园", "景苑"),
    "relocation": ("馨苑", "佳苑", "新苑", "安居苑"),
    "public_rental": ("青年公寓", "人才公寓", "公租房小区"),
    "mixed": ("里", "坊", "苑"),
}
_TOWN_HEADS = (
    "泾溪云栖芦荡柳湾菱湖莲汀苇岸枫林槐安杏坛桃源松涛竹隐霁月星河旭升怀仁和畅咏春望江观澜凌波采薇"
    "流霞飞鹭鸣泉听橹渡烟晴岚沙洲棹歌耕读织云砚池墨林书带琴川画桥诗浦茶垄稻香麦浪棉塘瓜洲桑梓榆荫"
)
_TOWNS = tuple(_TOWN_HEADS[i : i + 2] for i in range(0, len(_TOWN_HEADS), 2))
_DISTRICT_HEADS = (
    "示范", "清源", "长汀", "云门", "白鹭", "青浜", "沧浪", "北湾",
    "东渡", "西泠", "南塘", "安澜", "永宁", "崇德", "文澜", "星沙",
)  # fmt: skip


def district_names(count: int) -> list[str]:
    """Return the names of so many districts, the first always the demo's own."""
    return [f"{head}区" for head in _DISTRICT_HEADS[:count]]


def town_names(count: int) -> list[str]:
    """Return different names of so many towns and sub-districts, the first always the same."""
    heads = [_TOWNS[0]] + [head for head in _TOWNS[1:] if head != _TOWNS[0]]
    directions = ("", "北", "南", "东", "西", "新", "上", "下")
    named = [f"{way}{head}" for way in directions for head in heads][:count]
    return [f"{name}{'街道' if i % 3 == 2 else '镇'}" for i, name in enumerate(named)]


class NameGiver:
    """Hands out street and estate names of one town, each once."""

    def __init__(self, seed: int, town: int) -> None:
        self._rng: np.random.Generator = stream(seed, f"names/{town}")
        self._taken: set[str] = set()
        self._heads: list[str] = [_FIRST[i] for i in self._rng.permutation(len(_FIRST))]
        self._next: dict[str, int] = {}

    def main_street(self) -> str:
        """Return the name of a thoroughfare."""
        return self._fresh("street", _MAIN_STREET_ENDS)

    def street(self) -> str:
        """Return the name of a street."""
        return self._fresh("street", _STREET_ENDS)

    def estate(self, estate_type: str) -> str:
        """Return the name of an estate of this type, or of any other zone."""
        return self._fresh("estate", _ESTATE_ENDS.get(estate_type, _ESTATE_ENDS["mixed"]))

    def head(self) -> str:
        """Return a bare place name, as committees and parks bear."""
        return self._fresh("head", ("",))

    def _fresh(self, kind: str, ends: tuple[str, ...]) -> str:
        end = ends[int(self._rng.integers(len(ends)))]
        while True:
            number = self._next.get(kind, 0)
            self._next[kind] = number + 1
            turn, place = divmod(number, len(self._heads))
            name = self._heads[place] + _SECOND[turn % len(_SECOND)] + end
            if name not in self._taken:
                self._taken.add(name)
                return name
            if turn >= 4 * len(_SECOND):
                raise ValueError("no fresh name is left")
