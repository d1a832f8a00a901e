"""Responsibility lists on the board (责任清单): the register, one list as a grid, its download."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import is_granted, paths_granted
from hequan.core.kinds import Capability
from hequan.roster.access import list_for
from hequan.roster.actions.responsibilities import describe_draft, set_roles, start_draft
from hequan.roster.days import day_of
from hequan.roster.errors import ListNotFoundError
from hequan.roster.exports import list_workbook
from hequan.roster.queries.matters import newest_versions
from hequan.roster.queries.responsibilities import findings_of, list_facts, list_rows
from hequan.roster.responsibilities import ListFacts, ListState, PartyRole
from hequan.territory.access import unit_for, units_visible
from hequan.territory.errors import NoSuchUnitError
from hequan.territory.kinds import Level
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.words import choices

EDIT, SEE = Capability.EDIT_RESPONSIBILITIES, Capability.SEE_ROSTER
LEVELS = (Level.DISTRICT, Level.TOWN, Level.AREA, Level.COMMITTEE)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_UNITS = 400


class NewListForm(forms.Form):
    """Whose list begins, and what it is called."""

    unit = forms.ChoiceField(label=_("Unit"))
    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("It begins with all of the newest version.")
    )
    source = forms.CharField(label=_("Source document"), max_length=200, required=False)

    def __init__(self, units: list[tuple[int, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        cast(forms.ChoiceField, self.fields["unit"]).choices = units


class DescribeForm(forms.Form):
    """What a draft is called and comes from."""

    title = forms.CharField(label=_("Title"), max_length=120)
    source = forms.CharField(label=_("Source document"), max_length=200, required=False)


def officer(request: HttpRequest) -> Any:
    """Return the account that is signed in."""
    return cast(OfficerRequest, request).user


def opened(request: HttpRequest, pk: int, capability: Capability = SEE) -> Any:
    """Return a list this account may act on; a stranger meets 404."""
    try:
        return list_for(request.user, pk, clock.now(), capability)
    except ListNotFoundError:
        raise Http404 from None


def to_list(sheet: Any) -> HttpResponse:
    """Go to the page of a list."""
    return HttpResponseRedirect(reverse("web:board-list", args=[sheet.pk]))


@needs(SEE)
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """List the versions of every unit's list, and let the next one begin."""
    at = clock.now()
    paths = paths_granted(request.user, SEE, at)
    units = _units(request)
    rows = [
        (row, row.stands_on(day_of(at)))
        for row in list_rows(_with_those_above(paths))
        if row.state == ListState.PUBLISHED or _inside(row.unit_path, paths)
    ]
    context = {"rows": rows, "form": NewListForm(units) if units else None}
    return render(request, "board/responsibilities/lists.html", context)


def _with_those_above(paths: tuple[str, ...]) -> list[str]:
    """Return the parts and every unit above them by its own path: their lists hold below."""
    return [*paths, *(f"={path[: at + 1]}" for path in paths for at in _ends(path))]


def _ends(path: str) -> list[int]:
    return [at for at, char in enumerate(path[:-1]) if char == "/" and at]


def _inside(path: str, parts: tuple[str, ...]) -> bool:
    return any(path.startswith(part) for part in parts)


def _units(request: HttpRequest) -> list[tuple[int, str]]:
    visible = units_visible(request.user, clock.now(), EDIT).filter(level__in=LEVELS)
    found = list(visible.values_list("pk", "name", "level")[:MOST_UNITS])
    found.sort(key=lambda row: Level(row[2]).depth)
    return [(pk, name) for pk, name, _level in found]


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def new_list(request: HttpRequest) -> HttpResponse:
    """Begin the next version of a unit's list."""
    form = NewListForm(_units(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            unit = unit_for(request.user, int(entered.pop("unit")), clock.now(), EDIT)
            return to_list(start_draft(unit=unit, by=officer(request), at=clock.now(), **entered))
        except NoSuchUnitError:
            raise Http404 from None
        except HequanError as error:
            form.add_error(None, str(error))
    return render(request, "board/responsibilities/new.html", {"form": form})


@needs(SEE)
@require_http_methods(["GET", "POST"])
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a list as a grid of items and parties; a draft's cells are set here."""
    sheet = opened(request, pk, EDIT if request.method == "POST" else SEE)
    facts = list_facts(sheet)
    if request.method == "POST":
        return _set_cells(request, sheet, facts)
    return render(request, "board/responsibilities/grid.html", grid_context(request, sheet, facts))


def grid_context(request: HttpRequest, sheet: Any, facts: ListFacts) -> dict[str, Any]:
    """Return what the pages of one list show."""
    at = clock.now()
    is_draft = sheet.state == ListState.DRAFT
    may_edit = is_granted(request.user, EDIT, sheet.unit.path, at)
    stands = next(r for r in list_rows([f"={sheet.unit.path}"]) if r.pk == sheet.pk)
    return {
        "sheet": sheet,
        "facts": facts,
        "stands": stands.stands_on(day_of(at)),
        "rows": [(item, _cells(item.roles, facts)) for item in facts.items],
        "roles": choices(PartyRole),
        "names": newest_versions(),
        "is_draft": is_draft,
        "may_edit": may_edit,
        "may_try": may_edit and bool(paths_granted(request.user, Capability.SEE_CASES, at)),
        "edits": is_draft and may_edit,
        "findings": findings_of(sheet, facts, sheet.valid_from or day_of(at)) if is_draft else None,
        "describe": DescribeForm(initial={"title": sheet.title, "source": sheet.source}),
    }


def _cells(roles: tuple[tuple[int, str], ...], facts: ListFacts) -> list[tuple[Any, str]]:
    held = dict(roles)
    return [(party, held.get(party.key, "")) for party in facts.parties]


def _set_cells(request: HttpRequest, sheet: Any, facts: ListFacts) -> HttpResponse:
    """Set the cells that were sent; one that is missing stays as it is."""
    known = {"", *(str(role) for role in PartyRole)}
    cells = {
        (item.key, party.key): request.POST[name]
        for item in facts.items
        for party in facts.parties
        if request.POST.get(name := f"cell-{item.key}-{party.key}") in known
    }
    try:
        set_roles(sheet=sheet, cells=cells, by=officer(request), at=clock.now())
        messages.success(request, gettext("Saved."))
    except HequanError as error:
        messages.error(request, str(error))
    return to_list(sheet)


@needs(EDIT)
@require_http_methods(["POST"])
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft its title and source."""
    sheet, form = opened(request, pk, EDIT), DescribeForm(request.POST)
    try:
        if form.is_valid():
            describe_draft(sheet=sheet, by=officer(request), at=clock.now(), **form.cleaned_data)
            messages.success(request, gettext("Saved."))
    except HequanError as error:
        messages.error(request, str(error))
    return to_list(sheet)


@needs(SEE)
@require_GET
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Download a list in the form the import takes."""
    sheet = opened(request, pk)
    answer = HttpResponse(list_workbook(list_facts(sheet)), content_type=XLSX)
    name = f"responsibilities-{sheet.unit_id}-v{sheet.version}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
