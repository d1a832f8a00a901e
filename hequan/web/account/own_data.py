"""My data (我的数据): see all that is kept, take it along, correct it, have it erased."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.people.actions import (
    Erased,
    PersonFacts,
    erase_on_request,
    note_own_request,
    reasons_against,
    save_person,
)
from hequan.people.own_export import own_archive
from hequan.people.protection_kinds import ConsentChannel, RequestKind
from hequan.people.queries import data_requests_of, own_tables, own_tables_kept, readings_of
from hequan.web.account.own_care import Cared, cared_for
from hequan.web.account.own_data_rows import export_tables, own_page, own_rows

SURE = "sure"


class CorrectForm(forms.Form):
    """What somebody corrects by herself; her number is changed with a code."""

    name = forms.CharField(
        label=_("Name"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )


@login_required
@never_cache
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Show every row of every table that is about her, why it is kept, and who was shown it."""
    cared = cared_for(request)
    if cared is None:
        return _nobody(request)
    context = {
        "cared": cared,
        "tables": own_page(own_tables(cared.person)),
        "readings": readings_of(cared.person),
        "requests": data_requests_of(cared.person),
    }
    return render(request, "account/own_data/page.html", context)


@login_required
@never_cache
@require_POST
def take_data(request: HttpRequest) -> HttpResponse:
    """Hand out all of it: one zip with JSON and a workbook."""
    cared = cared_for(request)
    if cared is None:
        return _nobody(request)
    at = clock.now()
    archive = own_archive(export_tables(own_tables(cared.person)), at)
    note_own_request(person=cared.person, kind=RequestKind.EXPORT, by=cared.account, at=at)
    response = HttpResponse(archive, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="my-data-{at:%Y%m%d}.zip"'
    return response


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def correct_data(request: HttpRequest) -> HttpResponse:
    """Correct name and address."""
    cared = cared_for(request)
    if cared is None:
        return _nobody(request)
    person = cared.person
    initial = {"name": person.name, "address": person.address}
    form = CorrectForm(request.POST or None, initial=initial)
    if request.method == "POST" and cared.may_decide and form.is_valid():
        try:
            _correct(cared, form.cleaned_data)
        except HequanError as error:
            form.add_error(getattr(error, "field", None), str(error))
        else:
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("web:my-data") + cared.question)
    return render(request, "account/own_data/correct.html", {"cared": cared, "form": form})


def _correct(cared: Cared, entered: dict[str, Any]) -> None:
    person, at = cared.person, clock.now()
    facts = PersonFacts(
        name=entered["name"],
        phone=person.phone.open(),
        born_on=person.born_on,
        unit_id=person.unit_id,
        address=entered["address"],
    )
    save_person(person=person, facts=facts, by=cared.account, at=at)
    note_own_request(person=person, kind=RequestKind.CORRECT, by=cared.account, at=at)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def erase_data(request: HttpRequest) -> HttpResponse:
    """Say what erasing does; ask once more; then do it, at once, and sign out."""
    cared = cared_for(request)
    if cared is None:
        return _nobody(request)
    at = clock.now()
    context = {
        "cared": cared,
        "reasons": reasons_against(cared.person, at),
        "tables": [own_rows(table, 0) for table in own_tables(cared.person)],
        "sure": request.method == "POST",
    }
    may = cared.may_decide and not context["reasons"]
    if request.method == "POST" and may and request.POST.get(SURE) == "yes":
        try:
            erased = erase_on_request(
                person=cared.person, channel=ConsentChannel.ONLINE, by=cared.account, at=at
            )
        except HequanError as error:
            context |= {"reasons": [str(error)], "sure": False}
            return render(request, "account/own_data/erase.html", context)
        return _erased(request, cared, erased)
    return render(request, "account/own_data/erase.html", context)


def _erased(request: HttpRequest, cared: Cared, erased: Erased) -> HttpResponse:
    if cared.proxy is None:
        logout(request)
    kept = [tags.title for _model, tags in own_tables_kept(erased.kept)]
    return render(request, "account/own_data/erased.html", {"kept": kept, "cared": cared})


def _nobody(request: HttpRequest) -> HttpResponse:
    return render(request, "account/own_data/nobody.html", {})
