"""Opening hours (开放时间): whether a station is open, until when, and when it opens next.

Plain values in, plain values out. One local day is resolved in this order: an exception of that
day; on a public holiday (法定节假日) the holiday's rows, where the station has any; the weekday's
rows. Among rows of one day those of a season (夏令、冬令) go before those of the whole year. Hours
past midnight belong to the evening they began on. A closure cuts out whatever it covers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property, partial

from hequan.core.calendar import WorkingCalendar
from hequan.stations.kinds import OpeningDay

MIDNIGHT = 24 * 60
LONGEST_DAY = 48 * 60
LOOK_AHEAD_DAYS = 14
WEEKDAYS = tuple(OpeningDay)[:7]


class HoursError(ValueError):
    """Hours that cannot be; `code` says why, `part` shows the piece that was wrong."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(f"{code}: {part}" if part else code)
        self.code = code
        self.part = part


@dataclass(frozen=True)
class Rule:
    """One row of weekly hours, in minutes from midnight; `opens == closes == 0` says shut.

    A season runs from `MM-DD` to `MM-DD`, both included, every year, and may pass the new year.
    `valid_to` is the first day the row no longer stands.
    """

    day: OpeningDay
    opens: int
    closes: int
    season: str = ""
    season_from: str = ""
    season_to: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if self.is_shut:
            return self._check_season()
        _check_minutes(self.opens, self.closes)
        return self._check_season()

    def _check_season(self) -> None:
        if bool(self.season_from) != bool(self.season_to):
            raise HoursError("season-half", self.season_from or self.season_to)
        for end in (self.season_from, self.season_to):
            if end and not _is_month_day(end):
                raise HoursError("season-day", end)
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise HoursError("validity", f"{self.valid_from} - {self.valid_to}")

    @property
    def is_shut(self) -> bool:
        """Whether the row says shut rather than naming hours."""
        return self.opens == 0 and self.closes == 0

    @property
    def is_seasonal(self) -> bool:
        """Whether the row stands for a part of the year only."""
        return bool(self.season_from)

    def stands_on(self, day: date) -> bool:
        """Tell whether the row stands on that day, by validity and season."""
        if self.valid_from and day < self.valid_from:
            return False
        if self.valid_to and day >= self.valid_to:
            return False
        return not self.season_from or _in_season(day, self.season_from, self.season_to)


@dataclass(frozen=True)
class DayException:
    """Other hours on one day; without times the station is shut that day."""

    day: date
    opens: int | None = None
    closes: int | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.opens is None) != (self.closes is None):
            raise HoursError("exception-half", str(self.day))
        if self.opens is not None and self.closes is not None:
            _check_minutes(self.opens, self.closes)


