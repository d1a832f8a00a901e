"""What somebody who registers offers (报到表单), the same at the counter and on her own phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hequan.core import clock
from hequan.people.protection_errors import ConsentTextOutdatedError
from hequan.people.protection_kinds import ConsentPurpose
from hequan.people.queries import words_in_force, words_of
from hequan.roster.actions import Offer
from hequan.roster.kinds import FreeTime, RegistrationKind, Skill
from hequan.web.words import choices

PEOPLE = [one for one in choices(RegistrationKind) if one[0] != RegistrationKind.UNIT]


class OfferForm(forms.Form):
    """Skills, times and wishes; all of it may be left empty."""

    skills = forms.MultipleChoiceField(
        label=_("What I can do"),
        choices=choices(Skill),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    free_times = forms.MultipleChoiceField(
        label=_("When I have time"),
        choices=choices(FreeTime),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wishes = forms.CharField(label=_("What I would like"), required=False, max_length=200)

    def offer(self) -> Offer:
        """Return what was offered."""
        entered = self.cleaned_data
        return Offer(
            skills=[Skill(one) for one in entered["skills"]],
            free_times=[FreeTime(one) for one in entered["free_times"]],
            wishes=entered["wishes"],
        )


class AgreedForm(OfferForm):
    """An offer with the consent to keep it: to the words that were on the page, and no others."""

    agreed = forms.BooleanField(label=_("I have read this and agree."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the words in force; `text` is None while none are published."""
        super().__init__(*args, **kwargs)
        self.text = words_in_force(clock.now()).get(ConsentPurpose.REGISTRATION)
        self.words = words_of(self.text) if self.text else ""

    def clean(self) -> dict[str, Any]:
        """Refuse a consent to words that are no longer in force."""
        if self.text is not None and self.data.get("text") != str(self.text.pk):
            raise forms.ValidationError(str(ConsentTextOutdatedError()))
        return super().clean() or {}
