"""What officers write for kinds, roles, services and days (表格用词), and what it means."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from hequan.files.headers import heading_key
from hequan.files.values import Cell, CellError, parse_list
from hequan.stations.kinds import (
    OpeningDay,
    ServiceCategory,
    ServiceMode,
    StationKind,
    StationRole,
    StationStatus,
)

_KINDS: dict[StrEnum, tuple[str, ...]] = {
    StationKind.TOWN_CENTRE: ("街镇党群服务中心", "党群服务中心", "街镇中心", "社区党群服务中心"),
    StationKind.GRID_STATION: ("网格党群服务站", "网格站", "微网格站", "片区党群服务中心"),
    StationKind.COMMITTEE_STATION: (
        "居村党群服务站",
        "居村站",
        "党群服务站",
        "居委会站点",
        "居村委站点",
    ),
    StationKind.POST: ("党群驿站", "驿站", "服务点"),
    StationKind.PARK_STATION: ("园区党群服务站", "园区站"),
    StationKind.BUSINESS_STATION: ("楼宇党群服务站", "商圈党群服务站", "楼宇站", "商区站"),
    StationKind.NEIGHBOURHOOD_CENTRE: ("邻里中心", "睦邻中心", "community_centre", "社区中心"),
    StationKind.ENERGY_POINT: ("能量补给点", "补给点", "骑手驿站", "暖心驿站"),
    StationKind.LIBRARY: ("图书馆", "阅览室", "partnership library"),
    StationKind.CULTURE_CENTRE: ("文化中心", "文化活动中心", "社区文化活动中心"),
    StationKind.ELDER_CENTRE: (
        "为老服务中心",
        "综合为老服务中心",
        "养老服务中心",
        "social_facility",
    ),
    StationKind.OTHER: ("其他", "其它"),
}
_STATUSES: dict[StrEnum, tuple[str, ...]] = {
    StationStatus.PLANNED: ("规划", "筹建", "在建"),
    StationStatus.OPEN: ("开放", "运行", "正常", "启用"),
    StationStatus.CLOSED: ("关闭", "撤销", "停用"),
}
_ROLES: dict[StrEnum, tuple[str, ...]] = {
    StationRole.ACTIVITY_CENTRE: ("活动中心",),
    StationRole.SCHOOL: ("学校", "党校", "课堂"),
    StationRole.WINDOW: ("服务窗口", "窗口"),
    StationRole.FORUM: ("议事厅", "议事平台", "协商平台"),
    StationRole.VOLUNTEER_POST: ("志愿服务站", "志愿者服务站"),
    StationRole.CIVILISATION_PRACTICE: ("新时代文明实践站", "文明实践站", "文明实践点"),
}
_CATEGORIES: dict[StrEnum, tuple[str, ...]] = {
    ServiceCategory.GOVERNMENT: ("政务服务", "政务"),
    ServiceCategory.ELDER: ("为老服务", "养老", "为老"),
    ServiceCategory.CHILD: ("托幼", "儿童服务", "儿童", "一小"),
    ServiceCategory.MEALS: ("助餐", "餐饮", "食堂"),
    ServiceCategory.HEALTH: ("健康", "卫生健康", "医疗", "助医"),
    ServiceCategory.CULTURE: ("文化", "文化服务"),
    ServiceCategory.LEARNING: ("学习", "教育", "学习教育", "培训"),
    ServiceCategory.SPORTS: ("体育", "健身", "文体"),
    ServiceCategory.LIVING: ("生活服务", "便民", "便民服务", "生活"),
    ServiceCategory.JOBS: ("就业", "就业服务"),
    ServiceCategory.LAW: ("法律", "法律服务"),
    ServiceCategory.VOLUNTEERING: ("志愿服务", "志愿"),
}
_MODES: dict[StrEnum, tuple[str, ...]] = {
    ServiceMode.ANY_TIME: ("随时", "常态化", "自助", "any time"),
    ServiceMode.ON_THE_SPOT: ("现场", "现场办理", "on the spot"),
    ServiceMode.BY_ORDER: ("预约", "点单", "预约点单", "by order"),
}
_DAYS: dict[StrEnum, tuple[str, ...]] = {
    OpeningDay.MONDAY: ("周一", "星期一", "一", "monday", "mo", "1"),
    OpeningDay.TUESDAY: ("周二", "星期二", "二", "tuesday", "tu", "tues", "2"),
    OpeningDay.WEDNESDAY: ("周三", "星期三", "三", "wednesday", "we", "3"),
    OpeningDay.THURSDAY: ("周四", "星期四", "四", "thursday", "th", "thurs", "4"),
    OpeningDay.FRIDAY: ("周五", "星期五", "五", "friday", "fr", "5"),
    OpeningDay.SATURDAY: ("周六", "星期六", "六", "saturday", "sa", "6"),
    OpeningDay.SUNDAY: ("周日", "星期日", "周天", "星期天", "日", "sunday", "su", "7"),
    OpeningDay.HOLIDAY: ("法定节假日", "节假日", "public holiday", "bank holiday", "ph"),
}


def _by_word(words: Mapping[StrEnum, tuple[str, ...]]) -> dict[str, str]:
    return {word: str(code) for code, spelt in words.items() for word in (str(code), *spelt)}


KIND_WORDS = _by_word(_KINDS)
STATUS_WORDS = _by_word(_STATUSES)
ROLE_WORDS = _by_word(_ROLES)
CATEGORY_WORDS = _by_word(_CATEGORIES)
MODE_WORDS = _by_word(_MODES)
DAY_WORDS = _by_word(_DAYS)


def chinese(words: Mapping[str, str]) -> list[str]:
    """Return the first Chinese word of each code, for the choices of a template."""
    first: dict[str, str] = {}
    for word, code in words.items():
        if not word.isascii():
            first.setdefault(code, word)
    return list(first.values())


def list_of(choices: Mapping[str, str]) -> Callable[[Cell], tuple[str, ...]]:
    """Return a cell reader for several words of a list; an unknown one is refused."""
    by_key = {heading_key(word): code for word, code in choices.items()}
    known = ", ".join(dict.fromkeys(choices.values()))

    def read(cell: Cell) -> tuple[str, ...]:
        found: list[Any] = []
        for word in parse_list(cell):
            if heading_key(word) not in by_key:
                raise CellError("not-a-choice", word, choices=known)
            found.append(by_key[heading_key(word)])
        return tuple(dict.fromkeys(found))

    return read
