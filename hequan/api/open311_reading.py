"""Which cases Open311 clients ask for (查询条件): numbers, classes, states, a span, a page."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from hequan.api.errors import shown
from hequan.api.parameters import FIRST_YEAR, LAST_YEAR
from hequan.cases.queries import PublicAsked

MOST = 1000
SPAN = timedelta(days=90)
_MOST_PAGES = 1_000_000
_NUMBER_LENGTH = 16
_STATES = {"open": True, "closed": False}


def cases_asked(
    said: Mapping[str, str], path: str, at: datetime
) -> tuple[PublicAsked | None, list[str]]:
    """Return what is asked for, or None and what is wrong with it, a sentence each."""
    faults: list[str] = []
    begins, ends = _span(said, at, faults)
    states = {_state(one, faults) for one in _listed(said, "status")}
    size = _whole(said, "page_size", MOST, MOST, faults)
    page = _whole(said, "page", 1, _MOST_PAGES, faults)
    if faults:
        return None, faults
    return PublicAsked(
        begins=begins,
        ends=ends,
        numbers=_numbers(said),
        codes=[one for one in _listed(said, "service_code") if "\0" not in one],
        is_open=states.pop() if len(states) == 1 else None,
        path=path,
        offset=(page - 1) * size,
        limit=size,
    ), []


def one_number(number: str, path: str, at: datetime) -> PublicAsked:
    """Return the question for one number; a text that can be none fits nothing."""
    known = _numbers({"service_request_id": number}) or ["-"]
    return PublicAsked(begins=at, ends=at, numbers=known, path=path, limit=1)


def _numbers(said: Mapping[str, str]) -> list[str]:
    """Return the numbers named, in capitals; what can be none becomes one that fits nothing."""
    named = _listed(said, "service_request_id")[:MOST]
    fits = [one.upper() for one in named if len(one) <= _NUMBER_LENGTH and one.isascii()]
    return [one for one in fits if "\0" not in one] or (["-"] if named else [])


def _listed(said: Mapping[str, str], name: str) -> list[str]:
    every = said.getlist(name) if hasattr(said, "getlist") else [said.get(name, "")]
    return [one.strip() for text in every for one in text.split(",") if one.strip()]


def _state(word: str, faults: list[str]) -> bool:
    if word.lower() not in _STATES:
        faults.append(_("status “%s” is not known: write open or closed.") % shown(word))
    return _STATES.get(word.lower(), True)


def _whole(said: Mapping[str, str], name: str, default: int, most: int, faults: list[str]) -> int:
    text = said.get(name, "").strip()
    if not text:
        return default
    if text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= most:
        return int(text)
    told = _("%(name)s “%(value)s” is not a number from 1 to %(most)s.")
    faults.append(told % {"name": name, "value": shown(text), "most": most})
    return default


def _span(said: Mapping[str, str], at: datetime, faults: list[str]) -> tuple[datetime, datetime]:
    """Return the span; without a beginning or an end it is 90 days."""
    begins, ends = _moment(said, "start_date", faults), _moment(said, "end_date", faults)
    if begins and ends and ends - begins > SPAN:
        faults.append(_("start_date and end_date may not span more than 90 days."))
    if begins and ends and ends < begins:
        faults.append(_("end_date lies before start_date."))
    if begins is None:
        ends = ends or at
        return ends - SPAN, ends
    return begins, ends or begins + SPAN


def _moment(said: Mapping[str, str], name: str, faults: list[str]) -> datetime | None:
    text = said.get(name, "").strip().replace(" ", "+")  # a plus sign that nobody escaped
    if not text:
        return None
    try:
        found = parse_datetime(text) or datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR < found.year < LAST_YEAR:
        told = _("%(name)s “%(value)s” is not a moment of this century: 2026-05-04T10:00:00Z.")
        faults.append(told % {"name": name, "value": shown(text)})
        return None
    return found if found.tzinfo else timezone.make_aware(found)
