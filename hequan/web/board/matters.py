"""The catalogue of matters on the board (事项目录): browse, enter, change from a day on, end."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.grants import paths_granted
from hequan.core.kinds import Capability
from hequan.roster.access import matter_for
from hequan.roster.actions.matters import end_matter, save_matter, save_matters
from hequan.roster.days import day_of
from hequan.roster.errors import MatterNotFoundError
from hequan.roster.matters import MatterFacts, MatterRow
from hequan.roster.queries.matters import catalogue_on, matter_versions, matters_matching
from hequan.roster.starter import starter_matters
from hequan.territory.kinds import EstateType, ZoneKind
from hequan.web.board.day_inputs import day_input
from hequan.web.board.doors import OfficerRequest, needs
from hequan.web.words import choices

EDIT = Capability.EDIT_RESPONSIBILITIES
PLACES = [*choices(ZoneKind), *choices(EstateType)]


class MatterForm(forms.Form):
    """What a matter is from a day on."""

    code = forms.CharField(
        label=_("Matter code"), max_length=5, help_text=_("2 digits for a class, 5 for a subclass.")
    )
    name = forms.CharField(label=_("Name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=120, required=False)
    local_code = forms.CharField(
        label=_("Code in the hotline's or the town's own books"), max_length=32, required=False
    )
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    place_kinds = forms.MultipleChoiceField(
        label=_("Where it happens"),
        help_text=_("None ticked: anywhere."),
        required=False,
        choices=PLACES,
        widget=forms.CheckboxSelectMultiple,
    )
    valid_from = forms.DateField(
        label=_("Holds from"),
        widget=day_input(),
        help_text=_("What was said before stays true for the days before."),
    )

    def facts(self) -> MatterFacts:
        """Return what was entered."""
        entered = dict(self.cleaned_data)
        return MatterFacts(**entered | {"place_kinds": tuple(entered["place_kinds"])})


class EndForm(forms.Form):
    """From which day something is no longer in force."""

    on = forms.DateField(label=_("No longer in force from"), widget=day_input())


@needs(Capability.SEE_ROSTER)
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show the catalogue by class, searched."""
    on = day_of(clock.now())
    words, class_code = (request.GET.get(k, "").strip() for k in ("words", "class"))
    everything = catalogue_on(on).by_code.values()
    rows = matters_matching(words, class_code, on)
    classes = [row for row in rows if row.is_class]
    context = {
        "groups": [(one, [r for r in rows if r.class_code == one.code]) for one in classes],
        "classes": sorted((r.code, r.name) for r in everything if r.is_class),
        "total": sum(not row.is_class for row in rows),
        "asked": {"words": words, "class": class_code},
        "may_edit": bool(paths_granted(request.user, EDIT, clock.now())),
        "is_empty": not everything,
    }
    return render(request, "board/matters/catalogue.html", context)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def edit_matter(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter a matter, or say what it is from a day on."""
    matter = _opened(request, pk) if pk else None
    past = matter_versions(matter) if matter else []
    form = MatterForm(request.POST or None, initial=_initial(past))
    if request.method == "POST" and form.is_valid():
        try:
            save_matter(matter=matter, facts=form.facts(), by=_officer(request), at=clock.now())
        except HequanError as error:
            form.add_error(None, str(error))
        else:
            return _saved(request)
    context = {"form": form, "matter": matter, "past": past, "ending": EndForm(prefix="end")}
    return render(request, "board/matters/edit.html", context)


@needs(EDIT)
@require_POST
def finish_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a matter no longer be in force from a day on."""
    matter, form = _opened(request, pk), EndForm(request.POST, prefix="end")
    try:
        if form.is_valid():
            end_matter(
                matter=matter, on=form.cleaned_data["on"], by=_officer(request), at=clock.now()
            )
            return _saved(request)
    except HequanError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("web:board-matter", args=[pk]))


@needs(EDIT)
@require_POST
def take_starter(request: HttpRequest) -> HttpResponse:
    """Enter the starter catalogue, where there is none yet."""
    at = clock.now()
    if catalogue_on(day_of(at)).by_code:
        messages.error(request, gettext("There is a catalogue already: nothing was entered."))
        return HttpResponseRedirect(reverse("web:board-matters"))
    facts = starter_matters(day_of(at))
    save_matters(facts=facts, source="starter", by=_officer(request), at=at)
    return _saved(request)


def _officer(request: HttpRequest) -> Any:
    return cast(OfficerRequest, request).user


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(reverse("web:board-matters"))


def _opened(request: HttpRequest, pk: int) -> Any:
    try:
        return matter_for(request.user, pk, clock.now())
    except MatterNotFoundError:
        raise Http404 from None


def _initial(past: list[MatterRow]) -> dict[str, Any]:
    today = day_of(clock.now())
    if not past:
        return {"valid_from": today}
    newest = past[0]
    names = ("code", "name", "name_en", "local_code", "description")
    said = {name: getattr(newest, name) for name in names}
    return said | {"place_kinds": list(newest.place_kinds), "valid_from": today}
