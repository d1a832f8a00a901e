"""What officers write for levels, zones, estates and ages (表格用词), and what it means."""

from collections.abc import Mapping
from typing import Any

from hequan.files.headers import Field
from hequan.files.values import parse_count
from hequan.territory.kinds import AgeBand, EstateType, Level, ZoneKind

_LEVELS = {
    Level.CITY: ("市", "城市", "直辖市", "地级市"),
    Level.DISTRICT: ("区", "区县", "县", "县区", "市辖区"),
    Level.TOWN: ("街镇", "街道", "镇", "乡", "乡镇", "街道乡镇"),
    Level.AREA: ("片区", "网格片区", "责任片区", "综合网格"),
    Level.COMMITTEE: ("居村委", "居委会", "村委会", "居委", "村委", "社区", "居民区", "居村"),
    Level.GRID: ("微网格", "网格", "基础网格", "单元网格"),
    Level.BUILDING_GROUP: ("楼组", "楼栋组", "楼组群", "building group"),
}
_ZONES = {
    ZoneKind.ESTATE: ("小区", "社区", "居住区", "住宅小区"),
    ZoneKind.STREET: ("街区", "商业街区", "街道"),
    ZoneKind.PARK: ("园区", "产业园区", "科技园区"),
    ZoneKind.MALL: ("商区", "商圈", "商场", "楼宇"),
    ZoneKind.CAMPUS: ("校区", "校园"),
    ZoneKind.BARRACKS: ("营区", "军营"),
}
_ESTATES = {
    EstateType.COMMODITY: ("商品房", "商品住宅"),
    EstateType.RELOCATION: ("动迁房", "动迁安置房", "安置房"),
    EstateType.PUBLIC_RENTAL: ("公租房", "公共租赁住房", "廉租房"),
    EstateType.OLD_PUBLIC: ("老公房", "售后公房", "公房"),
    EstateType.RURAL: ("农村", "农宅", "农村宅基地"),
    EstateType.MIXED: ("混合", "混合型"),
}


def _by_word(words: Mapping[Any, tuple[str, ...]]) -> dict[str, str]:
    return {word: str(code) for code, spelt in words.items() for word in (str(code), *spelt)}


LEVEL_WORDS = _by_word(_LEVELS)
ZONE_WORDS = _by_word(_ZONES)
ESTATE_WORDS = _by_word({**_ESTATES})

_AGES = {
    AgeBand.UNDER_3: ("0-2岁", "0-2", "3岁以下", "0至2岁", "age 0-2", "under 3"),
    AgeBand.UNDER_7: ("3-6岁", "3-6", "3至6岁", "age 3-6"),
    AgeBand.CHILD: ("7-14岁", "7-14", "7至14岁", "age 7-14"),
    AgeBand.ADULT: ("15-59岁", "15-59", "15至59岁", "age 15-59"),
    AgeBand.SIXTIES: ("60-64岁", "60-64", "60至64岁", "age 60-64"),
    AgeBand.ELDER: ("65-79岁", "65-79", "65至79岁", "age 65-79"),
    AgeBand.OLDEST: ("80岁及以上", "80岁以上", "80+", "80岁+", "age 80+", "80 and over"),
}

AGE_FIELDS = tuple(
    Field(f"age_{band}", (str(band), *titles), required=False, parse=parse_count)
    for band, titles in _AGES.items()
)
AGE_TITLES = tuple((titles[0], f"age_{band}") for band, titles in _AGES.items())
