"""Units that change (区划变更): another code, several become one, one becomes several.

Merging and splitting change what lies in the unit above, so they need the capability there.
"""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.territory import actions, queries
from hequan.territory.access import unit_for, units_visible
from hequan.territory.errors import NoSuchUnitError
from hequan.territory.queries import UnitRow
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.board.unit_forms import MergeForm, RecodeForm, SplitForm, UnitForm

EDIT = Capability.EDIT_TERRITORY


def edited(request: HttpRequest, pk: int) -> Any:
    """Return a unit this account may change; a stranger meets 404."""
    try:
        return unit_for(request.user, pk, clock.now(), EDIT)
    except NoSuchUnitError:
        raise Http404 from None


def edit_context(request: HttpRequest, unit: Any, **sent: forms.Form) -> dict[str, Any]:
    """Return all forms of a unit's edit page, one of them as it was sent."""
    described = {field: getattr(unit, field) for field in UnitForm.base_fields}
    context: dict[str, Any] = {
        "unit": unit,
        "form": UnitForm(initial=described),
        "recode": RecodeForm(prefix="recode"),
        "above": _above(request, unit),
    }
    if context["above"] is not None:
        context["merge"] = MergeForm(_siblings(unit), prefix="merge")
        context["split"] = SplitForm(prefix="split")
    return context | sent


@needs(EDIT)
@require_POST
def recode_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a unit another code from a day on."""
    unit = edited(request, pk)
    form = RecodeForm(request.POST, prefix="recode")
    if form.is_valid() and _done(
        form, actions.recode_unit, request, unit=unit, **form.cleaned_data
    ):
        return _shown(request, pk)
    return _again(request, unit, recode=form)


@needs(EDIT)
@require_POST
def merge_units(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one unit of this one and some of its neighbours."""
    unit, above = _with_above(request, pk)
    form = MergeForm(_siblings(unit), request.POST, prefix="merge")
    if form.is_valid():
        units = [unit, *(edited(request, int(one)) for one in form.cleaned_data["others"])]
        rows = _rows(request, [one.pk for one in units])
        entered = {"into": form.heir(rows, above.code), "on": form.cleaned_data["on"]}
        if heir := _done(form, actions.merge_units, request, units=units, **entered):
            return _shown(request, heir.pk)
    return _again(request, unit, merge=form)


@needs(EDIT)
@require_POST
def split_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Make several units of this one."""
    unit, above = _with_above(request, pk)
    form = SplitForm(request.POST, prefix="split")
    if form.is_valid():
        entered = {
            "into": form.heirs(_rows(request, [unit.pk])[0], above.code),
            "on": form.cleaned_data["on"],
        }
        if _done(form, actions.split_unit, request, unit=unit, **entered):
            return _shown(request, above.pk)
    return _again(request, unit, split=form)


def _done(form: forms.Form, action: Any, request: HttpRequest, **entered: Any) -> Any:
    """Return what the action made, or nothing and the refusal said in the form."""
    try:
        return action(**entered, by=cast(OfficerRequest, request).user, at=clock.now())
    except HequanError as error:
        form.add_error(None, str(error))
        return None


def _shown(request: HttpRequest, pk: int) -> HttpResponse:
    messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(reverse("web:board-unit", args=[pk]))


def _again(request: HttpRequest, unit: Any, **sent: forms.Form) -> HttpResponse:
    context = edit_context(request, unit, **sent)
    return render(request, "board/territory/edit.html", context, status=422)


def _above(request: HttpRequest, unit: Any) -> UnitRow | None:
    """Return the unit above, where this account may change what lies in it."""
    if unit.parent_id is None or unit.valid_to is not None:
        return None
    found = _rows(request, [unit.parent_id])
    return found[0] if found and found[0].code else None


def _with_above(request: HttpRequest, pk: int) -> tuple[Any, UnitRow]:
    unit = edited(request, pk)
    above = _above(request, unit)
    if above is None:
        raise Http404
    return unit, above


def _rows(request: HttpRequest, pks: list[int]) -> list[UnitRow]:
    return queries.unit_rows(units_visible(request.user, clock.now(), EDIT).filter(pk__in=pks))


def _siblings(unit: Any) -> list[UnitRow]:
    beside = queries.units_below(unit.parent, unit.level).filter(parent_id=unit.parent_id)
    return queries.unit_rows(beside.exclude(pk=unit.pk))
