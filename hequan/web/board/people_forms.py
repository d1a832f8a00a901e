"""Forms of people (人员表单): each reads into facts that an action takes.

Personal values are never filled in beforehand: a blank entry keeps what is known, and what is to
be taken away is ticked.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hequan.people.actions import GuardianFacts, PersonFacts
from hequan.people.kinds import GuardianDocument, GuardianKind
from hequan.web.board.day_inputs import day_input
from hequan.web.board.person_field import PersonField, PersonFinder
from hequan.web.board.unit_field import UnitField, UnitFinder
from hequan.web.words import choices as choices_of


class PersonForm(forms.Form):
    """Somebody new."""

    name = forms.CharField(label=_("Full name"), max_length=64)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=32,
        required=False,
        help_text=_("A mobile number, or a landline with its area code."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    born_on = forms.DateField(label=_("Day of birth"), required=False, widget=day_input())
    unit = UnitField()
    address = forms.CharField(label=_("Address"), max_length=200, required=False)

    def __init__(self, find_units: UnitFinder, *args: Any, **kwargs: Any) -> None:
        """Find units among those this account may enter people in."""
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, UnitField)
        unit.find = find_units

    def facts(self) -> PersonFacts:
        """Return what was entered."""
        entered = self.cleaned_data
        return PersonFacts(
            entered["name"],
            entered["phone"],
            entered["born_on"],
            entered["unit"],
            entered["address"],
        )


class CorrectPersonForm(PersonForm):
    """Somebody known: a blank entry keeps what is known."""

    forget = forms.MultipleChoiceField(
        label=_("Take away"),
        required=False,
        choices=[
            ("phone", _("Telephone")),
            ("born_on", _("Day of birth")),
            ("address", _("Address")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, find_units: UnitFinder, *args: Any, **kwargs: Any) -> None:
        """Ask for nothing that is known already."""
        super().__init__(find_units, *args, **kwargs)
        for name in ("phone", "born_on", "address"):
            self.fields[name].help_text = _("Blank: stays as it is.")

    def facts_over(self, known: PersonFacts) -> PersonFacts:
        """Return what is known with what was entered over it."""
        entered, forget = self.cleaned_data, self.cleaned_data["forget"]
        return PersonFacts(
            entered["name"],
            entered["phone"] or ("" if "phone" in forget else known.phone),
            entered["born_on"] or (None if "born_on" in forget else known.born_on),
            entered["unit"],
            entered["address"] or ("" if "address" in forget else known.address),
        )


class GuardianForm(forms.Form):
    """Who acts for a minor."""

    guardian = PersonField(label=_("Guardian"))
    kind = forms.ChoiceField(label=_("Relation"), choices=choices_of(GuardianKind))
    document = forms.ChoiceField(label=_("What was shown"), choices=choices_of(GuardianDocument))

    def __init__(self, find_persons: PersonFinder, *args: Any, **kwargs: Any) -> None:
        """Find people among those this account may see."""
        super().__init__(*args, **kwargs)
        guardian = self.fields["guardian"]
        assert isinstance(guardian, PersonField)
        guardian.find = find_persons

    def facts(self) -> GuardianFacts:
        """Return what was entered; it begins today."""
        entered = self.cleaned_data
        return GuardianFacts(GuardianKind(entered["kind"]), GuardianDocument(entered["document"]))
