"""Names and telephones of a demo's people (人名与电话): made up, nobody's on purpose.

A name put together from common characters may be somebody's, as any name may. The numbers begin
with 154, a range that has been given to no operator, so that a text sent by mistake reaches nobody.
"""

import numpy as np

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余"
    "于杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯"
)
_GIVEN = (
    "嘉宁静雯晓东建国美华志强玉兰海涛雨桐文博欣怡子涵俊杰思远佳琪明轩春梅国庆秀英丽娟"
    "永康安然晨曦若溪景行知夏怀瑾清和书仪一诺允之敏学慧心浩然立新学军爱民桂芳金凤银珠"
)
_PHONE_RANGE = "154"


class PeopleNames:
    """Hands out names and telephone numbers, the same for the same seed."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._serial = 0

    def name(self) -> str:
        """Return a name of two or three characters."""
        surname = _SURNAMES[int(self._rng.integers(len(_SURNAMES)))]
        first, second = (int(n) for n in self._rng.integers(len(_GIVEN), size=2))
        return surname + _GIVEN[first] + (_GIVEN[second] if self._rng.random() < 0.8 else "")

    def phone(self) -> str:
        """Return the next number of a range that no operator has."""
        self._serial += 1
        return f"{_PHONE_RANGE}{self._serial:08d}"
