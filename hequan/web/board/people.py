"""People (人员): the list, one person with her roles, somebody new, guardians."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import is_granted, paths_granted
from hequan.core.kinds import Capability
from hequan.people import queries
from hequan.people.access import person_for
from hequan.people.actions import PersonFacts, end_guardianship, save_guardian, save_person
from hequan.people.ages import is_child, is_minor
from hequan.people.errors import BadPersonError, NoSuchPersonError
from hequan.people.queries.child_access import child_access_open
from hequan.roster.queries import posts_of_person
from hequan.web.asked_words import asked_words
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.board.people_forms import CorrectPersonForm, GuardianForm, PersonForm
from hequan.web.board.person_field import person_finder
from hequan.web.board.unit_field import unit_finder, unit_names

ROWS = 50
EDIT = Capability.EDIT_PEOPLE


def opened(request: HttpRequest, pk: int, capability: Capability = Capability.SEE_PEOPLE) -> Any:
    """Return a person through the door; a stranger meets 404."""
    try:
        return person_for(request.user, pk, clock.now(), capability)
    except NoSuchPersonError:
        raise Http404 from None


@needs(Capability.SEE_PEOPLE, for_organisations=True)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List the people of the parts this account sees."""
    at, words = clock.now(), asked_words(request)
    found = queries.persons_matching(words, user=request.user, at=at)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": queries.person_lines(page.object_list, at),
        "words": words,
        "may_edit": bool(paths_granted(request.user, EDIT, at)),
    }
    return render(request, "board/people/list.html", context)


@needs(Capability.SEE_PEOPLE, for_organisations=True)
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person: what is known, masked, and every role she has."""
    row = opened(request, pk)
    if row.pk != pk:
        return HttpResponseRedirect(reverse("web:board-person", args=[row.pk]))
    return render(request, "board/people/person.html", _page(request, row))


def _page(request: HttpRequest, row: Any, guardian: GuardianForm | None = None) -> dict[str, Any]:
    at, officer = clock.now(), cast(OfficerRequest, request).user
    minor = is_minor(row.born_on, timezone.localdate(at))
    may_edit = row.unit is not None and is_granted(officer, EDIT, row.unit.path, at)
    is_open = child_access_open(row, officer, at)
    return {
        "line": queries.person_line(row, at, is_open=is_open),
        "memberships": queries.memberships_seen(row, officer, at),
        "guardians": _told(queries.guardianships_of(row), "guardian", request),
        "wards": _told(queries.wards_of(row), "minor", request),
        "posts": posts_of_person(row),
        "may_edit": may_edit and (is_open or not is_child(row.born_on, timezone.localdate(at))),
        "may_add_guardian": may_edit and minor,
        "guardian_form": guardian or GuardianForm(person_finder(request)),
    }


def _told(rows: list[Any], who: str, request: HttpRequest) -> list[tuple[Any, Any]]:
    """Return guardianships with the other person as a page shows her."""
    return [(row, queries.person_line(getattr(row, who), clock.now())) for row in rows]


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Enter somebody new."""
    form = PersonForm(unit_finder(request, EDIT), request.POST or None)
    if request.method == "POST" and form.is_valid():
        officer = cast(OfficerRequest, request).user
        try:
            made = save_person(facts=form.facts(), by=officer, at=clock.now())
        except BadPersonError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("web:board-person", args=[made.pk]))
    context = {"form": form, "units": unit_names(request, EDIT)}
    return render(request, "board/people/new.html", context)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is known of somebody; a child's only by whoever may read it."""
    row, officer = opened(request, pk, EDIT), cast(OfficerRequest, request).user
    line = queries.person_line(
        row, clock.now(), is_open=child_access_open(row, officer, clock.now())
    )
    if line.name != row.name:
        messages.warning(request, gettext("A child's data: ask for approval first."))
        return HttpResponseRedirect(reverse("web:board-person", args=[row.pk]))
    known = {"name": row.name, "unit": line.unit}
    form = CorrectPersonForm(unit_finder(request, EDIT), request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid() and _corrected(request, row, form):
        return HttpResponseRedirect(reverse("web:board-person", args=[row.pk]))
    context = {"form": form, "line": line, "units": unit_names(request, EDIT)}
    return render(request, "board/people/edit.html", context)


def _corrected(request: HttpRequest, row: Any, form: CorrectPersonForm) -> bool:
    known = PersonFacts(row.name, row.phone.open(), row.born_on, row.unit_id, row.address)
    officer = cast(OfficerRequest, request).user
    try:
        save_person(person=row, facts=form.facts_over(known), by=officer, at=clock.now())
    except BadPersonError as error:
        form.add_error(error.field, str(error))
        return False
    messages.success(request, gettext("Saved."))
    return True


@needs(EDIT)
@require_POST
def add_guardian(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter who acts for a minor."""
    row, officer = opened(request, pk, EDIT), cast(OfficerRequest, request).user
    form = GuardianForm(person_finder(request), request.POST)
    if form.is_valid():
        guardian = form.cleaned_data["guardian"]
        try:
            save_guardian(
                minor=row, guardian=guardian, facts=form.facts(), by=officer, at=clock.now()
            )
        except HequanError as error:
            form.add_error("guardian", str(error))
        else:
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("web:board-person", args=[row.pk]))
    return render(request, "board/people/person.html", _page(request, row, form))


@needs(EDIT)
@require_POST
def end_guardian(request: HttpRequest, pk: int) -> HttpResponse:
    """End a guardianship from today on."""
    found = queries.guardianship_for(request.user, pk, clock.now())
    if found is None:
        raise Http404
    officer = cast(OfficerRequest, request).user
    end_guardianship(guardianship=found, by=officer, at=clock.now())
    messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(reverse("web:board-person", args=[found.minor_id]))
