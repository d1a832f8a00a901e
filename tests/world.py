"""One small fixed town with a named cast: 2 committees, 6 micro-grids, 12 people, a few streets.

The ground is a board of 100 m squares, three wide grids by two committees, 600 m by 400 m:

    y 400  +-----------+-----------+-----------+
           |  pine 1   |  pine 2   |  pine 3   |   Pine Lane committee (青松)
    y 200  +-----------+-----------+-----------+
           |  maple 1  |  maple 2  |  maple 3  |   Maple Lane committee (红枫)
    y   0  +-----------+-----------+-----------+
           x 0        200         400         600

Streets run along every 100 m; the one at x 300 between y 100 and y 200 is a flight of steps, and a
gate with hours stands at x 500 between y 200 and y 300.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from hequan.core.accounts import Account, system_account
from hequan.core.grants import give_grants
from hequan.core.jobs import Job, run_next
from hequan.core.kinds import BUSINESS, Capability
from hequan.planner.network import EdgeFlag, Gate
from hequan.planner.network_build import build_network
from hequan.planner.street_pieces import street_pieces
from hequan.territory.actions import (
    BoundaryFacts,
    CountFacts,
    HomeFacts,
    UnitFacts,
    put_street_network,
    save_boundaries,
    save_circle,
    save_circle_set,
    save_homes,
    save_people_counts,
    save_units,
)
from hequan.territory.kinds import EstateType, Level, ZoneKind
from hequan.territory.models import Circle, CircleSet, StreetNetwork, Unit
from tests.world_people import Cast, make_cast
from tests.world_rows import KeptRows

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)  # Tuesday, 10 in the morning in Shanghai
WEST, SOUTH = 121.48, 31.32
METRES_NORTH = 111_195.0
METRES_EAST = 94_992.0  # of one degree at this latitude

CITY, DISTRICT, TOWN = "310000", "310113", "310113111"
AREA, MAPLE, PINE = "GJ-A", "310113111001", "310113111002"
GRIDS = tuple(f"GJ-{name}{number}" for name in ("M", "P") for number in (1, 2, 3))
BY_AGE = {"0_2": 4, "3_6": 6, "7_14": 10, "15_59": 55, "60_64": 8, "65_79": 12, "80_plus": 5}


def place(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude of a place in metres from the town's south-west corner."""
    return WEST + x / METRES_EAST, SOUTH + y / METRES_NORTH


def box(west: float, south: float, east: float, north: float) -> dict[str, object]:
    """Return a rectangle in metres as a GeoJSON polygon."""
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return {"type": "Polygon", "coordinates": [[list(place(x, y)) for x, y in corners]]}


@dataclass(frozen=True)
class World:
    """The town and who is in it."""

    city: Unit
    district: Unit
    town: Unit
    area: Unit
    maple: Unit
    pine: Unit
    grids: tuple[Unit, ...]  # maple 1-3, pine 1-3
    circle_set: CircleSet
    happy: Circle  # over maple
    green: Circle  # over pine
    network: StreetNetwork
    system: Account
    officer: Account  # Zhou Min, of the town: everything
    clerk: Account  # Chen Jie, of maple: sees the board and imports there
    viewer: Account  # Lin Tao, of pine: sees the board there
    stranger: Account  # signed in, granted nothing
    resident: Account  # Zhang Wei, of maple 3: signs in as himself, granted nothing
    sysadmin: Account  # the three administrators: each may do the work of her office only
    security: Account
    auditor: Account
    cast: Cast  # twelve people, some of them behind these accounts
    at: datetime = AT


def make_world() -> World:
    """Build the town through the actions every page uses."""
    by = system_account()
    units = _make_units(by)
    circle_set, happy, green = _make_circles(units, by)
    network = _make_streets(by)
    accounts = _make_accounts(units, by)
    cast = _make_cast(units, accounts, by)
    _let_the_day_before_end()
    return World(
        city=units[CITY],
        district=units[DISTRICT],
        town=units[TOWN],
        area=units[AREA],
        maple=units[MAPLE],
        pine=units[PINE],
        grids=tuple(units[code] for code in GRIDS),
        circle_set=circle_set,
        happy=happy,
        green=green,
        network=network,
        system=by,
        cast=cast,
        **accounts,
    )


def _let_the_day_before_end() -> None:
    """Carry out what the making has asked for, so that a test finds only its own jobs."""
    while run_next(AT):
        pass
    Job.objects.all().delete()


def _make_accounts(units: dict[str, Unit], by: Account) -> dict[str, Account]:
    of_maple = [Capability.SEE_BOARD, Capability.IMPORT_FILES, Capability.EDIT_STATIONS]
    maple, pine = units[MAPLE].path, units[PINE].path
    return {
        "officer": _make_account("zhoumin", "周敏", list(BUSINESS), units[TOWN].path, by),
        "clerk": _make_account("chenjie", "陈洁", of_maple, maple, by),
        "viewer": _make_account("lintao", "林涛", [Capability.SEE_BOARD], pine, by),
        "stranger": _make_account("stranger", "陌生人", [], "/", by),
        "resident": _make_account("resident", "张伟", [], "/", by),
        "sysadmin": _make_account("sysadmin", "方宇", [Capability.ADMINISTER_SYSTEM], "/", by),
        "security": _make_account("security", "何静", [Capability.ADMINISTER_SECURITY], "/", by),
        "auditor": _make_account("auditor", "沈平", [Capability.READ_AUDIT], "/", by),
    }


