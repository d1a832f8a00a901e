"""Forms of the repair desk (维修表单): an order, one form for each move, prices, a provider."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hequan.cases.actions.repair_desk import Terms
from hequan.cases.actions.repair_effects import RepairGiven
from hequan.cases.kinds import PhotoKind
from hequan.cases.queries.repairs import WorkerChoice
from hequan.cases.repairs import (
    MOST_CAP,
    MOST_COUNT,
    MOST_DAYS,
    MOST_FEN,
    UNIT_LENGTH,
    WHAT_LENGTH,
    DispatchMode,
    LineFacts,
    PriceFacts,
    RepairMove,
    RepairMoveName,
    RepairState,
)
from hequan.people.kinds import BehalfBasis
from hequan.web.board.case_moves import LONGEST
from hequan.web.board.roster_acts import OrganisationField
from hequan.web.photo_field import PhotosField
from hequan.web.templatetags.repairs import yuan
from hequan.web.words import choices

_M = RepairMoveName
LISTED = 5
# shown open, before the others: what is mostly done next
FIRST = (_M.TAKE, _M.START, _M.FINISH, _M.TURN)
GRAVE = (_M.CANCEL, _M.REFUSE)
_FOR_THE_ASKER = (_M.AGREE, _M.REFUSE, _M.ACCEPT, _M.RETURN)
_WITH_REASON = (_M.GIVE_BACK, _M.CANCEL, _M.RETURN)


def _long(label: Any, *, needed: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(
        label=label, max_length=LONGEST, required=needed, widget=widget, help_text=hint
    )


def _money(label: Any, *, needed: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=Decimal("0.01"),
        max_value=MOST_FEN // 100,
        decimal_places=2,
        required=needed,
    )


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_COUNT, required=False)


class OrderForm(forms.Form):
    """A repair order as it is opened: for whom, and what is to be repaired."""

    provider = forms.ChoiceField(label=_("Provider"))
    words = _long(
        _("What is to be repaired"),
        hint=_("The provider reads this and the place, not the asker's name or number."),
    )

    def __init__(self, providers: Sequence[Any], data: Any = None) -> None:
        """Offer the providers that take orders."""
        super().__init__(data)
        named = [(str(one.pk), one.organisation.name) for one in providers]
        self.fields["provider"].choices = named  # type: ignore[attr-defined]
        self._known = {str(one.pk): one for one in providers}

    def provider_chosen(self) -> Any:
        """Return the provider that was chosen."""
        return self._known[self.cleaned_data["provider"]]


class RepairMoveForm(forms.Form):
    """What one move of an order needs; `at_hand` has the workers and the price list."""

    def __init__(self, move: RepairMove, at_hand: Any, data: Any = None, files: Any = None) -> None:
        """Make the fields of the move."""
        super().__init__(data, files, auto_id=f"{move.name}_%s")
        self.move, self.at_hand = move, at_hand
        self.fields.update(self._made())

    @property
    def is_first(self) -> bool:
        """Tell whether the form stands open before the others."""
        if self.move.name == _M.QUOTE:
            return self.at_hand.repair.state in (RepairState.TAKEN, RepairState.REFUSED)
        return self.move.name in FIRST

    @property
    def is_grave(self) -> bool:
        """Tell whether the move ends something."""
        return self.move.name in GRAVE

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        """Return the bound fields of the lines of the price list."""
        return [(self[f"item{n}"], self[f"count{n}"]) for n in range(1, LISTED + 1)]

    @property
    def own(self) -> list[Any]:
        """Return the bound fields of a line of one's own."""
        return [self[name] for name in ("what", "unit", "price", "count", "reason")]

    @property
    def own_is_open(self) -> bool:
        """Tell whether something was entered into the line of one's own."""
        return bool(self.errors) or bool(self.data.get("what"))

    def _made(self) -> Iterable[tuple[str, forms.Field]]:
        name = self.move.name
        if name == _M.ASSIGN:
            named = [(str(one.pk), _worker(one)) for one in self.at_hand.workers]
            yield "worker", forms.ChoiceField(label=_("Worker"), choices=named)
        if name == _M.QUOTE:
            yield from self._quote()
        if "before" in self.move.needs:
            yield "photos", self._photos(PhotoKind.BEFORE, _("Photos before the work"))
        if "after" in self.move.needs:
            yield "photos", self._photos(PhotoKind.AFTER, _("Photos after the work"))
            yield "note", _long(_("What was done"), needed=False)
        if name in _WITH_REASON:
            yield "reason", _long(_("Reason"))
        if name in _FOR_THE_ASKER:
            yield "basis", _basis()

    def _photos(self, kind: PhotoKind, label: Any) -> PhotosField:
        """Ask for photos, one at least while the order has none of the kind."""
        field = PhotosField(kind=kind, label=label)
        field.required = kind not in self.at_hand.kinds
        return field

    def _quote(self) -> Iterable[tuple[str, forms.Field]]:
        listed = [
            (str(one.pk), f"{one.what} · {yuan(one.price)}/{one.unit}")
            for one in self.at_hand.prices
        ]
        for number in range(1, LISTED + 1):
            label = format_lazy("{} {}", pgettext_lazy("repair", "Item"), number)
            known = [("", "–"), *listed]
            yield f"item{number}", forms.ChoiceField(label=label, choices=known, required=False)
            yield f"count{number}", _count(pgettext_lazy("repair", "Count"))
        yield "what", forms.CharField(label=_("What"), max_length=WHAT_LENGTH, required=False)
        yield (
            "unit",
            forms.CharField(
                label=pgettext_lazy("repair", "Unit"), max_length=UNIT_LENGTH, required=False
            ),
        )
        yield "price", _money(_("Price in yuan"), needed=False)
        yield "count", _count(pgettext_lazy("repair", "Count"))
        label = _("Why it is not on the list")
        yield "reason", forms.CharField(label=label, max_length=WHAT_LENGTH, required=False)

    def given(self, worker: Any = None) -> RepairGiven:
        """Return what was entered as the action takes it; `worker` is who takes it herself."""
        told = self.cleaned_data
        if self.move.name == _M.ASSIGN:
            worker = self.at_hand.post(int(told["worker"]))
        return RepairGiven(
            worker=worker,
            lines=tuple(self._lines()) if self.move.name == _M.QUOTE else (),
            reason="" if self.move.name == _M.QUOTE else told.get("reason", ""),
            note=told.get("note", ""),
            photos=tuple(told.get("photos") or ()),
            basis=BehalfBasis(told["basis"]) if told.get("basis") else None,
        )

    def _lines(self) -> Iterable[LineFacts]:
        told = self.cleaned_data
        for number in range(1, LISTED + 1):
            if told[f"item{number}"]:
                yield LineFacts(told[f"count{number}"] or 1, int(told[f"item{number}"]))
        if told["what"] or told["price"]:
            price = int((told["price"] or 0) * 100)
            own = told["what"], told["unit"], price, told["reason"]
            yield LineFacts(told["count"] or 1, None, *own)


