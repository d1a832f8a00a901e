"""Forms of mediation (调解表单): bringing a dispute, and one form for each move."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hequan.cases.dispute_kinds import HANDED_ON, DisputeKind, Ending
from hequan.cases.dispute_moves import DisputeMove, DisputeMoveName
from hequan.cases.disputes import DISPUTE_WORDS, DisputeGiven, PartyFacts, TermFacts
from hequan.cases.errors import LacksError
from hequan.cases.queries.disputes import MediatorChoice
from hequan.roster.kinds import PostKind
from hequan.roster.queries import organisation_named
from hequan.web.board.day_inputs import day_input, time_input
from hequan.web.board.person_field import PersonField
from hequan.web.board.unit_field import UnitField
from hequan.web.words import choices, word

PARTIES, TERMS = 4, 4
_KNOWN = re.compile(r"(^|\s)(\d{4}|1\d{10})$")
# what four digits after it are a flat and not the end of a telephone number: 楼上 1203
_FLAT = re.compile(
    r"(楼上|楼下|隔壁|对门|对面|邻居|住户|业主|租客|单元|弄|[\d０-９一二三四五六七八九十]+(号楼|号|栋|幢|层|楼))"
    r"\s+\d{4}$"
)
# shown open, before the others: what is mostly done next
FIRST = (DisputeMoveName.ASSIGN, DisputeMoveName.SIT, DisputeMoveName.VISIT, DisputeMoveName.CLOSE)
GRAVE = (DisputeMoveName.NO_AGREEMENT, DisputeMoveName.WITHDRAW, DisputeMoveName.HAND_ON)


def _text(label: Any, rows: int = 3, *, needed: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=DISPUTE_WORDS, widget=widget, required=needed, help_text=hint
    )


def _day(label: Any, *, needed: bool = True, hint: Any = "") -> forms.DateField:
    return forms.DateField(label=label, widget=day_input(), required=needed, help_text=hint)


class PartyField(PersonField):
    """A party: a name only, unless a number or an organisation's name says who it is.

    A bare name is never tied to somebody known here: people share names, and whoever is tied reads
    of it among her own data.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Say how a party is entered."""
        hint = _(
            "A name, or words such as “upstairs”. To tie it to a person known here add the last "
            "four digits of her number after a blank; an organisation by its full name."
        )
        kwargs.setdefault("help_text", hint)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """Return the party, None for none."""
        words = forms.CharField.clean(self, value).strip()
        if not words:
            return None
        if _KNOWN.search(words) and not _FLAT.search(words):
            person = super().clean(words)
            return PartyFacts(person.name, person=person)
        bodies = organisation_named(words)
        return PartyFacts(words, organisation=bodies[0] if len(bodies) == 1 else None)


class DisputeForm(forms.Form):
    """A dispute as it is brought."""

    kind = forms.ChoiceField(label=_("Kind of dispute"))
    unit = UnitField(label=_("Place"))
    words = _text(_("What it is about"), 4)

    def __init__(self, find_unit: Any, find_person: Any, *args: Any, **kwargs: Any) -> None:
        """Look for places and people where this account may; a case's place is given."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices(DisputeKind)  # type: ignore[attr-defined]
        if find_unit is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].find = find_unit  # type: ignore[attr-defined]
        for number in range(1, PARTIES + 1):
            label = format_lazy("{} {}", _("Party to the dispute"), number)
            field = PartyField(label=label, required=number < 3)
            field.find = find_person
            if number > 1:
                field.help_text = ""
            self.fields[f"party{number}"] = field

    def parties(self) -> tuple[PartyFacts, ...]:
        """Return the parties that were entered."""
        told = (self.cleaned_data[f"party{number}"] for number in range(1, PARTIES + 1))
        return tuple(one for one in told if one)


