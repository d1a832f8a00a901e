"""Taking in for somebody (代为受理): at the counter, by telephone, on patrol; a visit at a time."""

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
from hequan.cases.access import basket_for
from hequan.cases.actions import OnTheSpot, take_in_matter
from hequan.cases.asking import Asking
from hequan.cases.errors import NoSuchCaseError, VisitOverError
from hequan.cases.kinds import CaseChannel, Result
from hequan.cases.queries import BasketSheet
from hequan.core import clock, versions
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.web.board.doors import needs
from hequan.web.board.person_field import PersonField, person_finder
from hequan.web.board.roster_acts import signed
from hequan.web.board.unit_field import UnitField, unit_finder, unit_names
from hequan.web.case_forms import AskingForm, new_form_key
from hequan.web.hints import hints_for
from hequan.web.matter_choices import MatterField
from hequan.web.near_cases import case_followed, near_before, seen_by
from hequan.web.place_finding import placing_in
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
    person = PersonField(
        required=False,
        help_text=_("Name, pinyin or telephone number. Somebody new: name and number below."),
    )
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
        *("words", "matter", "place_words", "place", "photos", "person"),
        *("contact_name", "contact_phone", "is_confidential", "channel", "result", "answer"),
    )

    def __init__(
        self, request: HttpRequest, visit: BasketSheet | None, *args: Any, **kwargs: Any
    ) -> None:
        """Look for matters, places and people where this account may.

        Who came is not asked again in the same visit.
        """
        super().__init__(*args, **kwargs)
        self.at_unit = queries.home_unit(request.user, clock.now())
        self.fields["matter"].catalogue = queries.asked_in(clock.now())  # type: ignore[attr-defined]
        self.fields["place"].find = unit_finder(request, SEE)  # type: ignore[attr-defined]
        self.fields["person"].find = person_finder(request)  # type: ignore[attr-defined]
        if visit is not None and visit.has_visitor:
            for name in ("person", "contact_name", "contact_phone"):
                del self.fields[name]

    def lead_to(self) -> None:
        """Put the cursor where the next key belongs: in the first entry that is wrong, or first."""
        name = next((one for one in self.fields if one in self.errors), "words")
        self.fields[name].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """A result comes with words, words with a result; the point lies in the place named."""
        entered = super().clean() or {}
        here, place = entered.get("here"), entered.get("place")
        if here and place and not queries.lies_in(here, place):
            self.add_error(
                "place", gettext("The point sent along lies elsewhere: leave one of them out.")
            )
        if bool(entered.get("result")) != bool((entered.get("answer") or "").strip()):
            name = "answer" if entered.get("result") else "result"
            self.add_error(name, gettext("An answer has both a result and words."))
        return entered

    def asking(self) -> Asking:
        """Return what was said as the one window takes it."""
        entered = self.cleaned_data
        matter, person = entered["matter"], entered.get("person")
        lon, lat = entered["here"] or (None, None)
        return Asking(
            channel=CaseChannel(entered["channel"]),
            words=entered["words"],
            at_unit=self.at_unit or 0,
            matter_code=matter.code if matter else "",
            unit=entered["place"],
            lon=lon,
            lat=lat,
            place_words=entered["place_words"],
            asker=person.pk if person else None,
            contact_name=entered.get("contact_name", ""),
            contact_phone=entered.get("contact_phone", ""),
            is_confidential=entered["is_confidential"],
            form_key=entered["form_key"],
        )


@needs(SEE)
@never_cache
@require_http_methods(["GET", "POST"])
@versions.steady()
def take_in(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Take in one matter, the next of a visit where `pk` names one; then its receipt, or more."""
    basket = _served(request, pk) if pk is not None else None
    visit = queries.basket_sheet(basket, clock.now()) if basket else None
    if visit and visit.is_over:
        messages.info(request, str(VisitOverError()))
        return HttpResponseRedirect(reverse("web:board-case-new"))
    placing = placing_in(request)
    form = IntakeForm(
        request, visit, *placing.sent, initial=_initial(request, visit) | placing.entered
    )
    if form.at_unit is None:
        raise Http404
    near: tuple[queries.NearCase, ...] = ()
    if request.method == "POST" and form.is_valid():
        near = _near(request, form)
        taken = None if near else _taken_in(request, form, basket)
        if taken is not None:
            return HttpResponseRedirect(taken)
    found = _page(request, form, visit, near) | {"placing": placing}
    return render(request, "board/cases/new.html", found)


def _served(request: HttpRequest, pk: int) -> Any:
    """Return a visit of this account's own; a stranger's is not there: 404."""
    try:
        return basket_for(request.user, pk)
    except NoSuchCaseError:
        raise Http404 from None


def _initial(request: HttpRequest, visit: BasketSheet | None) -> dict[str, Any]:
    """Begin with a key of its own; in a visit as the visitor came before: door and confidence."""
    return {
        "form_key": new_form_key(),
        "channel": request.GET.get("channel", ""),
        "is_confidential": visit is not None and visit.is_confidential,
    }


def _near(request: HttpRequest, form: IntakeForm) -> tuple[queries.NearCase, ...]:
    """Return what is open nearby, unless the matter is answered on the spot."""
    if form.cleaned_data["result"]:
        return ()
    return near_before(request, form.asking(), seen_by(request))


def _page(
    request: HttpRequest, form: IntakeForm, visit: Any, near: tuple[queries.NearCase, ...]
) -> dict[str, Any]:
    if not near:
        form.lead_to()
    return {
        "form": form,
        "visit": visit,
        "near": near,
        "hints": hints_for(request),
        "then": request.POST.get("then", ""),
        "sent_photos": bool(near) and bool(form.cleaned_data["photos"]),
        "me_too": _("The same: let the asker follow it"),
        "matters": queries.asked_in(clock.now()).asked_for(),
        "units": unit_names(request, SEE),
    }


def _taken_in(request: HttpRequest, form: IntakeForm, visit: Any) -> str | None:
    """Take it in and return where it goes on; a refusal is told beside the form."""
    said, asking = form.cleaned_data, form.asking()
    told = OnTheSpot(Result(said["result"]), said["answer"]) if said["result"] else None
    try:
        follows = case_followed(request, asking, seen_by(request))
        entry = take_in_matter(
            asking=asking,
            visit=visit,
            told=told,
            follows=follows,
            photos=said["photos"],
            **signed(request),
        )
    except HequanError as error:
        form.add_error(None, str(error))
        return None
    if not _goes_on(request):
        return reverse("web:board-case-visit", args=[entry.basket_id]) + f"#case-{entry.case_id}"
    messages.success(request, gettext("Taken in. Now the next matter."))
    address = reverse("web:board-case-next", args=[entry.basket_id])
    return f"{address}?channel={said['channel']}"


def _goes_on(request: HttpRequest) -> bool:
    """Tell whether the next matter follows: chosen beside what is near, else when first sent."""
    last, first = request.POST.get("looked", ""), request.POST.get("then", "")
    return (last if last in ("next", "receipt") else first) == "next"


@needs(SEE)
@never_cache
@require_GET
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the receipt of a visit, made for paper: numbers, what comes next, link.

    The link is a key to her cases, so only whoever served the visit prints it.
    """
    visit = queries.basket_sheet(_served(request, pk), clock.now())
    address = request.build_absolute_uri(reverse("web:basket", args=[visit.link]))
    return render(request, "board/cases/receipt.html", {"visit": visit, "address": address})