def _worker(one: WorkerChoice) -> Any:
    return format_lazy(_("{name} · {n} in hand"), name=one.name, n=one.open)


def _basis() -> forms.ChoiceField:
    known = [one for one in choices(BehalfBasis) if one[0] != BehalfBasis.GUARDIAN]
    return forms.ChoiceField(label=_("How she agreed"), choices=known, widget=forms.RadioSelect)


class PriceForm(forms.Form):
    """One item of a price list; the name of one that is there makes a new version of it."""

    what = forms.CharField(label=pgettext_lazy("repair", "Item"), max_length=WHAT_LENGTH)
    unit = forms.CharField(label=pgettext_lazy("repair", "Unit"), max_length=UNIT_LENGTH)
    price = _money(_("Price in yuan"))
    warranty_days = forms.IntegerField(
        label=_("Days of warranty"), min_value=0, max_value=MOST_DAYS
    )

    def row(self) -> PriceFacts:
        """Return what was entered as the action takes it."""
        told = self.cleaned_data
        fen = int(told["price"] * 100)
        return PriceFacts(told["what"], told["unit"], fen, told["warranty_days"])


class PricesForm(forms.Form):
    """Rows of a price list pasted from a sheet."""

    rows = forms.CharField(
        label=_("Rows"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "A row each: item, unit, price in yuan, days of warranty, with tabs or commas between. "
            "Items not named stay."
        ),
    )


class TermsForm(forms.Form):
    """How a provider's orders are given out."""

    mode = forms.ChoiceField(label=_("How orders are given out"))
    cap = forms.IntegerField(
        label=_("Open orders one worker may have"), min_value=1, max_value=MOST_CAP, initial=3
    )
    is_open = forms.BooleanField(label=_("Takes new orders"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the ways there are."""
        super().__init__(*args, **kwargs)
        self.fields["mode"].choices = choices(DispatchMode)  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        """Return what was entered as the action takes it."""
        told = self.cleaned_data
        return Terms(DispatchMode(told["mode"]), told["cap"], told["is_open"])


class ProviderForm(TermsForm):
    """An organisation that is to repair for residents."""

    organisation = OrganisationField(label=_("Organisation"))
    field_order = ("organisation", "mode", "cap", "is_open")
