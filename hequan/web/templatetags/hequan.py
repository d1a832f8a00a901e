"""How values are written on a page (写法): words of kinds, people, minutes, metres, times."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Any
from urllib.parse import quote

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hequan.core import clock
from hequan.core.accounts import SYSTEM
from hequan.stations.hours import OpenState
from hequan.web import words

register = template.Library()

KINDS: Mapping[str, type[StrEnum]] = {kind.__name__: kind for kind in words.WORDS}


@register.filter(name="word")
def word_of(value: Any, kind: str = "") -> str | Promise:
    """Return the word of an enum's value: `{{ station.kind|word:"StationKind" }}`.

    A value nobody knows is shown as it is, so that an old row never breaks a page.
    """
    if isinstance(value, StrEnum) and type(value) in words.WORDS:
        return words.word(value)
    if not value:
        return ""
    try:
        return words.word(KINDS[kind](value))
    except ValueError:
        return str(value)


@register.filter
def profile_word(code: str) -> str | Promise:
    """Return the word of a walking profile."""
    return words.PROFILE_WORDS.get(code, code)


@register.filter
def people(number: float | None) -> str:
    """Return a count with thousands separators, a dash where there is none."""
    return "–" if number is None else f"{round(number):,}"


@register.filter
def share(value: float | None) -> str:
    """Return a share between 0 and 1 in per cent with one digit, a dash where there is none."""
    return "–" if value is None else f"{value * 100:.1f}%"


@register.filter
def minutes(number: float | None) -> str:
    """Return a walking time; what is begun counts as a whole minute."""
    if number is None:
        return "–"
    whole = max(1, ceil(number))
    return ngettext("%(n)s minute", "%(n)s minutes", whole) % {"n": whole}


@register.filter
def metres(number: float | None) -> str:
    """Return a distance: to 10 m below a kilometre, then in kilometres."""
    if number is None:
        return "–"
    if number < 995:
        return _("%(n)s m") % {"n": max(10, round(number / 10) * 10)}
    return _("%(n)s km") % {"n": f"{number / 1000:.1f}"}


@register.filter
def moment(at: datetime | None, now: datetime | None = None) -> str:
    """Return a moment as one would say it: 17:00, tomorrow 09:00, Monday 09:00, 3 Dec 09:00."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    ahead = (local.date() - timezone.localtime(now or clock.now()).date()).days
    clock_time = local.strftime("%H:%M")
    if ahead == 0:
        return clock_time
    if ahead == 1:
        return _("tomorrow %(time)s") % {"time": clock_time}
    day = date_format(local, "l") if 1 < ahead < 7 else date_format(local, "MONTH_DAY_FORMAT")
    return f"{day} {clock_time}"


@register.filter
def end_moment(at: datetime | None, now: datetime | None = None) -> str:
    """Return a closing time; midnight is the end of the day before, 24:00."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    if local.hour == 0 and local.minute == 0:
        before = at - timedelta(minutes=1)
        return moment(before, now).replace("23:59", "24:00")
    return moment(at, now)


@register.simple_tag(takes_context=True)
def address_with(context: RequestContext, **changes: Any) -> str:
    """Return this page's address with some of its questions changed; an empty value drops one."""
    asked: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value not in ("", None):
            asked[name] = str(value)
    return f"?{asked.urlencode()}"


@register.filter
def actor(who: Any) -> str:
    """Return who did something: an account, a row with its names, or the name alone.

    What no person did, the house did itself (系统自动).
    """
    return _("the system itself") if _is_system(who) else _name_of(who)


@register.filter
def author(who: Any) -> str:
    """Return who wrote some words; those no person wrote came with the house (系统预置)."""
    return _("standard words of the house") if _is_system(who) else _name_of(who)


def _is_system(who: Any) -> bool:
    return bool(getattr(who, "username", who) == SYSTEM)


def _name_of(who: Any) -> str:
    return str(getattr(who, "name", "") or getattr(who, "username", who))


@register.filter
def as_control(field: BoundField) -> str:
    """Return the input of a form's field in our looks, told apart for screen readers.

    What is wrong and what to enter are tied to the input, so that both are read out with it.
    """
    classes = {
        forms.Select: "form-select",
        forms.CheckboxInput: "form-check-input",
    }
    kind = next(
        (c for w, c in classes.items() if isinstance(field.field.widget, w)), "form-control"
    )
    about = [f"{field.id_for_label}_fault{n}" for n in range(1, len(field.errors) + 1)]
    if field.help_text:
        about.append(f"{field.id_for_label}_hint")
    attrs: dict[str, str | bool] = {"class": kind}
    if about:
        attrs["aria-describedby"] = " ".join(about)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.simple_tag
def open_state(state: OpenState, at: datetime | None = None) -> SafeString:
    """Return whether something is open, in words and with a shape: until when, or from when."""
    shape, said = open_words(state, at)
    return format_html('<span class="state state-{}">{}</span>', shape, said)


def open_words(state: OpenState, at: datetime | None) -> tuple[str, str]:
    """Return the shape and the words of an open state; `at` is the moment it speaks of."""
    if state.is_open:
        if state.always:
            return "open", _("Open day and night")
        if state.until is None:
            return "open", _("Open")
        return "open", _("Open until %(time)s") % {"time": end_moment(state.until, at)}
    if state.closure:
        return "closure", _("Closed: %(reason)s") % {"reason": state.closure}
    if state.opens_at is None:
        return "shut", _("Closed")
    return "soon", _("Closed, opens %(time)s") % {"time": moment(state.opens_at, at)}


@register.filter
def lonlat(thing: Any) -> str:
    """Return the place of something as an address carries it."""
    return f"{thing.lon:.4f},{thing.lat:.4f}"


@register.filter
def plain(number: float) -> str:
    """Return a number for machines, whatever the language."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


@register.filter
def coded(address: str, code: str) -> str:
    """Return an address made with the code CODE, for another code: cheaper than a reverse each."""
    return address.replace("CODE", quote(code, safe=""), 1)


@register.filter
def slugged(number: int) -> str:
    """Return a number as text, to compare it with what an address says."""
    return str(number)


@register.filter
def seconds_in_minutes(seconds: float) -> int:
    """Return whole minutes; what is begun counts."""
    return max(1, ceil(seconds / 60))


@register.filter
def clock_time(minute: int) -> str:
    """Return minutes from midnight as 09:00; the hours of the next morning begin at 00 again."""
    return f"{minute // 60 % 24 if minute != 1440 else 24:02d}:{minute % 60:02d}"


@register.filter
def access_word(name: str, value: bool | int | None) -> str:
    """Return a line of the accessibility checklist in words, so that no colour is needed."""
    return words.access_line(name, value)


@register.filter
def metres_in_fifteen(metres_per_second: float) -> int:
    """Return how far somebody comes in a quarter of an hour, in whole metres."""
    return round(metres_per_second * 900)
