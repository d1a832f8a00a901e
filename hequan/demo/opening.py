"""Opening hours of the demo's stations (开放时间), by the way people live (R24).

Names of weeks are the demo's own; each gives the rows a register would hold. Committee stations
shut for lunch; the centre is open from 7 to 21 every day of the year; riders' points go past
midnight; culture centres open at 6 for the dancers.
"""

from hequan.stations.hours import Rule
from hequan.stations.kinds import OpeningDay

DAYS = tuple(OpeningDay)[:7]
WORKDAYS, WEEKEND = DAYS[:5], DAYS[5:]
HOLIDAY = OpeningDay.HOLIDAY

Spans = tuple[tuple[int, int], ...]
_SHUT: Spans = ((0, 0),)
_OFFICE: Spans = ((8 * 60 + 30, 11 * 60 + 30), (13 * 60 + 30, 17 * 60))
_SUMMER = ("暑期", "07-01", "08-31")
_EVENING = ("夜校季", "09-01", "12-31")


def _rows(
    days: tuple[OpeningDay, ...], spans: Spans, season: tuple[str, str, str] = ("", "", "")
) -> tuple[Rule, ...]:
    return tuple(Rule(day, opens, closes, *season) for day in days for opens, closes in spans)


def _hours(*clock: float) -> Spans:
    """Return spans from hours of the clock in pairs: 8.5 is half past eight."""
    minutes = [round(60 * hour) for hour in clock]
    return tuple(zip(minutes[::2], minutes[1::2], strict=True))


_COMMITTEE = _rows(WORKDAYS, _OFFICE) + _rows((HOLIDAY,), _SHUT)
_DANCE = _hours(6, 8, 9, 21)

WEEKS: dict[str, tuple[Rule, ...]] = {
    "centre": _rows((*DAYS, HOLIDAY), _hours(7, 21)),
    "circle": _rows(WORKDAYS, _hours(8.5, 20.5))
    + _rows((*WEEKEND, HOLIDAY), _hours(9, 17))
    + _rows(WORKDAYS, _hours(7.5, 20.5), _SUMMER),
    "committee": _COMMITTEE,
    "committee_saturday": _COMMITTEE + _rows(DAYS[5:6], _hours(9, 11.5)),
    "committee_evening": _COMMITTEE
    + _rows((DAYS[1], DAYS[3]), (*_OFFICE, *_hours(18.5, 20.5)), _EVENING),
    "grid": _rows(DAYS[:6], _hours(9, 18)) + _rows((HOLIDAY,), _SHUT),
    "post": _rows((*DAYS, HOLIDAY), _hours(8, 20)),
    "riders": _rows(DAYS, _hours(9, 26)),
    "always": _rows(DAYS, _hours(0, 24)),
    "library": _rows(DAYS[1:], _hours(9, 20.5)) + _rows((HOLIDAY,), _hours(9, 17)),
    "elder": _rows(DAYS, _hours(8, 17)),
    "culture": _rows(DAYS[1:], _DANCE) + _rows((HOLIDAY,), _hours(9, 17)),
    "science": _rows(WORKDAYS, _hours(8.5, 18.5)) + _rows((HOLIDAY,), _SHUT),
    "business": _rows(DAYS, _hours(10, 22)),
}
