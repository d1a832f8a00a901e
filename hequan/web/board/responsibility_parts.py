"""Items and parties of a draft (清单条目与主体): entered, changed, taken out."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.people.kinds import OrganisationKind
from hequan.roster.actions.responsibilities import (
    remove_item,
    remove_party,
    save_item,
    save_party,
)
from hequan.roster.days import day_of
from hequan.roster.kinds import PostKind
from hequan.roster.matters import Catalogue
from hequan.roster.queries.matters import catalogue_on
from hequan.roster.queries.responsibilities import bodies_below, list_facts
from hequan.roster.responsibilities import ItemFacts, ListState, PartyFacts, ResolvesBy
from hequan.territory.kinds import Level
from hequan.web.board.doors import needs
from hequan.web.board.matters import PLACES
from hequan.web.board.responsibilities import EDIT, officer, opened, to_list
from hequan.web.templatetags.responsibilities import matter_name
from hequan.web.words import choices

_NONE = [("", "–")]


class ItemForm(forms.Form):
    """One item: what it is about, where it holds, in words."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=2000)
    text = forms.CharField(label=_("Item"), max_length=200)
    place_kinds = forms.MultipleChoiceField(
        label=_("At which kinds of place"),
        help_text=_("None ticked: anywhere."),
        required=False,
        choices=PLACES,
        widget=forms.CheckboxSelectMultiple,
    )
    matters = forms.MultipleChoiceField(
        label=_("Matters"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, catalogue: Catalogue, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        codes = [(code, matter_name(row)) for code, row in sorted(catalogue.by_code.items())]
        cast(forms.ChoiceField, self.fields["matters"]).choices = codes

    def facts(self, key: int) -> ItemFacts:
        """Return what was entered."""
        said = self.cleaned_data
        return ItemFacts(
            key, said["number"], said["text"], tuple(said["matters"]), tuple(said["place_kinds"])
        )


class PartyForm(forms.Form):
    """One party: its name, and how it is found at a place."""

    name = forms.CharField(label=_("Name"), max_length=80)
    resolves_by = forms.ChoiceField(label=_("How it is found"), choices=choices(ResolvesBy))
    post_kind = forms.ChoiceField(
        label=_("Post"), required=False, choices=[*_NONE, *choices(PostKind)]
    )
    level = forms.ChoiceField(
        label=_("At the level"),
        required=False,
        choices=[*_NONE, *choices(Level)],
        help_text=_("For a post of a unit: the one of this level that the place lies in."),
    )
    organisation_kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        required=False,
        choices=[*_NONE, *choices(OrganisationKind)],
        help_text=_("The one that serves the place, else the nearest seated there."),
    )
    organisation_id = forms.TypedChoiceField(
        label=_("Organisation"), required=False, coerce=int, empty_value=None
    )
    position = forms.IntegerField(label=_("Column"), min_value=1, max_value=999, required=False)

    def __init__(self, bodies: list[tuple[int, str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = [*_NONE, *((pk, name) for pk, name, _kind in bodies)]
        cast(forms.ChoiceField, self.fields["organisation_id"]).choices = rows

    def facts(self, key: int) -> PartyFacts:
        """Return what was entered."""
        said = dict(self.cleaned_data)
        return PartyFacts(key=key, **said | {"position": said["position"] or 0})


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, pk: int, key: int = 0) -> HttpResponse:
    """Enter an item of a draft, change it or take it out."""
    sheet = _draft(request, pk)
    old = _found(list_facts(sheet).items, key)
    catalogue = catalogue_on(day_of(clock.now()))
    form = ItemForm(catalogue, request.POST or None, initial=_item_initial(sheet, old))
    if request.method == "POST":
        removal = lambda: remove_item(sheet=sheet, item_key=key, **_signed(request))  # noqa: E731
        entry = lambda: save_item(sheet=sheet, facts=form.facts(key), **_signed(request))  # noqa: E731
        if _written(request, form, removal, entry):
            return to_list(sheet)
    context = {"sheet": sheet, "form": form, "old": old, "groups": _ticks(form, catalogue)}
    return render(request, "board/responsibilities/item.html", context)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def party(request: HttpRequest, pk: int, key: int = 0) -> HttpResponse:
    """Enter a party of a draft, change it or take it out."""
    sheet = _draft(request, pk)
    old = _found(list_facts(sheet).parties, key)
    initial = {name: getattr(old, name) for name in PartyForm.base_fields} if old else None
    form = PartyForm(bodies_below(sheet.unit), request.POST or None, initial=initial)
    if request.method == "POST":
        removal = lambda: remove_party(sheet=sheet, party_key=key, **_signed(request))  # noqa: E731
        entry = lambda: save_party(sheet=sheet, facts=form.facts(key), **_signed(request))  # noqa: E731
        if _written(request, form, removal, entry):
            return to_list(sheet)
    return render(
        request, "board/responsibilities/party.html", {"sheet": sheet, "form": form, "old": old}
    )


def _draft(request: HttpRequest, pk: int) -> Any:
    sheet = opened(request, pk, EDIT)
    if sheet.state != ListState.DRAFT:
        raise Http404
    return sheet


def _found(rows: Any, key: int) -> Any:
    old = next((one for one in rows if one.key == key), None)
    if key and old is None:
        raise Http404
    return old


def _signed(request: HttpRequest) -> dict[str, Any]:
    return {"by": officer(request), "at": clock.now()}


def _written(
    request: HttpRequest, form: forms.Form, remove: Callable[[], Any], save: Callable[[], Any]
) -> bool:
    """Carry out what was asked; tell whether it was done, else the form says why not."""
    is_removal = "remove" in request.POST
    if not is_removal and not form.is_valid():
        return False
    try:
        remove() if is_removal else save()
    except HequanError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, gettext("Saved."))
    return True


def _item_initial(sheet: Any, old: ItemFacts | None) -> dict[str, Any]:
    if old is None:
        numbers = [one.number for one in list_facts(sheet).items]
        return {"number": max(numbers, default=0) + 1}
    return {
        "number": old.number,
        "text": old.text,
        "matters": list(old.matters),
        "place_kinds": list(old.place_kinds),
    }


def _ticks(form: ItemForm, catalogue: Catalogue) -> list[tuple[Any, list[Any], int]]:
    """Return the ticks of matters by class: the class's own first, and how many are set."""
    groups: dict[str, list[Any]] = {}
    for one in form["matters"]:
        code = str(one.data["value"])
        groups.setdefault(code[:2], []).append(one)
    return [
        (catalogue.by_code.get(code), ticks, sum(bool(one.data["selected"]) for one in ticks))
        for code, ticks in groups.items()
    ]
