"""Writing opening hours (开放时间): weekly rows, single days, and announced closures."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from hequan.core import audit, versions
from hequan.core.accounts import Account
from hequan.core.rule_values import rule_value
from hequan.stations.actions.stations import STAMP
from hequan.stations.errors import (
    ClosureOverError,
    OverlappingHoursError,
    ShortNoticeError,
    UnreadableHoursError,
    WrongOrderError,
)
from hequan.stations.hours import DayException, HoursError, Rule
from hequan.stations.hours_clash import clashes_among
from hequan.stations.hours_text import hours_text
from hequan.stations.hours_words import hours_problem, written
from hequan.stations.models import Closure, HoursException, OpeningRule, Station

NOTICE_RULE = "closure_notice_days"


@transaction.atomic
def set_opening_rules(
    *, station: Station, rules: Iterable[Rule], by: Account, at: datetime
) -> None:
    """Put these weekly rows in place of the station's; refuses rows that overlap."""
    rules = tuple(rules)
    check_rules(rules)
    rows = OpeningRule.objects.filter(station=station)
    before = [[row.day, row.opens, row.closes, row.season] for row in rows.order_by("pk")]
    rows.delete()
    OpeningRule.objects.bulk_create(rows_of(station.pk, rules))
    versions.bump(STAMP)
    audit.record(
        verb="stations.hours_set",
        by=by,
        at=at,
        thing=station,
        before={"rows": before},
        after={"hours": hours_text(rules)},
    )


def check_rules(rules: Iterable[Rule]) -> None:
    """Refuse rows of hours two of which overlap."""
    for clash in clashes_among(rules):
        raise OverlappingHoursError(first=written(clash.first), second=written(clash.second))


def rows_of(station_pk: int, rules: Iterable[Rule]) -> list[OpeningRule]:
    """Return unsaved rows for the rules of one station."""
    return [
        OpeningRule(
            station_id=station_pk,
            day=rule.day.value,
            opens=rule.opens,
            closes=rule.closes,
            season=rule.season,
            season_from=rule.season_from,
            season_to=rule.season_to,
            valid_from=rule.valid_from,
            valid_to=rule.valid_to,
        )
        for rule in rules
    ]


@transaction.atomic
def add_hours_exception(
    *,
    station: Station,
    day: date,
    opens: int | None = None,
    closes: int | None = None,
    reason: str = "",
    by: Account,
    at: datetime,
) -> HoursException:
    """Give one day hours of its own, or shut it; several calls give it several spans."""
    try:
        wanted = DayException(day, opens, closes, reason)
    except HoursError as error:
        raise UnreadableHoursError(part=error.part, why=hours_problem(error)) from None
    for other in HoursException.objects.filter(station=station, day=day):
        if _collide(wanted, other):
            first = written(DayException(day, other.opens, other.closes))
            raise OverlappingHoursError(first=first, second=written(wanted))
    row = HoursException.objects.create(
        station=station, day=day, opens=opens, closes=closes, reason=reason
    )
    versions.bump(STAMP)
    after = {"day": day.isoformat(), "opens": opens, "closes": closes, "reason": reason}
    audit.record(verb="stations.exception_added", by=by, at=at, thing=station, after=after)
    return row


def _collide(wanted: DayException, other: HoursException) -> bool:
    if wanted.opens is None or wanted.closes is None or other.opens is None or not other.closes:
        return True  # a shut day says all there is to say about it
    return wanted.opens < other.closes and other.opens < wanted.closes


@transaction.atomic
def remove_hours_exceptions(*, station: Station, day: date, by: Account, at: datetime) -> None:
    """Let a day follow the weekly hours again."""
    if HoursException.objects.filter(station=station, day=day).delete()[0]:
        versions.bump(STAMP)
        before = {"day": day.isoformat()}
        audit.record(verb="stations.exceptions_removed", by=by, at=at, thing=station, before=before)


@transaction.atomic
def announce_closure(
    *,
    station: Station,
    from_at: datetime,
    to_at: datetime,
    reason: str,
    is_sudden: bool = False,
    by: Account,
    at: datetime,
) -> Closure:
    """Announce that a station will be shut; refuses less notice than the rule in force asks,
    unless the closure is sudden."""
    if to_at <= from_at or to_at <= at:
        raise WrongOrderError(begin=_moment(max(from_at, at)), end=_moment(to_at))
    if not is_sudden:
        _check_notice(from_at, at)
    row = Closure.objects.create(
        station=station,
        from_at=from_at,
        to_at=to_at,
        reason=reason,
        is_sudden=is_sudden,
        announced_at=at,
        announced_by=by,
    )
    versions.bump(STAMP)
    audit.record(verb="stations.closure_announced", by=by, at=at, thing=station, after=_said(row))
    return row


def _check_notice(from_at: datetime, at: datetime) -> None:
    days = int(rule_value(NOTICE_RULE, timezone.localtime(at).date()))
    announced_on, from_on = timezone.localtime(at).date(), timezone.localtime(from_at).date()
    earliest = announced_on + timedelta(days=days)
    if from_on < earliest:
        raise ShortNoticeError(days=days, earliest=date_format(earliest, "Y-m-d"))


@transaction.atomic
def withdraw_closure(*, closure: Closure, by: Account, at: datetime) -> None:
    """Take back a closure that is not over: the station keeps its hours."""
    _still_to_come(closure, at)
    closure.withdrawn_at = at
    closure.save(update_fields=["withdrawn_at"])
    versions.bump(STAMP)
    before = _said(closure)
    audit.record(
        verb="stations.closure_withdrawn", by=by, at=at, thing=closure.station, before=before
    )


@transaction.atomic
def end_closure(*, closure: Closure, to_at: datetime, by: Account, at: datetime) -> None:
    """Let a closure end at another moment: earlier, or later where the works take longer."""
    _still_to_come(closure, at)
    if to_at <= closure.from_at:
        raise WrongOrderError(begin=_moment(closure.from_at), end=_moment(to_at))
    before = _said(closure)
    closure.to_at = to_at
    closure.save(update_fields=["to_at"])
    versions.bump(STAMP)
    audit.record(
        verb="stations.closure_moved",
        by=by,
        at=at,
        thing=closure.station,
        before=before,
        after=_said(closure),
    )


def _still_to_come(closure: Closure, at: datetime) -> None:
    if closure.withdrawn_at is not None or closure.to_at <= at:
        raise ClosureOverError


def _said(closure: Closure) -> dict[str, object]:
    return {
        "closure": closure.pk,
        "from": closure.from_at.isoformat(),
        "to": closure.to_at.isoformat(),
        "reason": closure.reason,
        "sudden": closure.is_sudden,
    }


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i")
