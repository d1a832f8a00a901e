"""The first-start wizard (首次启动): administrators, town, calendar; one page, written at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hequan.core import clock
from hequan.core.accounts import accounts_exist
from hequan.core.errors import HequanError
from hequan.territory.codes import CodeError, level_of_code
from hequan.territory.first_start import (
    NewAdministrator,
    NewCalendar,
    NewTown,
    start_installation,
)
from hequan.territory.kinds import Level
from hequan.web.account.calendar_notice import NoticeError, read_notice

username_rule = RegexValidator(
    r"^[\w.@+-]+$", _("Use letters, digits and . _ - @ + only, without spaces.")
)
PASSWORD_FAULTS: dict[str, Any] = {  # Django's own words are not all in Chinese
    "password_too_short": _("This password is too short: at least 8 characters."),
    "password_too_common": _("This password is too common: others guess it."),
}
FIXED_HOLIDAYS = "{y}-01-01 元旦 休\n{y}-05-01~05-02 劳动节 休\n{y}-10-01~10-03 国庆节 休"


class AdministratorForm(forms.Form):
    """One administrator; the second may be left empty."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=64,
        validators=[username_rule],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    name = forms.CharField(label=_("Full name"), max_length=64)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 8 characters, not a common word."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Refuse what is too short or too common, saying why."""
        password: str = self.cleaned_data["password"]
        try:
            validate_password(password)
        except forms.ValidationError as error:
            faults = [PASSWORD_FAULTS.get(one.code or "", one) for one in error.error_list]
            raise forms.ValidationError(faults) from None
        return password

    def administrator(self) -> NewAdministrator:
        """Return the administrator as entered."""
        return NewAdministrator(**self.cleaned_data)


class TownForm(forms.Form):
    """The town and the names of what it lies in."""

    code = forms.CharField(
        label=_("Division code of the town or street"),
        max_length=9,
        help_text=_("9 digits, for example 310113111; its first digits name district and city."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    name = forms.CharField(label=_("Town or street"), max_length=80)
    district = forms.CharField(label=_("District"), max_length=80)
    city = forms.CharField(label=_("City"), max_length=80)

    def clean_code(self) -> str:
        """Refuse a code that is no town's."""
        code: str = self.cleaned_data["code"].strip()
        try:
            if level_of_code(code) is Level.TOWN:
                return code
        except CodeError:
            pass
        raise forms.ValidationError(
            gettext("%(code)s is not the code of a town: 9 digits, as in the division table.")
            % {"code": code}
        )

    def town(self) -> NewTown:
        """Return the town as entered."""
        return NewTown(**self.cleaned_data)


class CalendarForm(forms.Form):
    """The holiday notice of one year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    source = forms.CharField(
        label=_("Notice"),
        required=False,
        max_length=500,
        help_text=_("Title or number of the State Council's notice these days come from."),
    )
    days = forms.CharField(
        label=_("Days off and make-up working days"),
        required=False,
        help_text=_("One day or span a line: date, name, 休 (off) or 班 (worked)."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the notice; every faulty line is named with what is wrong."""
        cleaned = super().clean() or {}
        if "year" in cleaned:
            try:
                cleaned["read"] = read_notice(cleaned.get("days", ""), cleaned["year"])
            except NoticeError as error:
                for fault in error.faults:
                    self.add_error("days", fault_words(fault.line, fault.text, fault.reason))
        return cleaned

    def calendar(self) -> NewCalendar:
        """Return the calendar as entered."""
        entered = self.cleaned_data
        return NewCalendar(entered["year"], entered["read"], entered["source"])


def fault_words(line: int, text: str, reason: str) -> str:
    """Return what is wrong with a line of the notice and what to write instead."""
    said = {
        "day": _("there is no such day; write 2026-10-01 or 10月1日"),
        "year": _("this day is not of that year"),
        "span": _("a span runs from its first to its last day, at most 31 days"),
        "twice": _("this day stands here twice"),
    }[reason]
    return gettext("Line %(line)s, “%(text)s”: %(said)s.") % {
        "line": line,
        "text": text,
        "said": said,
    }


class Wizard:
    """The three forms of the page, taken together."""

    def __init__(self, entered: Any = None) -> None:
        """Bind the forms to what was entered, or prefill them."""
        year = timezone.localdate(clock.now()).year
        self.first = AdministratorForm(entered, prefix="first")
        self.second = AdministratorForm(
            entered, prefix="second", empty_permitted=True, use_required_attribute=False
        )
        self.town = TownForm(entered, prefix="town")
        prefilled = {"year": year, "days": FIXED_HOLIDAYS.format(y=year)}
        self.calendar = CalendarForm(entered, prefix="calendar", initial=prefilled)

    def is_valid(self) -> bool:
        """Check every form, so that all faults are shown at once."""
        forms_ = (self.first, self.second, self.town, self.calendar)
        valid = [form.is_valid() for form in forms_]
        return all(valid) and self._names_differ()

    def _names_differ(self) -> bool:
        if self.second.has_changed() and (
            self.first.cleaned_data["username"] == self.second.cleaned_data["username"]
        ):
            self.second.add_error("username", gettext("Both sign-in names are the same."))
            return False
        return True

    def start(self) -> None:
        """Write it all."""
        administrators = [self.first.administrator()]
        if self.second.has_changed():
            administrators.append(self.second.administrator())
        start_installation(
            administrators=administrators,
            town=self.town.town(),
            calendar=self.calendar.calendar(),
            at=clock.now(),
        )


@require_http_methods(["GET", "POST"])
def first_start(request: HttpRequest) -> HttpResponse:
    """Show the wizard, or write what was entered and lead to the sign-in page."""
    if accounts_exist():
        return HttpResponseRedirect(reverse("web:sign-in"))
    wizard = Wizard(request.POST or None)
    if request.method == "POST" and wizard.is_valid():
        try:
            wizard.start()
        except HequanError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, gettext("Everything is set up. Sign in to go on."))
            return HttpResponseRedirect(reverse("web:sign-in"))
    return render(request, "account/first_start.html", {"wizard": wizard})
