"""Reporting something (我要反映): in a few words, with or without an account, name and number."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hequan.cases import queries
from hequan.cases.actions import open_case
from hequan.cases.asking import Asking
from hequan.cases.errors import MatterRetiredError
from hequan.cases.kinds import CaseChannel
from hequan.core import clock
from hequan.core.accounts import Account, system_account
from hequan.core.errors import HequanError
from hequan.people.queries import person_of
from hequan.territory.queries import CommitteeChoice, committees_for_choice
from hequan.web.case_forms import AskingForm, new_form_key
from hequan.web.hints import hints_for
from hequan.web.matter_choices import matters_by_class
from hequan.web.near_cases import followed, near_before
from hequan.web.place_finding import placing_in


class ReportForm(AskingForm):
    """What a resident says: what, where, and who she is if she likes."""

    matter = forms.ChoiceField(
        label=_("What is it about?"),
        required=False,
        error_messages={"invalid_choice": MatterRetiredError.text},
    )
    committee = forms.ChoiceField(label=_("In which committee?"), required=False)
    field_order = ("words", "matter", "committee", "place_words", "contact_name", "contact_phone")

    def __init__(self, towns: list[Any], *args: Any, **kwargs: Any) -> None:
        """Offer the classes in force and the committees there are."""
        super().__init__(*args, **kwargs)
        self.towns = towns
        known = matters_by_class(queries.asked_in(clock.now()))
        self.fields["matter"].choices = [("", _("I do not know")), *known]  # type: ignore[attr-defined]
        places = _committees(committees_for_choice())
        self.fields["committee"].choices = [("", _("I do not know")), *places]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a committee where there are several towns and no point."""
        entered = super().clean() or {}
        placed = entered.get("here") or entered.get("committee") or "here" in self.errors
        if len(self.towns) > 1 and not placed:
            self.add_error("committee", gettext("Choose the committee, or use your location."))
        return entered

    def asking(self, asker: int | None) -> Asking:
        """Return what was said as the one window takes it."""
        entered = self.cleaned_data
        chosen = queries.unit_chosen(int(entered["committee"] or 0))
        lon, lat = entered["here"] or (None, None)
        return Asking(
            channel=CaseChannel.PHONE_PAGE,
            words=entered["words"],
            at_unit=queries.town_of(chosen) if chosen else self.towns[0].pk,
            matter_code=entered["matter"],
            unit=chosen.pk if chosen else None,
            lon=lon,
            lat=lat,
            place_words=entered["place_words"],
            asker=asker,
            contact_name=entered["contact_name"],
            contact_phone=entered["contact_phone"],
            is_confidential=entered["is_confidential"],
            form_key=entered["form_key"],
        )


def _committees(rows: list[CommitteeChoice]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        groups.setdefault(row.area_name or row.town_name, []).append((str(row.pk), row.name))
    return list(groups.items())


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Ask what happened, show what is open nearby of the same matter, and take it in."""
    towns = queries.towns_served()
    placing = placing_in(request)
    form = ReportForm(towns, *placing.sent, initial={"form_key": new_form_key()} | placing.entered)
    found: dict[str, Any] = {"form": form, "open": bool(towns), "me_too": _("I met it too")}
    found["placing"] = placing
    found["hints"] = hints_for(request)
    if towns and request.method == "POST" and form.is_valid():
        person = person_of(request.user)
        asking = form.asking(person.pk if person else None)
        found["near"] = near_before(request, asking)
        found["sent_photos"] = bool(form.cleaned_data["photos"])
        link = None if found["near"] else _taken_in(request, form, asking)
        if link is not None:
            return HttpResponseRedirect(reverse("web:case-sent", args=[link]))
    return render(request, "public/case/report.html", found)


def _taken_in(request: HttpRequest, form: ReportForm, asking: Asking) -> str | None:
    """Open the case, or follow another, and return the link; a refusal is told beside the form."""
    try:
        if link := followed(request, asking, signer(request)):
            return link
        photos = form.cleaned_data["photos"]
        case = open_case(asking=asking, photos=photos, by=signer(request), at=clock.now())
    except HequanError as error:
        form.add_error(None, str(error))
        return None
    return case.link


def signer(request: HttpRequest) -> Account:
    """Return the own account of whoever has one, else the system's."""
    return request.user if isinstance(request.user, Account) else system_account()
