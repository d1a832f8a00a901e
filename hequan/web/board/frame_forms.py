"""Forms of frames (共建表单): a frame, a group, a signature, an act, a leave."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hequan.people.actions import ActFacts, FrameFacts, Signature
from hequan.people.kinds import FrameGroupKind, FrameKind
from hequan.web.board.day_inputs import day_input
from hequan.web.board.person_field import PersonField, PersonFinder
from hequan.web.board.unit_field import UnitField, UnitFinder
from hequan.web.words import choices as choices_of

OrganisationFinder = Callable[[str], Sequence[Any]]


class FrameForm(forms.Form):
    """A frame: what, where, since when."""

    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(FrameKind))
    name = forms.CharField(label=_("Name"), max_length=120)
    unit = UnitField(label=_("For"))
    valid_from = forms.DateField(label=_("Since"), widget=day_input())

    def __init__(self, find_units: UnitFinder, *args: Any, **kwargs: Any) -> None:
        """Find units among those this account may set up frames in."""
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, UnitField)
        unit.find = find_units

    def facts(self) -> FrameFacts:
        """Return what was entered."""
        entered = self.cleaned_data
        return FrameFacts(
            FrameKind(entered["kind"]), entered["name"], entered["unit"], entered["valid_from"]
        )


class GroupForm(forms.Form):
    """A group of a frame."""

    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(FrameGroupKind))
    name = forms.CharField(label=_("Name"), max_length=120)


class SignForm(forms.Form):
    """An organisation that signs."""

    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=120,
        help_text=_("Name or unified social credit code."),
    )
    group = forms.ChoiceField(label=_("Group"), required=False)
    agreement = forms.CharField(label=_("Agreement"), max_length=120)
    signed_on = forms.DateField(label=_("Signed on"), widget=day_input())
    signed_by = PersonField(label=_("Signed by"), required=False)

    def __init__(
        self,
        find_organisations: OrganisationFinder,
        find_persons: PersonFinder,
        groups: Sequence[tuple[int, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Offer the frame's groups; find the rest among what this account may see."""
        super().__init__(*args, **kwargs)
        group, signed_by = self.fields["group"], self.fields["signed_by"]
        assert isinstance(group, forms.ChoiceField)
        assert isinstance(signed_by, PersonField)
        group.choices = [("", _("the frame itself")), *((str(pk), name) for pk, name in groups)]
        signed_by.find = find_persons
        self._find = find_organisations

    def clean_organisation(self) -> Any:
        """Return the one organisation the words fit; one of exactly this name goes first."""
        words = self.cleaned_data["organisation"].strip()
        found = list(self._find(words))
        exact = [one for one in found if words in (one.name, one.credit_code)]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        if not found:
            raise forms.ValidationError(gettext("There is no organisation “%s” here.") % words)
        names = gettext(", ").join(f"{one.name} {one.credit_code}".strip() for one in found[:6])
        raise forms.ValidationError(gettext("Which one? %s") % names)

    def signature(self) -> Signature:
        """Return what was signed."""
        entered = self.cleaned_data
        return Signature(entered["signed_on"], entered["agreement"], entered["signed_by"])


class ActForm(forms.Form):
    """What a member did."""

    what = forms.CharField(label=_("What was done"), max_length=200)
    on = forms.DateField(label=_("Date"), widget=day_input())
    amount = forms.IntegerField(label=_("How much"), min_value=0, max_value=10**9, required=False)
    measure = forms.CharField(
        label=_("Counted in"), max_length=16, required=False, help_text=_("people, hours, yuan …")
    )

    def facts(self) -> ActFacts:
        """Return what was entered."""
        return ActFacts(**self.cleaned_data)


class LeaveForm(forms.Form):
    """The first day on which an organisation is no member."""

    on = forms.DateField(label=_("Left on"), widget=day_input())
