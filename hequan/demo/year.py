"""A month, and a year, of the demo town's life (演示月、演示年), begun or gone on with.

The month is made with the town, so that every page has something to show; the year of forty
thousand cases is asked for (`hequan demo --year`).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from hequan.core.accounts import Account, system_account
from hequan.demo.errors import NoDemoTownError
from hequan.demo.living import Living, Tell, series_there
from hequan.demo.workforce import Workforce
from hequan.demo.year_askings import Town, town_of_grids
from hequan.demo.year_days import Series
from hequan.territory.kinds import Level
from hequan.territory.models import Unit

YEAR, MONTH = "year", "month"
DAYS_OF_A_YEAR, DAYS_OF_A_MONTH = 365, 30
CASES_OF_A_YEAR, MOST_OF_A_MONTH = 40_000, 120  # the month comes with every town, within seconds


def live_a_month(*, seed: int, by: Account, at: datetime) -> int:
    """Let the town live for the thirty days before a moment; return how many cases were asked."""
    town = _town(seed)
    cases = min(len(town.grids), MOST_OF_A_MONTH)
    series = _until_yesterday(MONTH, seed, cases, DAYS_OF_A_MONTH, at)
    force = _force(by)
    force.open_accounts(_begins(series, at))
    return Living(series, town, force, by).live(0, at)


def live_a_year(
    *, seed: int, cases: int, at: datetime, tell: Tell = lambda _day, _made: None
) -> tuple[Series, bool]:
    """Live the year before a moment, or go on with the year that was begun here.

    Returns the series and whether anything was left to do. A year begun keeps its own seed, size
    and days. NoDemoTownError where there is no demo town to live in.
    """
    by = system_account()
    force = _force(by)
    there = series_there(YEAR)
    series, last = there or (_until_yesterday(YEAR, seed, cases, DAYS_OF_A_YEAR, at), -1)
    if last >= series.days - 1:
        return series, False
    with transaction.atomic():
        force.open_accounts(_begins(series, at))
    Living(series, _town(series.seed), force, by).live(max(last, 0), at, tell)
    return series, True


def _until_yesterday(name: str, seed: int, cases: int, days: int, at: datetime) -> Series:
    return Series(name, seed, cases, timezone.localdate(at) - timedelta(days=days), days)


def _begins(series: Series, at: datetime) -> datetime:
    return at - timedelta(days=(timezone.localdate(at) - series.first_on).days)


def _force(by: Account) -> Workforce:
    found = {one.username: one for one in Account.objects.filter(is_demo=True, is_active=True)}
    if not {"officer", "clerk"} <= set(found):
        raise NoDemoTownError
    return Workforce(officer=found["officer"], clerk=found["clerk"], by=by)


def _town(seed: int) -> Town:
    towns = Unit.objects.filter(level=Level.TOWN, valid_to=None).order_by("pk")
    town = towns.first()
    if town is None or towns.count() > 1:
        raise NoDemoTownError
    grids = Unit.objects.filter(level=Level.GRID, path__startswith=town.path, valid_to=None)
    return town_of_grids(town.pk, list(grids.order_by("pk").values_list("pk", flat=True)), seed)
