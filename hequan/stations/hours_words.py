"""Hours in words for refusals (开放时间的提示语): what is wrong, and how a row reads."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hequan.stations.errors import UnreadableHoursError
from hequan.stations.hours import DayException, HoursError, Rule, clock_text
from hequan.stations.hours_text import hours_text, parse_hours

_PROBLEMS = {
    "unreadable": _("this cannot be read; write for example Mon-Fri 09:00-12:00,13:00-17:00"),
    "days-without-times": _("these days have no times"),
    "clock": _("there is no such time of day"),
    "opens-outside-day": _("it must open between 00:00 and 23:59"),
    "closes-before-opens": _("it must close after it opens"),
    "closes-too-late": _("it must close before the end of the next day"),
    "season-half": _("a season needs a first and a last day"),
    "season-day": _("there is no such day of the year"),
    "season-without-days": _("a season needs its days, for example [summer 06-01~08-31]"),
    "validity": _("these days of validity are not in order or not days"),
    "exception-half": _("give both times, or neither where it is shut"),
}


def hours_problem(error: HoursError) -> Any:
    """Return what is wrong with hours as a sentence to be translated."""
    return _PROBLEMS[error.code]


def hours_from_text(text: str) -> tuple[Rule, ...]:
    """Return the rules of written hours; UnreadableHoursError says what cannot be read."""
    try:
        return parse_hours(text)
    except HoursError as error:
        raise UnreadableHoursError(part=error.part, why=hours_problem(error)) from None


def written(hours: Rule | DayException) -> str:
    """Return one row of hours as people of the present language write it."""
    if isinstance(hours, Rule):
        return hours_text([hours], chinese=in_chinese())
    if hours.opens is None or hours.closes is None:
        return str(hours.day)
    return f"{hours.day} {clock_text(hours.opens)}-{clock_text(hours.closes)}"


def in_chinese() -> bool:
    """Tell whether the present language is Chinese."""
    return (get_language() or "zh").startswith("zh")