class DisputeMoveForm(forms.Form):
    """What one move of a record needs; `told` is the record opened, for what is still to keep."""

    def __init__(self, move: DisputeMove, told: Any, at_hand: Any, data: Any = None) -> None:
        """Make the fields of the move."""
        super().__init__(data, auto_id=f"{move.name}_%s")
        self.move, self.told, self.at_hand = move, told, at_hand
        self.fields.update(self._made())

    @property
    def is_first(self) -> bool:
        """Tell whether the form stands open before the others."""
        return self.move.name in FIRST

    @property
    def is_grave(self) -> bool:
        """Tell whether the move ends the record."""
        return self.move.name in GRAVE

    def _made(self) -> dict[str, forms.Field]:
        made = {
            DisputeMoveName.ASSIGN: self._mediators,
            DisputeMoveName.SIT: _session,
            DisputeMoveName.AGREE: _agreement,
            DisputeMoveName.KEEP_TERM: self._term,
            DisputeMoveName.VISIT: self._visit,
            DisputeMoveName.ADD_PARTY: self._party,
            DisputeMoveName.HAND_ON: _handed_on,
            DisputeMoveName.NO_AGREEMENT: _reason,
            DisputeMoveName.WITHDRAW: _reason,
        }.get(self.move.name)
        return dict(made()) if made else {}

    def _mediators(self) -> Iterable[tuple[str, forms.Field]]:
        known = [("", "–"), *((str(one.pk), _mediator(one)) for one in self.at_hand.mediators)]
        now = [*map(str, self.at_hand.mediate), "", ""]
        first = forms.ChoiceField(label=_("Mediator"), choices=known, initial=now[0])
        second = forms.ChoiceField(
            label=_("Second mediator"), choices=known, required=False, initial=now[1]
        )
        yield from (("mediator1", first), ("mediator2", second))

    def _party(self) -> Iterable[tuple[str, forms.Field]]:
        field = PartyField(label=_("Party to the dispute"))
        field.find = self.at_hand.find_person
        yield "party", field

    def _term(self) -> Iterable[tuple[str, forms.Field]]:
        still = [(str(one.pk), one.words[:60]) for one in self.told.terms if one.kept_on is None]
        yield "term", forms.ChoiceField(label=_("Term"), choices=still)
        yield "on", _day(_("Kept on"))

    def _visit(self) -> Iterable[tuple[str, forms.Field]]:
        due = [
            (str(one.pk), one.due_on.isoformat())
            for one in self.told.visits
            if one.visited_on is None
        ]
        yield "visit", forms.ChoiceField(label=_("Visit due on"), choices=due)
        yield "on", _day(_("Visited on"))
        yield "said", _text(_("What was found"))
        yield "visit_on", _day(_("Next visit by"), needed=False)

    def given(self) -> DisputeGiven:
        """Return what was entered as the action takes it."""
        told = dict(self.cleaned_data)
        if "mediator1" in told:
            keys = [int(one) for one in (told.pop("mediator1"), told.pop("mediator2")) if one]
            told["mediators"] = self.at_hand.chosen(keys)
        if "party" in told:
            told["parties"] = (told.pop("party"),)
        if "held_on" in told:
            moment = datetime.combine(told.pop("held_on"), told.pop("held_time"))
            told["held_at"] = timezone.make_aware(moment)
        if "agreement" in told:
            told["terms"] = _terms(told)
        for name in ("term", "visit"):
            if name in told:
                told[name] = int(told[name])
        if "ending" in told:
            told["ending"] = Ending(told["ending"])
        return DisputeGiven(**told)


def _session() -> Iterable[tuple[str, forms.Field]]:
    yield "held_on", _day(_("Held on"))
    yield "held_time", forms.TimeField(label=_("At what time"), widget=time_input())
    yield "place", forms.CharField(label=_("Where it was held"), max_length=200)
    yield "present", _text(_("Who was present"), 1, needed=False)
    yield "said", _text(_("What was said in the session"), 4)


def _agreement() -> Iterable[tuple[str, forms.Field]]:
    yield "agreement", _text(_("Words of the agreement"), 4)
    yield "signed_on", _day(_("Signed on"))
    for number in range(1, TERMS + 1):
        needed = number == 1
        label = format_lazy("{} {}", _("Term"), number)
        yield f"term{number}", _text(label, 1, needed=needed)
        yield f"due{number}", _day(_("To be kept by"), needed=needed)
    hint = _("Empty: a month after the signing.")
    yield "visit_on", _day(_("First follow-up visit by"), needed=False, hint=hint)


def _terms(told: dict[str, Any]) -> tuple[TermFacts, ...]:
    """Take the terms out of what was entered; LacksError for one without its day."""
    found = []
    for number in range(1, TERMS + 1):
        words, due = told.pop(f"term{number}").strip(), told.pop(f"due{number}")
        if words and due is None:
            raise LacksError(what=str(_("the day by which a term is to be kept")))
        if words:
            found.append(TermFacts(words, due))
    return tuple(found)


def _handed_on() -> Iterable[tuple[str, forms.Field]]:
    kinds = [(str(one), word(one)) for one in HANDED_ON]
    yield "ending", forms.ChoiceField(label=_("Handed on to"), choices=kinds)
    yield from _reason()


def _reason() -> Iterable[tuple[str, forms.Field]]:
    yield "reason", _text(_("Reason"), 2)


def _mediator(one: MediatorChoice) -> str:
    posts = "; ".join(f"{_post(kind)} {place}".strip() for kind, place in one.posts[:2])
    return f"{one.name} · {posts}" if posts else one.name


def _post(kind: str) -> str:
    return str(word(PostKind(kind))) if kind in set(PostKind) else kind
