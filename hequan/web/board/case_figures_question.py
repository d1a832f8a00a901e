"""What a page of figures is asked (指标条件): days, as of when, which unit, by what."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils import timezone

from hequan.cases.figures import Dimension
from hequan.cases.queries.figures import Wanted
from hequan.core import clock
from hequan.core.calendar import SENSIBLE_YEARS
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.roster.days import beginning_of, day_of
from hequan.territory.access import top_units, unit_for
from hequan.territory.errors import NoSuchUnitError
from hequan.web.numbers import whole_number

SEE, SUPERVISE = Capability.SEE_CASES, Capability.SUPERVISE_CASES


@dataclass(frozen=True)
class FigureQuestion:
    """A question as the page shows it, and as the query takes it."""

    wanted: Wanted
    may_see_posts: bool

    @property
    def as_of(self) -> date:
        """The day as of whose end it is counted; today it is this moment."""
        return day_of(self.wanted.now - timedelta(microseconds=1))

    def address(self, **more: Any) -> str:
        """Return the question as part of an address, to the moment, with more in it."""
        asked = {
            "since": self.wanted.since.isoformat(),
            "until": self.wanted.until.isoformat(),
            "as_of": self.wanted.now.isoformat(),
            "unit": self.wanted.unit.pk if self.wanted.unit else "",
            "by": self.wanted.by,
        }
        return f"?{urlencode(asked | more)}"


def figure_question(request: HttpRequest) -> FigureQuestion:
    """Return what an address asks; what cannot be read is as if not asked.

    Figures of posts are for whoever supervises there; 404 for others and for units out of reach.
    """
    at = clock.now()
    posts = paths_granted(request.user, SUPERVISE, at)
    asked = request.GET.get("by", "")
    by = Dimension(asked) if asked in set(Dimension) else Dimension.UNIT
    if by == Dimension.POST and not posts:
        raise Http404
    capability = SUPERVISE if by == Dimension.POST else SEE
    since, until = _span(request, day_of(at))
    wanted = Wanted(
        since=since,
        until=until,
        now=_moment(request.GET.get("as_of", ""), at),
        paths=paths_granted(request.user, capability, at),
        unit=unit_looked_at(request, at, capability),
        by=by,
    )
    return FigureQuestion(wanted, bool(posts))


def unit_looked_at(request: HttpRequest, at: datetime, capability: Capability = SEE) -> Any:
    """Return the unit asked for, else the only one at the top of what the account sees."""
    pk = whole_number(request.GET.get("unit"))
    if pk is None:
        tops = top_units(request.user, at, capability)
        return tops[0] if len(tops) == 1 else None
    try:
        return unit_for(request.user, pk, at, capability)
    except NoSuchUnitError:
        raise Http404 from None


def _span(request: HttpRequest, today: date) -> tuple[date, date]:
    """Return the days asked for, without any this month's up to today."""
    until = day_in(request.GET.get("until", "")) or today
    since = day_in(request.GET.get("since", "")) or until.replace(day=1)
    return min(since, until), max(since, until)


def _moment(text: str, at: datetime) -> datetime:
    """Return the end of the day asked for, or the moment itself; never one to come."""
    if day := day_in(text):
        return min(beginning_of(day + timedelta(days=1)), at)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return at
    if moment.year not in SENSIBLE_YEARS:
        return at
    return min(moment if timezone.is_aware(moment) else timezone.make_aware(moment), at)


def day_in(text: str) -> date | None:
    """Return the day a text names, None for none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in SENSIBLE_YEARS else None
