"""The forms of signing in by code: a number as typed, six digits, a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hequan.people.errors import BadPersonError, BadPhoneError
from hequan.people.facts import checked_name
from hequan.people.phones import normal_phone


class PhoneForm(forms.Form):
    """A mobile number as people write it."""

    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_phone(self) -> str:
        """Return the number in its one form; the refusal never repeats what was typed."""
        try:
            return normal_phone(self.cleaned_data["phone"])
        except BadPhoneError:
            text = _("A mobile number has 11 digits and begins with 13 to 19.")
            raise forms.ValidationError(text) from None


class CodeForm(forms.Form):
    """Six digits, typed, pasted or filled in by the phone."""

    code = forms.CharField(
        label=_("The six digits from the message"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class NewResidentForm(forms.Form):
    """Who somebody is whose number nobody knows yet, and that she agrees to an account."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agrees = forms.BooleanField(label=_("I have read this and agree."))

    def __init__(self, *args: Any, is_asked: bool, is_new: bool, **kwargs: Any) -> None:
        """Leave the tick out where there are no words to agree to, the name of somebody known."""
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["name"]
        if not is_asked:
            del self.fields["agrees"]

    def clean_name(self) -> str:
        """Return the name in the form it is kept in."""
        try:
            return checked_name(self.cleaned_data["name"])
        except BadPersonError as error:
            raise forms.ValidationError(error.text) from None
