"""Rows of the answer (结果行): every value ready, so that the template only places it.

The page is asked often and lists twenty stations and thirty committees; what is the same for
everybody is rendered once (see briefs.py), the rest is plain text made here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hequan.stations.fifteen import Reach
from hequan.territory.queries import CommitteeChoice
from hequan.web.public.briefs import Brief, brief_of
from hequan.web.templatetags.hequan import coded, metres, open_state
from hequan.web.words import choices


@dataclass(frozen=True, slots=True)
class ReachRow:
    """One station of the answer."""

    brief: Brief
    name: str
    minutes: str
    metres: str
    state: SafeString
    route: str
    shut: bool


def rows_of(reaches: Iterable[Reach], at: datetime) -> list[ReachRow]:
    """Return the rows of these reaches; `at` is the moment asked for."""
    route = reverse("web:route", args=["CODE"])
    return [
        ReachRow(
            brief=brief_of(reach.station),
            name=reach.station.name,
            minutes=str(reach.minutes),
            metres=metres(reach.metres),
            state=open_state(reach.open, at),
            route=coded(route, reach.station.code),
            shut=not reach.in_time,
        )
        for reach in reaches
    ]


_options: dict[int, tuple[list[CommitteeChoice], SafeString]] = {}


def committee_options(rows: list[CommitteeChoice], chosen: int | None) -> SafeString:
    """Return the options of a select of committees under their areas, one of them chosen.

    The text is kept while the list is the same object; only the choice is put in.
    """
    kept = _options.get(0)
    if kept is None or kept[0] is not rows:
        kept = _options[0] = (rows, _all_options(rows))
    return kept[1] if chosen is None else _choose(kept[1], str(chosen))


def kind_options(kind: type[StrEnum], chosen: str, most: int | None = None) -> SafeString:
    """Return the options of a select over a kind's words, the first `most` of them."""
    options = _kind_options(kind, most, get_language())
    return _choose(options, chosen) if chosen else options


@lru_cache(maxsize=64)
def _kind_options(kind: type[StrEnum], most: int | None, language: str | None) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', choices(kind)[:most])


def _choose(options: SafeString, chosen: str) -> SafeString:
    """Mark one option; `chosen` is a number or a value of a kind, so it needs no escaping."""
    option = f'<option value="{chosen}"'
    return SafeString(options.replace(f"{option}>", f"{option} selected>", 1))


def _all_options(rows: list[CommitteeChoice]) -> SafeString:
    parts = groupby(rows, key=lambda row: row.area_name or row.town_name)
    return format_html_join(
        "", '<optgroup label="{}">{}</optgroup>', ((area, _part(found)) for area, found in parts)
    )


def _part(rows: Iterable[CommitteeChoice]) -> SafeString:
    named = ((row.pk, row.name) for row in rows)
    return SafeString(
        "".join(format_html('<option value="{}">{}</option>', pk, name) for pk, name in named)
    )
