"""Forms of the moves of a case (流转表单): one for each move one may make."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hequan.cases.actions import Given
from hequan.cases.asking import Part
from hequan.cases.errors import EvidenceMissingError, TooManyPhotosError
from hequan.cases.kinds import PhotoKind, Result
from hequan.cases.moves import Move, MoveName
from hequan.cases.photos import MOST
from hequan.cases.queries import (
    PostChoice,
    asked_in,
    lacks_evidence,
    matter_with_code,
    post_chosen,
)
from hequan.core import clock
from hequan.roster.kinds import PostKind
from hequan.web.board.unit_field import UnitField
from hequan.web.matter_choices import MatterField
from hequan.web.photo_field import PhotosField
from hequan.web.words import choices, word

LONGEST = 2000
MOST_DAYS = 60
MOST_PARTS = 3
# shown open, before the others: what is mostly done next
FIRST = (
    *(MoveName.CLASSIFY, MoveName.DISPATCH, MoveName.ACCEPT, MoveName.CONTACT, MoveName.RESUME),
    *(MoveName.ANSWER, MoveName.VERIFY, MoveName.PUBLISH, MoveName.VISIT),
)


def _text(label: Any, most: int = LONGEST, rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows})
    )


class MoveForm(forms.Form):
    """What one move needs; the field's names are those of `Given`."""

    def __init__(
        self, case: Any, move: Move, at_hand: Any, data: Any = None, files: Any = None
    ) -> None:
        """Make the fields the table asks for; `at_hand` is what there is to choose from."""
        super().__init__(data, files, auto_id=f"{move.name}_%s")
        self.case, self.move, self.at_hand = case, move, at_hand
        for name in move.needs:
            self.fields.update(self._made(name))
        self.needs_photo = move.name == MoveName.ANSWER and lacks_evidence(case)
        if move.name == MoveName.ANSWER:
            self.fields.update(_evidence(needed=self.needs_photo))

    @property
    def is_first(self) -> bool:
        """Tell whether the form stands open before the others."""
        return self.move.name in FIRST

    @property
    def is_grave(self) -> bool:
        """Tell whether the move ends the case."""
        return self.move.name in (MoveName.REFUSE, MoveName.WITHDRAW)

    def _made(self, name: str) -> Iterable[tuple[str, forms.Field]]:
        if name == "post":
            yield name, forms.ChoiceField(label=_("To whom"), choices=self._posts())
        elif name == "matter":
            yield name, self._matter()
            yield "unit", self._unit()
        elif name == "result":
            yield name, forms.ChoiceField(label=_("Result"), choices=choices(Result))
        elif name == "days":
            label = _("Working days more")
            yield name, forms.IntegerField(label=label, min_value=1, max_value=MOST_DAYS)
        elif name == "lead":
            label, hint = _("Number of the case that leads"), _("Both go on under it.")
            yield name, forms.CharField(label=label, max_length=20, help_text=hint)
        elif name == "parts":
            yield from self._parts()
        else:
            yield name, _text(_LABELS[name], *_ROOM.get(name, ()))

    def _posts(self) -> list[tuple[str, str]]:
        return [("", "–"), *((str(one.pk), post_words(one)) for one in self.at_hand.posts)]

    def _matter(self) -> MatterField:
        field = MatterField(label=_("Matter"), help_text=_("Code, name or a part of the name."))
        field.catalogue = asked_in(clock.now())
        return field

    def _unit(self) -> UnitField:
        field = UnitField(label=_("Place"), required=False)
        field.find = self.at_hand.find_unit
        return field

    def _parts(self) -> Iterable[tuple[str, forms.Field]]:
        """Two fields for each matter that becomes a case, the first of them needed."""
        hint = _("Empty: all that was said. What was said stays in the course either way.")
        stays = _text(_("What stays in this case"))
        stays.required, stays.help_text = False, hint
        yield "stays", stays
        for number in range(1, MOST_PARTS + 1):
            words = _text(format_lazy("{} {}", _("New case: what it is about"), number))
            words.required = number == 1
            yield f"words{number}", words
            matter = self._matter()
            matter.required = False
            matter.label = format_lazy("{} {}", _("New case: matter"), number)
            yield f"matter{number}", matter

    def _said_parts(self, told: dict[str, Any]) -> tuple[Part, ...]:
        said = [
            (told.pop(f"words{one}"), told.pop(f"matter{one}")) for one in range(1, MOST_PARTS + 1)
        ]
        return tuple(
            Part(words.strip(), matter.code if matter else "")
            for words, matter in said
            if words.strip()
        )

    def clean(self) -> dict[str, Any]:
        """Count the photos of both fields together; say at the field where one is wanted."""
        told = super().clean() or {}
        there = [*told.get("before", ()), *told.get("after", ())]
        if len(there) > MOST:
            self.add_error("after", str(TooManyPhotosError(most=MOST, there=len(there))))
        refused = {"before", "after"} & set(self.errors)
        if self.needs_photo and not there and not refused:
            self.add_error("after", str(EvidenceMissingError()))
        return told

    def given(self) -> Given:
        """Return what was entered as the action takes it."""
        told, at = dict(self.cleaned_data), clock.now()
        if "post" in told:
            told["post"] = post_chosen(self.case, int(told["post"]), at)
        if "matter" in told:
            told["matter"] = matter_with_code(told["matter"].code, at)
            told["unit"] = self.at_hand.unit(told["unit"])
        if "result" in told:
            told["result"] = Result(told["result"])
        if "lead" in told:
            told["lead"] = self.at_hand.case_numbered(told["lead"])
        if "stays" in told:
            told["parts"] = self._said_parts(told)
        photos = (*told.pop("before", ()), *told.pop("after", ()))
        return Given(**told, photos=photos)


def _evidence(*, needed: bool) -> Iterable[tuple[str, forms.Field]]:
    hint = _("The asker sees them with the answer: no faces, no plates, nobody's door number.")
    if needed:
        hint = format_lazy("{} {}", _("This kind of matter needs at least one."), hint)
    yield "before", PhotosField(kind=PhotoKind.BEFORE, label=_("Photos from before"))
    yield "after", PhotosField(kind=PhotoKind.AFTER, label=_("Photos of the result"), hint=hint)


_LABELS = {
    "reason": _("Reason"),
    "ground": _("Ground for refusing (the asker reads it)"),
    "note": _("What was said"),
    "answer": _("Answer in words (the asker reads it)"),
}
_ROOM: dict[str, tuple[int, int]] = {"ground": (300, 2), "answer": (LONGEST, 4)}


def post_words(one: PostChoice) -> str:
    """Return a post as a list to choose from shows it: place, kind, holder."""
    kind = str(word(PostKind(one.kind))) if one.kind in set(PostKind) else one.kind
    return f"{one.place} · {kind} · {one.person}"
