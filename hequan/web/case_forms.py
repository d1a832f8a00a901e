"""What all pages that take in a case share (受理表单): contact fields, the key of one sending."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hequan.cases.asking import NAME_LENGTH, PLACE_LENGTH, WORDS_LENGTH
from hequan.cases.kinds import PhotoKind
from hequan.people.errors import BadPhoneError
from hequan.people.phones import contact_phone
from hequan.web.photo_field import PhotosField
from hequan.web.place_finding import HereField

FORM_KEY_LENGTH = 64


def new_form_key() -> str:
    """Return the key of one sending of a form."""
    return secrets.token_urlsafe(16)


class PhoneField(forms.CharField):
    """A number to call; cleaned it is in its one form."""

    def __init__(self, **kwargs: Any) -> None:
        """Let phones open their number pad."""
        attrs = {"inputmode": "tel", "autocomplete": "tel"}
        super().__init__(
            max_length=30, required=False, widget=forms.TextInput(attrs=attrs), **kwargs
        )

    def clean(self, value: Any) -> str:
        """Return the number, empty for none."""
        words = super().clean(value).strip()
        try:
            return contact_phone(words) if words else ""
        except BadPhoneError as error:
            raise forms.ValidationError(str(error)) from None


class AskingForm(forms.Form):
    """What was said, where exactly, who said it."""

    words = forms.CharField(
        label=_("What happened?"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    here = HereField()
    named = forms.CharField(  # what the point was picked by; nothing for the map and "here"
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
        max_length=PLACE_LENGTH,
        required=False,
    )
    place_words = forms.CharField(
        label=_("Where exactly?"),
        help_text=_("Address, estate or station, then what helps to find it: floor, corner, shop."),
        max_length=PLACE_LENGTH,
        required=False,
    )
    photos = PhotosField(kind=PhotoKind.REPORT, label=_("Photos"))
    contact_name = forms.CharField(
        label=pgettext_lazy("asker", "Name"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_phone = PhoneField(label=_("Telephone"))
    is_confidential = forms.BooleanField(
        label=_("Do not tell those who handle it who asked"),
        help_text=_("They see the photos all the same: let nothing in them tell who you are."),
        required=False,
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=FORM_KEY_LENGTH, required=False)

    def clean(self) -> dict[str, Any]:
        """Leave a picked point out, and say so, where the words name its place no more."""
        entered = super().clean() or {}
        named = entered.get("named", "")
        if entered.get("here") and named not in entered.get("place_words", ""):
            sent: Any = self.data.copy()  # type: ignore[attr-defined]
            sent["committee"], self.data = "", sent  # it came with the point
            told = gettext(
                "You had picked “%s”, and your words now say something else: the point is not sent "
                "along. Find the place once more, or choose the committee."
            )
            self.add_error("here", told % named)
        return entered