@dataclass(frozen=True)
class ClosedSpell:
    """A station is shut from one moment to another, whatever its hours say."""

    from_at: datetime
    to_at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Span:
    """One unbroken time a station is open, in UTC; the end does not belong to it."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class OpenState:
    """Open or not at a moment, what comes next, and the reason where a closure runs."""

    is_open: bool
    until: datetime | None = None
    opens_at: datetime | None = None
    closure: str = ""
    always: bool = False


@dataclass(frozen=True)
class Schedule:
    """All that decides when one station is open."""

    rules: tuple[Rule, ...]
    calendar: WorkingCalendar
    zone: tzinfo
    exceptions: tuple[DayException, ...] = ()
    closures: tuple[ClosedSpell, ...] = field(default=())

    @cached_property
    def exceptions_by_day(self) -> dict[date, list[DayException]]:
        """Exceptions of each day that has any."""
        found: dict[date, list[DayException]] = {}
        for exception in self.exceptions:
            found.setdefault(exception.day, []).append(exception)
        return found


def rules_of_day(
    rules: Iterable[Rule], day: date, *, calendar: WorkingCalendar
) -> tuple[Rule, ...]:
    """Return the rows a local day follows; a holiday's own rows go before its weekday's."""
    standing = [rule for rule in rules if rule.stands_on(day)]
    keys = [OpeningDay.HOLIDAY] if calendar.is_public_holiday(day) else []
    for key in (*keys, WEEKDAYS[day.weekday()]):
        of_key = [rule for rule in standing if rule.day == key]
        if of_key:
            return tuple([rule for rule in of_key if rule.is_seasonal] or of_key)
    return ()


def minutes_of_day(schedule: Schedule, day: date) -> tuple[tuple[int, int], ...]:
    """Return (opens, closes) of a local day in minutes from its midnight, before closures."""
    exceptions = schedule.exceptions_by_day.get(day)
    if exceptions:
        times = [(e.opens, e.closes) for e in exceptions]
        return tuple(sorted((o, c) for o, c in times if o is not None and c is not None))
    rules = rules_of_day(schedule.rules, day, calendar=schedule.calendar)
    return tuple(sorted((rule.opens, rule.closes) for rule in rules if not rule.is_shut))


def opening_spans(schedule: Schedule, first: date, days: int) -> tuple[Span, ...]:
    """Return the open spans that begin on `days` local days from `first` on, joined where they
    touch, in order, with closures cut out; the evening before `first` is counted in as well."""
    raw = [
        span
        for offset in range(-1, days)
        for span in _spans_of(schedule, first + timedelta(days=offset))
    ]
    return _without(_joined(raw), schedule.closures)


def state_among(
    spans: Sequence[Span], at: datetime, closures: Sequence[ClosedSpell] = ()
) -> OpenState:
    """Return the state at a moment, given the spans around it."""
    reason = next((c.reason for c in closures if c.from_at <= at < c.to_at), "")
    for span in spans:
        if span.opens_at <= at < span.closes_at:
            return OpenState(True, until=span.closes_at, closure=reason)
        if span.opens_at > at:
            return OpenState(False, opens_at=span.opens_at, closure=reason)
    return OpenState(False, closure=reason)


def open_state(
    schedule: Schedule,
    at: datetime,
    *,
    spans_of: Callable[[int], Sequence[Span]] | None = None,
) -> OpenState:
    """Return whether the station is open at a moment and what comes next within 14 days.

    A station open without a break for all of them is `always` open and has no `until`. A caller
    that keeps spans gives `spans_of(days)`: those from the local day of `at` on.
    """
    if spans_of is None:
        first = at.astimezone(schedule.zone).date()
        spans_of = partial(opening_spans, schedule, first)
    state = state_among(spans_of(3), at, schedule.closures)
    edge = at + timedelta(days=1)
    if state.is_open and state.until and state.until < edge:
        return state
    if state.opens_at and state.opens_at < edge:
        return state
    state = state_among(spans_of(LOOK_AHEAD_DAYS + 1), at, schedule.closures)
    if state.until and state.until >= at + timedelta(days=LOOK_AHEAD_DAYS - 1):
        return OpenState(True, always=True)
    return state


def is_open(schedule: Schedule, at: datetime) -> bool:
    """Tell whether the station is open at a moment."""
    spans = opening_spans(schedule, at.astimezone(schedule.zone).date(), 1)
    return state_among(spans, at).is_open


def open_until(schedule: Schedule, at: datetime) -> datetime | None:
    """Return when it closes, None where it is shut or never closes within 14 days."""
    return open_state(schedule, at).until


def next_opening(
    schedule: Schedule, at: datetime, *, within_days: int = LOOK_AHEAD_DAYS
) -> datetime | None:
    """Return the first moment from `at` on at which it is open, `at` itself where it is open."""
    first = at.astimezone(schedule.zone).date()
    for span in opening_spans(schedule, first, within_days + 1):
        if span.closes_at > at:
            return max(span.opens_at, at.astimezone(UTC))
    return None


def _spans_of(schedule: Schedule, day: date) -> Iterator[Span]:
    for opens, closes in minutes_of_day(schedule, day):
        begin, end = _moment(day, opens, schedule.zone), _moment(day, closes, schedule.zone)
        if begin < end:  # an hour the clock skips in spring may vanish
            yield Span(begin, end)


def _moment(day: date, minutes: int, zone: tzinfo) -> datetime:
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.opens_at, s.closes_at)):
        if joined and span.opens_at <= joined[-1].closes_at:
            last = joined[-1]
            joined[-1] = Span(last.opens_at, max(last.closes_at, span.closes_at))
        else:
            joined.append(span)
    return joined


def _without(spans: list[Span], closures: Iterable[ClosedSpell]) -> tuple[Span, ...]:
    for closure in closures:
        cut: list[Span] = []
        for span in spans:
            before = Span(span.opens_at, min(span.closes_at, closure.from_at.astimezone(UTC)))
            after = Span(max(span.opens_at, closure.to_at.astimezone(UTC)), span.closes_at)
            cut += [part for part in (before, after) if part.opens_at < part.closes_at]
        spans = cut
    return tuple(spans)


def _check_minutes(opens: int, closes: int) -> None:
    if not 0 <= opens < MIDNIGHT:
        raise HoursError("opens-outside-day", clock_text(opens))
    if closes <= opens:
        raise HoursError("closes-before-opens", f"{clock_text(opens)}-{clock_text(closes)}")
    if closes > LONGEST_DAY:
        raise HoursError("closes-too-late", clock_text(closes))


def clock_text(minutes: int) -> str:
    """Return minutes from midnight as `09:00`; past midnight the clock goes on from 24:00."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _is_month_day(text: str) -> bool:
    try:
        month, day = text.split("-")
        date(2000, int(month), int(day))  # a leap year, so that 02-29 may be named
    except ValueError:
        return False
    return len(text) == 5


def _in_season(day: date, begin: str, end: str) -> bool:
    now = f"{day.month:02d}-{day.day:02d}"
    return begin <= now <= end if begin <= end else now >= begin or now <= end
