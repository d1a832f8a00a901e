"""Building a demo (建演示镇): the land written through the actions of the apps, in one transaction.

Nothing here writes a row itself. What a page shows at once (coverage) is measured at the end, when
the rows stand.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from hequan.core.accounts import Account, accounts_exist, system_account
from hequan.core.calendar_days import replace_calendar_year
from hequan.demo.accounts import open_accounts
from hequan.demo.asking import let_people_ask
from hequan.demo.entered_twice import enter_some_twice
from hequan.demo.errors import NotEmptyError
from hequan.demo.happenings import let_things_happen
from hequan.demo.holidays import SOURCES, holidays_by_year
from hequan.demo.introductions import enter_resident, introduce, write_out_posts
from hequan.demo.land import Land, make_land
from hequan.demo.repairing import let_people_repair
from hequan.demo.responsibility import share_responsibilities
from hequan.demo.scale import Scale
from hequan.demo.settling import Settled, settle_land
from hequan.demo.staffing import staff_land
from hequan.demo.stationing import Stationed, station_land
from hequan.demo.streets import SOURCE
from hequan.demo.working_together import let_people_work
from hequan.demo.year import live_a_month
from hequan.people.actions import publish_standard_words
from hequan.planner.network_build import build_network
from hequan.roster.kinds import PostKind
from hequan.stations import actions as station_actions
from hequan.territory import actions as territory_actions
from hequan.territory import queries as territory

Say = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """What was built, by count, and the share of people within 15 minutes on foot."""

    counts: dict[str, int]
    unit_name: str
    within_15: float | None


def is_empty() -> bool:
    """Tell whether nothing stands in the way of a demo: no units and nobody's account."""
    return not territory.root_units().exists() and not accounts_exist()


def build_demo(*, scale: Scale, seed: int, at: datetime, say: Say = lambda _: None) -> Built:
    """Build a demo in an empty database; NotEmptyError where there is something already."""
    if not is_empty():
        raise NotEmptyError
    by = system_account()
    say("land")
    land = make_land(scale, seed)
    with transaction.atomic():
        settled, stationed = _write(land, seed, by, at, say)
    say("coverage")
    within = _measure(settled, by, at)
    return Built(_counts(land, stationed), settled.root_name, within)


def _write(land: Land, seed: int, by: Account, at: datetime, say: Say) -> tuple[Settled, Stationed]:
    for year, days in holidays_by_year().items():
        replace_calendar_year(year=year, days=days, source=SOURCES[year], by=by, at=at)
    publish_standard_words(by=by, at=at)
    say("territory")
    settled = settle_land(land, by=by, at=at)
    say("stations")
    stationed = station_land(land, settled, by=by, at=at)
    let_things_happen(land, settled, stationed, by=by, at=at)
    accounts = open_accounts(path=settled.root_path, by=by, at=at)
    if land.plan.scale.is_one_town:
        say("people")
        staffed = staff_land(land, settled, stationed, by=by, at=at)
        share_responsibilities(settled=settled, by=by, at=at)
        let_people_work(settled, stationed, staffed, by=by, at=at)
        introduce(accounts, staffed, by=by, at=at)
        resident = enter_resident(unit_id=settled.ids[settled.codes.grids[0]], by=by, at=at)
        let_people_ask(settled, accounts, resident, by=by, at=at)
        let_people_repair(settled, accounts, resident, by=by, at=at)
        say("a month of life")
        live_a_month(seed=seed, by=by, at=at)
        enter_some_twice(staffed.by_kind.get(PostKind.GRID_HELPER, []), by=by, at=at)
        write_out_posts(accounts, by=by, at=at)
    say("streets")
    network, report = build_network(land.streets)
    territory_actions.put_street_network(
        network=network,
        name=f"{settled.root_name}步行路网",
        source=SOURCE,
        report=asdict(report),
        by=by,
        at=at,
    )
    return settled, stationed


def _measure(settled: Settled, by: Account, at: datetime) -> float | None:
    """Measure coverage now, so that the board has figures when it first opens."""
    root = territory.unit_with_code(settled.root_code)
    if root is None:
        raise LookupError(settled.root_code)
    run = station_actions.ask_coverage(unit=root, by=by, at=at)
    station_actions.measure_coverage(run=run, by=by, at=at)
    run.refresh_from_db()
    shares = run.figures.get("profiles", {}).get("adult", {}).get("share_within", {})
    return float(shares["15"]) if "15" in shares else None


def _counts(land: Land, stationed: Stationed) -> dict[str, int]:
    plan = land.plan
    return {
        "districts": len(plan.districts),
        "towns": len(plan.towns),
        "areas": len(plan.areas),
        "committees": len(plan.committees),
        "grids": len(plan.grids),
        "homes": len(land.homes),
        "people": int(land.homes.people.sum()),
        "stations": len(stationed.station_ids),
        "services": stationed.services,
        "organisations": plan.scale.organisations,
    }
