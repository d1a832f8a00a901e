"""Forms of the territory browser: what is said of a unit, and how units change (区划变更)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hequan.territory.actions import UnitFacts
from hequan.territory.kinds import EstateType, Level, ZoneKind
from hequan.territory.queries import UnitRow
from hequan.web.board.day_inputs import day_input
from hequan.web.words import choices


class UnitForm(forms.Form):
    """What may be said of a unit without an import."""

    name = forms.CharField(label=_("Name"), max_length=80)
    zone_kind = forms.ChoiceField(
        label=_("Zone"), required=False, choices=[("", _("none")), *choices(ZoneKind)]
    )
    estate_type = forms.ChoiceField(
        label=_("Housing"), required=False, choices=[("", _("none")), *choices(EstateType)]
    )
    households = forms.IntegerField(label=_("Households"), required=False, min_value=0)


class RecodeForm(forms.Form):
    """Another code from a day on."""

    code = forms.CharField(label=_("New code"), max_length=32)
    on = forms.DateField(label=_("From"), widget=day_input())


class MergeForm(forms.Form):
    """Which neighbours become one unit with this one."""

    others = forms.MultipleChoiceField(label=_("Merge with"), widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(label=_("Name of the new unit"), max_length=80)
    code = forms.CharField(
        label=_("Code of the new unit"),
        max_length=32,
        help_text=_("It may be the code of one of the merged units."),
    )
    on = forms.DateField(label=_("From"), widget=day_input())

    def __init__(self, siblings: Sequence[UnitRow], *args: Any, **kwargs: Any) -> None:
        """Offer the units beside this one."""
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = [  # type: ignore[attr-defined]
            (str(row.pk), f"{row.name} {row.code}".strip()) for row in siblings
        ]

    def heir(self, merged: Sequence[UnitRow], parent_code: str) -> UnitFacts:
        """Return the unit that begins: what all merged units share, and their households."""
        zones, estates = {m.zone_kind for m in merged}, {m.estate_type for m in merged}
        households = [m.households for m in merged if m.households is not None]
        return UnitFacts(
            level=Level(merged[0].level),
            code=self.cleaned_data["code"].strip(),
            name=self.cleaned_data["name"].strip(),
            parent_code=parent_code,
            zone_kind=zones.pop() if len(zones) == 1 else "",
            estate_type=estates.pop() if len(estates) == 1 else "",
            households=sum(households) if len(households) == len(merged) else None,
        )


class SplitForm(forms.Form):
    """The units one unit becomes: a line each."""

    parts = forms.CharField(
        label=_("Becomes"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line: code, space, name. The first may keep the code and takes over what lies "
            "in the unit."
        ),
    )
    on = forms.DateField(label=_("From"), widget=day_input())

    def clean_parts(self) -> list[tuple[str, str]]:
        """Read the lines; one without a code or a name is named."""
        found = []
        for number, line in enumerate(self.cleaned_data["parts"].splitlines(), start=1):
            code, _blank, name = line.strip().replace("\u3000", " ").partition(" ")
            if code and not name.strip():
                said = {"number": number, "line": line.strip()}
                raise forms.ValidationError(
                    gettext("Line %(number)s: write code, space, name, not “%(line)s”.") % said
                )
            if code:
                found.append((code, name.strip()))
        return found

    def heirs(self, before: UnitRow, parent_code: str) -> list[UnitFacts]:
        """Return the units that begin, of the same level and kind."""
        return [
            UnitFacts(
                level=Level(before.level),
                code=code,
                name=name,
                parent_code=parent_code,
                zone_kind=before.zone_kind,
                estate_type=before.estate_type,
            )
            for code, name in self.cleaned_data["parts"]
        ]
