"""Taking in a case for somebody (代为受理): at the counter, by telephone, on patrol."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hequan.cases import queries
from hequan.cases.access import case_for, cases_visible
from hequan.cases.actions import answer_at_once, open_case
from hequan.cases.asking import Asking
from hequan.cases.errors import NoSuchCaseError
from hequan.cases.kinds import CaseChannel, Result
from hequan.core import clock, versions
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.web.board.doors import needs
from hequan.web.board.person_field import PersonField, person_finder
from hequan.web.board.roster_acts import signed
from hequan.web.board.unit_field import UnitField, unit_finder, unit_names
from hequan.web.case_forms import AskingForm, new_form_key
from hequan.web.matter_choices import MatterField
from hequan.web.near_cases import followed, near_before
from hequan.web.words import choices, word

SEE = Capability.SEE_CASES
DOORS = (CaseChannel.COUNTER, CaseChannel.TELEPHONE, CaseChannel.PATROL)


class IntakeForm(AskingForm):
    """What somebody says, typed by whoever listens; in the order in which it is said."""

    channel = forms.ChoiceField(
        label=_("Came by"), choices=[(str(one), word(one)) for one in DOORS]
    )
    matter = MatterField(
        label=_("Matter"), required=False, help_text=_("Code, name or a part of the name.")
    )
    place = UnitField(label=_("Place"), required=False)
    person = PersonField(required=False)
    result = forms.ChoiceField(
        label=_("Answered on the spot"),
        required=False,
        choices=[("", _("no, it is to be handled")), *choices(Result)],
    )
    answer = forms.CharField(
        label=_("Answer in words (the asker reads it)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = (
        *("matter", "place", "place_words", "words", "photos", "person"),
        *("contact_name", "contact_phone", "is_confidential", "channel", "result", "answer"),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Look for matters, places and people where this account may."""
        super().__init__(*args, **kwargs)
        self.at_unit = queries.home_unit(request.user, clock.now())
        self.fields["matter"].catalogue = queries.asked_in(clock.now())  # type: ignore[attr-defined]
        self.fields["matter"].widget.attrs["autofocus"] = True
        self.fields["place"].find = unit_finder(request, SEE)  # type: ignore[attr-defined]
        self.fields["person"].find = person_finder(request)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A result comes with words, and words with a result."""
        entered = super().clean() or {}
        if bool(entered.get("result")) != bool((entered.get("answer") or "").strip()):
            name = "answer" if entered.get("result") else "result"
            self.add_error(name, gettext("An answer has both a result and words."))
        return entered

    def asking(self) -> Asking:
        """Return what was said as the one window takes it."""
        entered = self.cleaned_data
        matter, person = entered["matter"], entered["person"]
        return Asking(
            channel=CaseChannel(entered["channel"]),
            words=entered["words"],
            at_unit=self.at_unit or 0,
            matter_code=matter.code if matter else "",
            unit=entered["place"],
            place_words=entered["place_words"],
            asker=person.pk if person else None,
            contact_name=entered["contact_name"],
            contact_phone=entered["contact_phone"],
            is_confidential=entered["is_confidential"],
            form_key=entered["form_key"],
        )


@needs(SEE)
@never_cache
@require_http_methods(["GET", "POST"])
@versions.steady()
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in one matter; what is answered on the spot is answered and published at once."""
    sent = (request.POST or None, request.FILES or None)
    form = IntakeForm(request, *sent, initial={"form_key": new_form_key()})
    if form.at_unit is None:
        raise Http404
    near: tuple[queries.NearCase, ...] = ()
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["result"]:
            visible = cases_visible(request.user, clock.now())
            near = near_before(request, form.asking(), visible)
        taken = None if near else _taken_in(request, form)
        if taken is not None:
            return HttpResponseRedirect(taken)
    context = {
        "form": form,
        "near": near,
        "sent_photos": bool(near) and bool(form.cleaned_data["photos"]),
        "me_too": _("The same: let the asker follow it"),
        "matters": queries.asked_in(clock.now()).asked_for(),
        "units": unit_names(request, SEE),
    }
    return render(request, "board/cases/new.html", context)


def _taken_in(request: HttpRequest, form: IntakeForm) -> str | None:
    """Open the case and return where its receipt is; a refusal is told beside the form."""
    told, asking = form.cleaned_data, form.asking()
    try:
        if link := followed(request, asking, signed(request)["by"]):
            return reverse("web:case-sent", args=[link])
        if told["result"]:
            result = Result(told["result"])
            said = {"result": result, "answer": told["answer"], "photos": told["photos"]}
            case = answer_at_once(asking=asking, **said, **signed(request))
        else:
            case = open_case(asking=asking, photos=told["photos"], **signed(request))
    except HequanError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, gettext("Taken in: %s") % case.number)
    return reverse("web:board-case-receipt", args=[case.pk])


@needs(SEE)
@never_cache
@require_GET
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the receipt of a case, made for paper: number, link, what comes next.

    The link is a key to the case, so only whoever took it in prints it.
    """
    try:
        case = case_for(request.user, pk, clock.now())
    except NoSuchCaseError:
        raise Http404 from None
    if case.first_responder_id != getattr(request.user, "pk", None):
        raise Http404
    status = queries.status_of(case, clock.now())
    address = request.build_absolute_uri(reverse("web:case", args=[case.link]))
    return render(request, "board/cases/receipt.html", {"status": status, "address": address})