def _make_cast(units: dict[str, Unit], accounts: dict[str, Account], by: Account) -> Cast:
    places = {"town": TOWN, "maple": MAPLE, "pine": PINE}
    places |= {f"{'maple' if code[3] == 'M' else 'pine'} {code[4]}": code for code in GRIDS}
    who = {name: accounts[name] for name in ("officer", "clerk", "viewer", "resident")}
    who["outsider"] = accounts["stranger"]
    return make_cast({name: units[code].pk for name, code in places.items()}, who, by, AT)


def _make_units(by: Account) -> dict[str, Unit]:
    estate, old = ZoneKind.ESTATE, EstateType.OLD_PUBLIC
    facts = [
        UnitFacts(Level.CITY, CITY, "上海市"),
        UnitFacts(Level.DISTRICT, DISTRICT, "宝山区", CITY),
        UnitFacts(Level.TOWN, TOWN, "高境镇", DISTRICT),
        UnitFacts(Level.AREA, AREA, "第一片区", TOWN),
        UnitFacts(Level.COMMITTEE, MAPLE, "红枫居委会", AREA, estate, old, households=1200),
        UnitFacts(Level.COMMITTEE, PINE, "青松居委会", AREA, estate, "commodity", households=1500),
        *(
            UnitFacts(
                Level.GRID,
                code,
                f"{'红枫' if code[3] == 'M' else '青松'}第{code[4]}微网格",
                MAPLE if code[3] == "M" else PINE,
                estate,
            )
            for code in GRIDS
        ),
    ]
    ids = save_units(units=facts, by=by, at=AT)
    outlines = {TOWN: box(0, 0, 600, 400), AREA: box(0, 0, 600, 400)}
    outlines |= {MAPLE: box(0, 0, 600, 200), PINE: box(0, 200, 600, 400)}
    for at, code in enumerate(GRIDS):
        x, y = 200 * (at % 3), 200 * (at // 3)
        outlines[code] = box(x, y, x + 200, y + 200)
    facts_of = [
        BoundaryFacts(ids[code], shape, "drawn for tests") for code, shape in outlines.items()
    ]
    save_boundaries(boundaries=facts_of, by=by, at=AT)
    save_homes(homes=_homes(), source="made for tests", by=by, at=AT)
    counts = [
        CountFacts(ids[code], band, 6 * n) for code in (MAPLE, PINE) for band, n in BY_AGE.items()
    ]
    save_people_counts(
        counts=counts, as_of=date(2025, 12, 31), source="made for tests", by=by, at=AT
    )
    return {code: Unit.objects.get(pk=pk) for code, pk in ids.items()}


def _homes() -> list[HomeFacts]:
    """Two homes of 100 people in every grid, 10 m off a street."""
    homes = []
    for at, code in enumerate(GRIDS):
        x, y = 200 * (at % 3), 200 * (at // 3)
        lane = "红枫路" if code[3] == "M" else "青松路"
        for number, (east, north) in enumerate(((50, 90), (150, 110)), start=1):
            lon, lat = place(x + east, y + north)
            address = f"{lane}{10 * (at % 3) + number}号"
            homes.append(HomeFacts(f"{code}-H{number}", lon, lat, 100, BY_AGE, address))
    return homes


def _make_circles(units: dict[str, Unit], by: Account) -> tuple[CircleSet, Circle, Circle]:
    circle_set = save_circle_set(town=units[TOWN], name="一核五圈", by=by, at=AT)
    happy = save_circle(
        circle_set=circle_set,
        name="幸福圈",
        speciality="happiness",
        units=[units[MAPLE].pk],
        by=by,
        at=AT,
    )
    green = save_circle(
        circle_set=circle_set,
        name="文体圈",
        speciality="sports_culture",
        units=[units[PINE].pk],
        by=by,
        at=AT,
    )
    return circle_set, happy, green


def _make_streets(by: Account) -> StreetNetwork:
    columns, rows = 7, 5
    at = {(x, y): y * columns + x for y in range(rows) for x in range(columns)}
    spots = [place(100 * x, 100 * y) for y in range(rows) for x in range(columns)]
    pieces = [((x, y), (x + 1, y)) for x in range(columns - 1) for y in range(rows)]
    pieces += [((x, y), (x, y + 1)) for x in range(columns) for y in range(rows - 1)]
    steps, gate = ((3, 1), (3, 2)), ((5, 2), (5, 3))
    built, report = build_network(
        street_pieces(
            [lon for lon, _ in spots],
            [lat for _, lat in spots],
            [at[one] for one, _ in pieces],
            [at[other] for _, other in pieces],
            flags=[int(EdgeFlag.STEPS) if piece == steps else 0 for piece in pieces],
            gate=[0 if piece == gate else -1 for piece in pieces],
            name=[one[1] if one[1] == other[1] else rows + one[0] for one, other in pieces],
            gates=(Gate("青松门", "06:00-22:00"),),
            names=tuple(f"东西{y}路" for y in range(rows))
            + tuple(f"南北{x}路" for x in range(columns)),
            source="drawn for tests",
        )
    )
    return put_street_network(
        network=built,
        name="试验路网",
        source="drawn for tests",
        report={"nodes": report.nodes, "edges": report.edges},
        by=by,
        at=AT,
    )


def _make_account(
    username: str, name: str, capabilities: list[Capability], path: str, by: Account
) -> Account:
    account = Account.objects.create_user(username, password=f"{username}-password", name=name)
    give_grants(account=account, capabilities=capabilities, path=path, by=by, at=AT)
    return account


kept_world = KeptRows(make_world)


@pytest.fixture
def world(db) -> World:
    """The town, as new for the test."""
    return kept_world.get()
