"""Matters to choose from (事项选择): by class in a list, or by code or name in one field."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from hequan.roster.matters import Catalogue, MatterRow
from hequan.web.templatetags.responsibilities import matter_name

_SHOWN = 6


def matters_by_class(catalogue: Catalogue) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be asked for under the names of its classes, for a select."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in catalogue.asked_for():
        groups.setdefault(row.class_code or row.code, []).append((row.code, matter_name(row)))
    known = catalogue.by_code
    return [
        (matter_name(known[code]) if code in known else code, rows) for code, rows in groups.items()
    ]


class MatterField(forms.CharField):
    """A matter's code, its name, or a part of it that fits no other; cleaned it is the row."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer the names of the page's list of matters."""
        widget = forms.TextInput(attrs={"list": "matters", "autocomplete": "off"})
        super().__init__(max_length=80, widget=widget, **kwargs)
        self.catalogue = Catalogue({})

    def clean(self, value: Any) -> MatterRow | None:
        """Return the one matter that is meant, None for none."""
        words = super().clean(value).strip()
        if not words:
            return None
        rows = self.catalogue.asked_for()
        exact = [one for one in rows if words in (one.code, one.name, one.name_en)]
        found = exact or [one for one in rows if _fits(one, words.casefold())]
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(gettext("No matter fits “%s”.") % words)
        names = gettext(", ").join(f"{one.code} {matter_name(one)}" for one in found[:_SHOWN])
        raise forms.ValidationError(gettext("Which one? Enter the code: %s") % names)


def _fits(row: MatterRow, words: str) -> bool:
    return words in f"{row.code} {row.name} {row.name_en}".casefold()
