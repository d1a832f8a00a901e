"""Open311 GeoReport v2 at /open311/v2 (国际通用的诉求接口): what clients of the standard ask for.

Reading needs no key and shows what everybody may know; posting needs the key of a system. Refusals
are the standard's list of errors, never a page.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from hequan.api.answers import published
from hequan.api.errors import language_of, shown
from hequan.api.open311_asking import Posted, read_post, sent_as
from hequan.api.open311_places import Place, jurisdiction
from hequan.api.open311_reading import cases_asked, one_number
from hequan.api.open311_rows import definition, request_row, service_name, service_row, status_link
from hequan.api.open311_shapes import JSON, XML, answer, errors, moment
from hequan.cases import queries
from hequan.cases.actions import open_case, take_order
from hequan.cases.orders import Order
from hequan.cases.queries import case_sent_as, public_cases
from hequan.core.api_keys import ApiKey, api_key_in_use, wait_of
from hequan.core.clock import now
from hequan.core.errors import HequanError

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
# the lists and definitions are read from the catalogue: this is when their form last changed
CHANGESET = "2026-11-22T00:00:00+08:00"
_SOURCE_LENGTH = 40
View = Callable[..., HttpResponse]


class Open311Error(Exception):
    """A refusal by the standard: its status, and the descriptions, each with the status as code."""

    def __init__(self, status: int, *told: str, **headers: str) -> None:
        super().__init__(status, told)
        self.status, self.told, self.headers = status, told, headers


def spoken(view: View) -> View:
    """Let a view refuse by the standard, in the language of whoever asks."""

    @wraps(view)
    def answered(request: HttpRequest, form: str = XML, **gaps: Any) -> HttpResponse:
        with translation.override(language_of(request)):
            try:
                return view(request, form, **gaps)
            except Open311Error as error:
                response = errors(form, [(error.status, one) for one in error.told], error.status)
                for name, value in error.headers.items():
                    response.headers[name.replace("_", "-")] = value
                return response

    return answered


def reading(view: View) -> View:
    """Make a view of the standard that anybody may read, from any site."""

    @wraps(view)
    def answered(request: HttpRequest, form: str = XML, **gaps: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            told = _("Only %s is possible at this address.") % "GET, HEAD"
            raise Open311Error(405, told, Allow="GET, HEAD")
        return view(request, form, **gaps)

    return csrf_exempt(published(spoken(answered)))  # type: ignore[return-value]


@reading
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Say where the service is and what it speaks."""
    found = {
        "changeset": CHANGESET,
        "contact": _("Ask the town's neighbourhood service centre."),
        "key_service": _("The town's system administrator gives keys on the board."),
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": request.build_absolute_uri("/open311/v2"),
                "changeset": CHANGESET,
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
    return answer(form, "discovery", found)


@reading
def services(request: HttpRequest, form: str) -> HttpResponse:
    """List what can be asked for."""
    _place(request.GET.get("jurisdiction_id", ""), request)
    catalogue = queries.asked_in(now())
    rows = [service_row(one, catalogue) for one in catalogue.asked_for()]
    return answer(form, "services", rows)


@reading
def service(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Say what a class asks besides words and place."""
    _place(request.GET.get("jurisdiction_id", ""), request)
    at = now()
    if code not in {one.code for one in queries.asked_in(at).asked_for()}:
        raise _no_service(code)
    return answer(form, "service_definition", definition(code, queries.conditions_of(code, at)))


@csrf_exempt
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """List cases by GET, take one in by POST."""
    return post_request(request, form) if request.method == "POST" else requests_list(request, form)


@reading
def requests_list(request: HttpRequest, form: str) -> HttpResponse:
    """List the cases asked for, the newest first."""
    at, said = now(), request.GET
    place = _place(said.get("jurisdiction_id", ""), request)
    asked, faults = cases_asked(said, place.path if place else "/", at)
    if asked is None:
        raise Open311Error(400, *faults)
    rows = [request_row(one, request) for one in public_cases(asked, at)]
    return answer(form, "service_requests", rows)


@reading
def one_request(request: HttpRequest, form: str, number: str) -> HttpResponse:
    """Show one case by its number."""
    return answer(form, "service_requests", [request_row(_found(request, number), request)])


@reading
def token(request: HttpRequest, form: str, token: str) -> HttpResponse:
    """Give the number for a token; ours are given at once, so that the number is its own token."""
    found = _found(request, token)
    row = {"service_request_id": found.number, "token": token}
    return answer(form, "service_requests", [row])


def _found(request: HttpRequest, number: str) -> queries.PublicCase:
    place, at = _place(request.GET.get("jurisdiction_id", ""), request), now()
    rows = public_cases(one_number(number, place.path if place else "/", at), at)
    if not rows:
        raise Open311Error(404, _("service_request_id “%s” was not found.") % shown(number))
    return rows[0]


@spoken
def post_request(request: HttpRequest, form: str) -> HttpResponse:
    """Take a case in; the same sent again gives the case it became."""
    at, said = now(), request.POST
    key = _key(said.get("api_key", ""), at)
    place = _place(said.get("jurisdiction_id", ""), request)
    posted = _posted(request, key, place, at)
    try:
        case = _taken_in(posted, key, at)
    except LookupError as error:
        told = _("address_id “%s” was not found.")
        raise Open311Error(400, told % shown(error.args[0])) from None
    except HequanError as error:
        raise Open311Error(400, str(error)) from None
    notice = _("Received. To be solved by %(day)s. How it stands, for the asker alone: %(link)s")
    due, link = moment(case.solve_due_at) or "", status_link(request, case.link)
    row = {
        "service_request_id": case.number,
        "service_notice": notice % {"day": due[:10], "link": link},
        "account_id": None,
    }
    response = answer(form, "service_requests", [row])
    response.headers["Cache-Control"] = "no-store"
    return response


def _taken_in(posted: Posted, key: ApiKey, at: datetime) -> Any:
    """Open a case, or find the one that this became; an order goes by its own number."""
    if number := posted.entered["order_number"]:
        due = posted.entered["due_datetime"]
        order = Order(key.name[:_SOURCE_LENGTH], number, posted.asking(at), due)
        return take_order(order=order, by=key.account, at=at)[0]
    there = case_sent_as(posted.earlier_key(at), since=at - posted.same_within)
    return there or open_case(asking=posted.asking(at), by=key.account, at=at)


def _posted(request: HttpRequest, key: ApiKey, place: Place | None, at: datetime) -> Posted:
    said = request.POST
    code = said.get("service_code", "").strip()
    if not code:
        raise Open311Error(400, _("service_code was not provided."))
    catalogue = queries.asked_in(at)
    row = next((one for one in catalogue.asked_for() if one.code == code), None)
    if row is None:
        raise _no_service(code)
    form = read_post(said, at)
    if not form.is_valid():
        raise Open311Error(400, *form.faults())
    towns = queries.towns_served()
    has_place = form.cleaned_data["lat"] is not None or form.cleaned_data["address_id"]
    if place is None and not towns:
        raise Open311Error(400, _("No town is served here yet."))
    if place is None and len(towns) > 1 and not has_place:
        raise Open311Error(400, _("jurisdiction_id was not provided: several towns are served."))
    own = sent_as(said, request.headers.get("Idempotency-Key", ""))
    town = place.pk if place else towns[0].pk
    return Posted(form.cleaned_data, key.pk, service_name(row), town, own)


def _key(text: str, at: datetime) -> ApiKey:
    key = api_key_in_use(text)
    if key is None:
        told = _("api_key is not valid.") if text else _("api_key was not provided.")
        raise Open311Error(403, told)
    if wait := wait_of(key, at):
        raise Open311Error(
            429, _("Too many requests: wait %s seconds.") % wait, Retry_After=str(wait)
        )
    return key


def _place(said: str, request: HttpRequest) -> Place | None:
    """Return the town of a jurisdiction_id, None for the whole house; refuses what is neither."""
    try:
        return jurisdiction(said, request.get_host())
    except LookupError:
        told = _("jurisdiction_id “%s” was not found.")
        raise Open311Error(404, told % shown(said)) from None


def _no_service(code: str) -> Open311Error:
    return Open311Error(404, _("service_code “%s” was not found.") % shown(code))


@csrf_exempt
@spoken
def nothing_there(request: HttpRequest, form: str, rest: str = "") -> HttpResponse:
    """Refuse any other address."""
    form = JSON if rest.endswith(".json") else form
    told = _("There is nothing at this address; they end in .xml or .json.")
    return errors(form, [(404, told)], 404)
