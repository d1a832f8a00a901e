"""What somebody who registers offers (报到表单), the same at the counter and on her own phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

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
