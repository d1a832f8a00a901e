"""The first-start wizard (首次启动): four accounts, town, calendar; one page, written at once.

The standard words of consent are published along, so that residents are asked from the first day.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hequan.core import clock
from hequan.core.accounts import Account, accounts_exist, system_account
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.core.sign_in.changes import BadPasswordError, check_new_password
from hequan.core.sign_in.setup_code import drop_setup_code, is_setup_code, setup_code
from hequan.people.actions import publish_standard_words
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
OFFICES: tuple[tuple[str, Capability | None, Any, Any], ...] = (
    (
        "first",
        None,
        _("First officer"),
        _("Runs the town's business: stations, people, posts. Gives others their rights."),
    ),
    (
        "system",
        Capability.ADMINISTER_SYSTEM,
        _("System administrator"),
        _("Backups, jobs, settings. Sees neither people nor the audit trail."),
    ),
    (
        "security",
        Capability.ADMINISTER_SECURITY,
        _("Security administrator"),
        _("Opens and closes accounts, resets passwords. Grants herself nothing."),
    ),
    (
        "audit",
        Capability.READ_AUDIT,
        _("Audit administrator"),
        _("Reads and checks the audit trail, and can change nothing in it."),
    ),
)
FIXED_HOLIDAYS = "{y}-01-01 元旦 休\n{y}-05-01~05-02 劳动节 休\n{y}-10-01~10-03 国庆节 休"


class SetupForm(forms.Form):
    """The code that shows who may set up."""

    code = forms.CharField(
        label=_("Setup code"),
        max_length=40,
        help_text=_("Printed where `hequan serve` runs; `hequan setup_code` prints it again."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        """Refuse a visitor who cannot see the server's screen."""
        if not is_setup_code(self.cleaned_data["code"]):
            raise forms.ValidationError(gettext("This is not the setup code: look at the server."))
        return str(self.cleaned_data["code"])


class AdministratorForm(forms.Form):
    """One of the four accounts."""

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
        help_text=_("At least 8 characters: capitals, small letters, digits or other signs."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, office: Capability | None, **kwargs: Any) -> None:
        """Keep which office the account is for."""
        super().__init__(*args, **kwargs)
        self.office = office

    def clean(self) -> dict[str, Any]:
        """Refuse a password the rules do not take, saying why."""
        cleaned = super().clean() or {}
        if "password" in cleaned:
            account = Account(username=cleaned.get("username", ""))
            try:
                check_new_password(account, cleaned["password"], clock.now())
            except BadPasswordError as error:
                for text in error.texts:
                    self.add_error("password", text)
        return cleaned

    def administrator(self) -> NewAdministrator:
        """Return the administrator as entered."""
        return NewAdministrator(**self.cleaned_data, office=self.office)


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
    """The forms of the page, taken together."""

    def __init__(self, entered: Any = None) -> None:
        """Bind the forms to what was entered, or prefill them."""
        year = timezone.localdate(clock.now()).year
        self.setup = SetupForm(entered, prefix="setup")
        self.accounts = [
            (words, hint, AdministratorForm(entered, prefix=prefix, office=office))
            for prefix, office, words, hint in OFFICES
        ]
        self.town = TownForm(entered, prefix="town")
        prefilled = {"year": year, "days": FIXED_HOLIDAYS.format(y=year)}
        self.calendar = CalendarForm(entered, prefix="calendar", initial=prefilled)

    def is_valid(self) -> bool:
        """Check every form, so that all faults are shown at once."""
        people = [form for _words, _hint, form in self.accounts]
        valid = [form.is_valid() for form in (self.setup, *people, self.town, self.calendar)]
        return all(valid) and self._names_differ()

    def _names_differ(self) -> bool:
        seen: set[str] = set()
        for _words, _hint, form in self.accounts:
            username = form.cleaned_data["username"].casefold()
            if username in seen:
                form.add_error("username", gettext("Four people: this sign-in name stands above."))
                return False
            seen.add(username)
        return True

    def start(self) -> None:
        """Write it all, with words of consent to begin with; the setup code is used up."""
        at = clock.now()
        with transaction.atomic():
            start_installation(
                administrators=[form.administrator() for _words, _hint, form in self.accounts],
                town=self.town.town(),
                calendar=self.calendar.calendar(),
                at=at,
            )
            publish_standard_words(by=system_account(), at=at)
        drop_setup_code()


@require_http_methods(["GET", "POST"])
def first_start(request: HttpRequest) -> HttpResponse:
    """Show the wizard, or write what was entered and lead to the sign-in page."""
    if accounts_exist():
        return HttpResponseRedirect(reverse("web:sign-in"))
    setup_code()  # made now where `hequan serve` did not: `hequan setup_code` prints it
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
