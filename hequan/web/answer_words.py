"""An answer's reasons in words (理由): who answers for a matter, and why nobody else does."""

from collections.abc import Callable, Mapping

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hequan.people.kinds import OrganisationKind
from hequan.roster.answers import PassedOver, PassedOverCode, Reason, ReasonCode, Value
from hequan.roster.kinds import PostKind
from hequan.territory.kinds import Level
from hequan.web.words import word

REASONS: Mapping[ReasonCode, Promise] = {
    ReasonCode.LIST_CHOSEN: _("%(list)s, version %(version)s, is in force since %(since)s."),
    ReasonCode.LIST_SILENT: _("%(list)s, version %(version)s, says nothing about this matter."),
    ReasonCode.ITEM_CHOSEN: _("Item %(number)s, “%(text)s”, fits best: it %(fits)s."),
    ReasonCode.PARTY_ANSWERS: _("The answerable party is: %(party)s."),
    ReasonCode.POST_FOUND: _("%(kind)s of %(unit)s: in post and present."),
    ReasonCode.ORGANISATION_FOUND: _("That is %(organisation)s%(serving)s."),
    ReasonCode.CLIMBED: _("So it goes up to %(unit)s (%(level)s)."),
    ReasonCode.VACANT: _("%(kind)s of %(unit)s: nobody in post and present."),
    ReasonCode.NO_SUCH_LEVEL: _("The place is known only as %(unit)s; no %(level)s is known."),
    ReasonCode.NO_ORGANISATION: _("No organisation of this kind serves the place: %(kind)s."),
    ReasonCode.ORGANISATION_CLOSED: _("%(organisation)s is no more."),
    ReasonCode.ORGANISATION_WITHOUT_POST: _("%(organisation)s has named nobody to speak for it."),
    ReasonCode.PARTY_UNSET: _("The list does not say who %(party)s is."),
    ReasonCode.NO_MATTER: _("This matter is not in force on that day."),
    ReasonCode.NO_LIST: _("No responsibility list is in force here on that day."),
    ReasonCode.NO_ITEM: _("No item of a list in force speaks of this matter at such a place."),
    ReasonCode.NO_ANSWERABLE: _("Item %(number)s names no answerable party."),
    ReasonCode.VACANT_ALL_THE_WAY: _("The posts are vacant all the way up."),
}
FITS: Mapping[tuple[int, int], Promise] = {
    (2, 2): _("names this matter and this type of housing"),
    (2, 1): _("names this matter and this kind of zone"),
    (2, 0): _("names this matter"),
    (1, 2): _("names the class of this matter and this type of housing"),
    (1, 1): _("names the class of this matter and this kind of zone"),
    (1, 0): _("names the class of this matter"),
}
PASSED_OVER: Mapping[PassedOverCode, Promise] = {
    PassedOverCode.LESS_SPECIFIC_MATTER: _("names only the class"),
    PassedOverCode.LESS_SPECIFIC_PLACE: _("is for a wider kind of place"),
    PassedOverCode.HIGHER_NUMBER: _("fits as well, but bears a higher number"),
    PassedOverCode.ENDED: _("no longer in post since %(on)s"),
    PassedOverCode.NOT_BEGUN: _("in post only from %(on)s"),
    PassedOverCode.ON_LEAVE: _("on leave"),
    PassedOverCode.ANOTHER_SERVES: _("%(other)s was entered first"),
    PassedOverCode.ORGANISATION_CLOSED: _("is no more"),
}


def _kind_word(value: Value) -> str:
    code = str(value)
    if code in set(PostKind):
        return str(word(PostKind(code)))
    return str(word(OrganisationKind(code))) if code in set(OrganisationKind) else code


def _level_word(value: Value) -> str:
    return str(word(Level(str(value)))) if value in set(Level) else str(value)


def _day(value: Value) -> str:
    return date_format(value, "Y-m-d") if not isinstance(value, str | int) else str(value)


_SAID: Mapping[str, Callable[[Value], str]] = {
    "kind": _kind_word,
    "level": _level_word,
    "since": _day,
    "on": _day,
}


def reason_words(reason: Reason) -> str:
    """Return a step on the way to the answer as one sentence."""
    values = _values(reason.values)
    if reason.code == ReasonCode.ITEM_CHOSEN:
        ranks = int(values["matter_rank"]), int(values["place_rank"])
        values["fits"] = str(FITS[ranks])
    if reason.code == ReasonCode.ORGANISATION_FOUND:
        unit = values.get("unit", "")
        values["serving"] = str(_(", which serves %(unit)s")) % {"unit": unit} if unit else ""
    return str(REASONS[reason.code]) % values


def passed_over_words(passed: PassedOver) -> str:
    """Return who or what was not chosen and why, as one line."""
    name = passed.name
    if passed.what == "item":
        name = str(_("Item %(number)s, “%(text)s”")) % {
            "number": passed.values.get("number", ""),
            "text": passed.name,
        }
    elif "kind" in passed.values:
        name = f"{passed.name} ({_kind_word(passed.values['kind'])})"
    why = str(PASSED_OVER[passed.code]) % _values(passed.values)
    return str(_("%(name)s: %(why)s")) % {"name": name, "why": why}


def _values(values: Mapping[str, Value]) -> dict[str, str]:
    return {name: _SAID.get(name, str)(value) for name, value in values.items()}
