"""Kinds of station the demo builds (站点样式): name, hours, services, rooms, roles of each."""

from dataclasses import dataclass

from hequan.stations.kinds import SpaceFunction as F
from hequan.stations.kinds import StationKind, StationRole
from hequan.stations.records import SpaceRecord
from hequan.territory.kinds import Level

_ALL_ROLES = tuple(StationRole)
_WINDOW = (StationRole.WINDOW, StationRole.FORUM, StationRole.VOLUNTEER_POST)


@dataclass(frozen=True)
class Kit:
    """What one kind of station has; `name` is completed by the place it stands in."""

    kind: StationKind
    level: Level
    name: str
    weeks: tuple[str, ...]
    packages: tuple[str, ...]
    share_of_services: float  # of the packages, drawn station by station
    spaces: tuple[SpaceRecord, ...]
    roles: tuple[StationRole, ...] = _WINDOW
    fitted: float = 0.6  # how likely each point of the accessibility checklist is there


def _room(
    name: str, *functions: F, seats: int | None = None, floor: str = "1F", m2: float | None = None
) -> SpaceRecord:
    names = tuple(str(function) for function in functions)
    return SpaceRecord(name, names, seats, floor, m2, step_free=floor == "1F")


KITS: dict[str, Kit] = {
    "centre": Kit(
        StationKind.TOWN_CENTRE, Level.TOWN, "{town}党群服务中心", ("centre",),
        ("window", "smart_hall", "circle", "culture", "law", "volunteers", "child"), 1.0,
        (
            _room("一门式受理大厅", F.COUNTER, seats=60, m2=620),
            _room("24小时智慧厅", F.SMART_HALL, seats=12, m2=80),
            _room("红客厅", F.MEETING, F.STUDIO, seats=40, floor="2F", m2=120),
            _room("社区剧场", F.THEATRE, seats=260, floor="2F", m2=480),
            _room("邻里图书馆", F.LIBRARY, seats=90, floor="2F", m2=360),
            _room("邻里咖啡", F.CAFE, seats=36, m2=90),
            _room("共创工作室", F.STUDIO, seats=30, floor="3F", m2=110),
            _room("屋顶花园", F.OUTDOOR, seats=80, floor="4F", m2=500),
        ),
        _ALL_ROLES, 0.95,
    ),
    "circle": Kit(
        StationKind.NEIGHBOURHOOD_CENTRE, Level.AREA, "{circle}邻里中心", ("circle",),
        ("circle", "canteen", "elder", "child", "health", "sports", "library", "market"), 0.75,
        (
            _room("社区食堂", F.CANTEEN, seats=120, m2=260),
            _room("公益集市", F.MARKET, m2=300),
            _room("健康小屋", F.CLINIC, seats=10, m2=60),
            _room("宝宝屋", F.NURSERY, seats=20, m2=120),
            _room("长者日托", F.DAY_CARE, seats=30, floor="2F", m2=220),
            _room("市民健身房", F.GYM, seats=40, floor="3F", m2=240),
            _room("多功能活动室", F.ACTIVITY, F.MEETING, seats=80, floor="2F", m2=150),
        ),
        _ALL_ROLES, 0.9,
    ),
    "committee": Kit(
        StationKind.COMMITTEE_STATION, Level.COMMITTEE, "{committee}党群服务站",
        ("committee", "committee", "committee_saturday", "committee_evening"),
        ("committee",), 0.42,
        (
            _room("全岗通接待区", F.COUNTER, seats=8, m2=40),
            _room("议事厅", F.MEETING, seats=24, m2=45),
            _room("睦邻活动室", F.ACTIVITY, seats=40, floor="2F", m2=80),
            _room("阅读角", F.LIBRARY, seats=12, m2=20),
        ),
    ),
    "grid": Kit(
        StationKind.GRID_STATION, Level.GRID, "{zone}网格党群服务站", ("grid",),
        ("post", "volunteers"), 0.6,
        (_room("网格驿家", F.MEETING, F.COUNTER, seats=16, m2=45),), fitted=0.5,
    ),
    "post": Kit(
        StationKind.POST, Level.TOWN, "{street}党群驿站", ("post",), ("post",), 0.9,
        (_room("联勤联动室", F.COUNTER, seats=10, m2=40), _room("街事会客厅", F.MEETING, seats=20)),
        fitted=0.55,
    ),
    "energy": Kit(
        StationKind.ENERGY_POINT, Level.TOWN, "{street}暖新补能点", ("riders", "always", "riders"),
        ("riders",), 0.8,
        (_room("骑手补能角", F.ENERGY_POINT, F.CAFE, seats=12, m2=35),),
        (StationRole.ACTIVITY_CENTRE, StationRole.VOLUNTEER_POST), 0.45,
    ),
    "library": Kit(
        StationKind.LIBRARY, Level.TOWN, "{street}社区书房", ("library",), ("library",), 1.0,
        (_room("借阅区", F.LIBRARY, seats=50, m2=180), _room("自习室", F.STUDIO, seats=30, m2=70)),
        (StationRole.SCHOOL, StationRole.CIVILISATION_PRACTICE), 0.75,
    ),
    "elder": Kit(
        StationKind.ELDER_CENTRE, Level.TOWN, "{street}综合为老服务中心", ("elder",),
        ("elder", "canteen", "health"), 0.9,
        (
            _room("日间照护室", F.DAY_CARE, seats=40, m2=260),
            _room("助餐点", F.CANTEEN, seats=60, m2=120),
            _room("康复训练室", F.CLINIC, F.GYM, seats=16, m2=90),
        ),
        (StationRole.ACTIVITY_CENTRE, StationRole.WINDOW), 0.92,
    ),
    "culture": Kit(
        StationKind.CULTURE_CENTRE, Level.TOWN, "{street}社区文化活动中心", ("culture",),
        ("culture", "sports", "library"), 0.9,
        (
            _room("百姓剧场", F.THEATRE, seats=320, m2=520),
            _room("排练厅", F.ACTIVITY, seats=50, floor="2F", m2=130),
            _room("体育馆", F.GYM, seats=100, m2=800),
            _room("晨练广场", F.OUTDOOR, seats=200, floor="", m2=1200),
        ),
        (StationRole.ACTIVITY_CENTRE, StationRole.SCHOOL, StationRole.CIVILISATION_PRACTICE), 0.85,
    ),
    "science": Kit(
        StationKind.PARK_STATION, Level.TOWN, "{zone}党群服务站", ("science",),
        ("business", "riders"), 0.6,
        (
            _room("青年会客厅", F.CAFE, F.MEETING, seats=40, m2=110),
            _room("路演厅", F.THEATRE, seats=80),
        ),
        fitted=0.8,
    ),
    "business": Kit(
        StationKind.BUSINESS_STATION, Level.TOWN, "{zone}商圈党群服务站", ("business",),
        ("business", "riders", "post"), 0.6,
        (_room("暖心驿家", F.ENERGY_POINT, F.COUNTER, seats=24, m2=70),), fitted=0.8,
    ),
    "smart": Kit(
        StationKind.OTHER, Level.TOWN, "{street}24小时智慧厅", ("always",), ("smart_hall",), 1.0,
        (_room("自助服务区", F.SMART_HALL, seats=10, m2=60),), (StationRole.WINDOW,), 0.9,
    ),
    "green": Kit(
        StationKind.POST, Level.TOWN, "{zone}驿站", ("post",), ("green", "post", "sports"), 0.4,
        (
            _room("园艺驿站", F.CAFE, F.ACTIVITY, seats=20, m2=60),
            _room("林下议事角", F.OUTDOOR, seats=30),
        ),
        fitted=0.7,
    ),
}  # fmt: skip

# what a town builds beside its centre, its circles' and its committees' stations, in this order
EXTRAS = (
    "elder", "post", "energy", "grid", "library", "science", "culture", "business",
    "smart", "green", "grid", "energy", "post", "elder", "library", "science",
    "grid", "energy", "post", "grid", "energy", "post", "grid",
)  # fmt: skip
