"""Forms of the station register (站点登记册): each reads into a record that an action takes."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError
from hequan.files.coordinates import CoordinateSystem, to_wgs84
from hequan.stations.hours import Rule
from hequan.stations.hours_words import hours_from_text
from hequan.stations.kinds import (
    SpaceFunction,
    StationKind,
    StationRole,
    StationStatus,
)
from hequan.stations.records import AccessibilityRecord, SpaceRecord, StationRecord
from hequan.territory.kinds import Level, ZoneKind
from hequan.territory.queries import UnitRow
from hequan.web.board.day_inputs import day_input, time_input
from hequan.web.words import choices as choices_of

YES_NO = [("", _("not looked at")), ("yes", _("yes")), ("no", _("no"))]
UnitFinder = Callable[[str], Sequence[UnitRow]]


class FactsForm(forms.Form):
    """Name, kind and place of a station."""

    name = forms.CharField(label=_("Name"), max_length=120)
    code = forms.CharField(label=_("Station code"), max_length=32)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(StationKind))
    level = forms.ChoiceField(label=_("Level"), choices=choices_of(Level))
    unit = forms.CharField(
        label=_("Belongs to"),
        max_length=80,
        help_text=_("Name or code of the town or committee."),
        widget=forms.TextInput(attrs={"list": "units"}),
    )
    status = forms.ChoiceField(label=_("Status"), choices=choices_of(StationStatus))
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    lon = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180)
    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90)
    source_coordinates = forms.ChoiceField(
        label=_("Coordinates as read from"),
        choices=[
            (CoordinateSystem.WGS84, _("CGCS2000 or WGS-84 (survey, GPS)")),
            (CoordinateSystem.GCJ02, _("GCJ-02 (Amap, Tencent)")),
            (CoordinateSystem.BD09, _("BD-09 (Baidu)")),
        ],
    )
    zone_kind = forms.ChoiceField(
        label=_("Zone"), required=False, choices=[("", _("none")), *choices_of(ZoneKind)]
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=choices_of(StationRole),
        widget=forms.CheckboxSelectMultiple,
    )
    introduction = forms.CharField(
        label=_("Introduction"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    opened_on = forms.DateField(label=_("In service since"), required=False, widget=day_input())

    def __init__(self, find_units: UnitFinder, *args: Any, **kwargs: Any) -> None:
        """Find units by name or code among those this account may put stations in."""
        super().__init__(*args, **kwargs)
        self._find_units = find_units

    def clean_unit(self) -> int:
        """Return the unit's key; several of one name are told apart by their codes."""
        words: str = self.cleaned_data["unit"].strip()
        found = self._find_units(words)
        if len(found) == 1:
            return found[0].pk
        if not found:
            raise forms.ValidationError(gettext("There is no unit “%s” here.") % words)
        names = gettext(", ").join(f"{unit.name} {unit.code}" for unit in found[:8])
        raise forms.ValidationError(gettext("Which one? Enter the code: %s") % names)

    def record(self, before: StationRecord | None) -> StationRecord:
        """Return the record as entered; Chinese map coordinates are converted."""
        entered = dict(self.cleaned_data)
        entered["unit_id"] = entered.pop("unit")
        system = CoordinateSystem(entered["source_coordinates"])
        moved = before is None or (entered["lon"], entered["lat"]) != (before.lon, before.lat)
        if moved and system is not CoordinateSystem.WGS84:
            lon, lat = to_wgs84(entered["lon"], entered["lat"], system)
            entered |= {"lon": float(lon), "lat": float(lat)}
        kept = asdict(before) if before else {}
        return StationRecord(**kept | entered | {"roles": tuple(entered["roles"])})


class HoursForm(forms.Form):
    """Weekly hours as people write them."""

    hours = forms.CharField(
        label=_("Weekly hours"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "As you would write them: 周一至周五 09:00-12:00,13:00-17:00; 周六 09:00-12:00; "
            "法定节假日 休息. A season in square brackets: "
            "[夏季 07-01~08-31] 周一至周日 07:00-21:00."
        ),
    )

    def clean_hours(self) -> tuple[Rule, ...]:
        """Read the text; the piece that cannot be read is named."""
        try:
            return hours_from_text(self.cleaned_data["hours"])
        except HequanError as error:
            raise forms.ValidationError(str(error)) from None


class DayForm(forms.Form):
    """Other hours on one day, or shut."""

    day = forms.DateField(label=_("Date"), widget=day_input())
    opens = forms.TimeField(label=_("Opens"), required=False, widget=time_input())
    closes = forms.TimeField(label=_("Closes"), required=False, widget=time_input())
    reason = forms.CharField(label=_("Reason"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """Both times, or neither."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("opens")) != bool(cleaned.get("closes")):
            raise forms.ValidationError(gettext("Enter both times, or none for a day off."))
        return cleaned

    def entered(self) -> dict[str, Any]:
        """Return what the action takes; a closing time before the opening passes midnight."""
        opens, closes = (_minutes(self.cleaned_data[k]) for k in ("opens", "closes"))
        if opens is not None and closes is not None and closes <= opens:
            closes += 24 * 60
        return {
            "day": self.cleaned_data["day"],
            "opens": opens,
            "closes": closes,
            "reason": self.cleaned_data["reason"],
        }


class ClosureForm(forms.Form):
    """A closure to announce."""

    begins = forms.DateField(label=_("Closed from"), widget=day_input())
    ends = forms.DateField(label=_("Last day closed"), widget=day_input())
    reason = forms.CharField(label=_("Reason"), max_length=200)
    is_sudden = forms.BooleanField(label=_("Sudden: could not be foreseen"), required=False)

    def entered(self) -> dict[str, Any]:
        """Return what the action takes: midnight to midnight."""
        cleaned = self.cleaned_data
        return {
            "from_at": _midnight(cleaned["begins"]),
            "to_at": _midnight(date.fromordinal(cleaned["ends"].toordinal() + 1)),
            "reason": cleaned["reason"],
            "is_sudden": cleaned["is_sudden"],
        }


class SpaceForm(forms.Form):
    """A room or open space."""

    name = forms.CharField(label=_("Name"), max_length=80)
    functions = forms.MultipleChoiceField(
        label=_("Used as"),
        required=False,
        choices=choices_of(SpaceFunction),
        widget=forms.CheckboxSelectMultiple,
    )
    capacity = forms.IntegerField(label=_("People at most"), required=False, min_value=1)
    area_m2 = forms.FloatField(label=_("Area (m²)"), required=False, min_value=0)
    floor = forms.CharField(label=_("Floor"), required=False, max_length=16)
    step_free = forms.ChoiceField(label=_("Without steps"), required=False, choices=YES_NO)

    def record(self) -> SpaceRecord:
        """Return the record as entered."""
        entered = dict(self.cleaned_data)
        entered["functions"] = tuple(entered["functions"])
        return SpaceRecord(**entered | {"step_free": _truth(entered["step_free"])})


class AccessibilityForm(forms.Form):
    """The accessibility checklist."""

    entrance_step_free = forms.ChoiceField(
        label=_("Entrance without steps"), required=False, choices=YES_NO
    )
    ramp = forms.ChoiceField(label=_("Ramp"), required=False, choices=YES_NO)
    lift = forms.ChoiceField(label=_("Lift"), required=False, choices=YES_NO)
    accessible_wc = forms.ChoiceField(label=_("Accessible toilet"), required=False, choices=YES_NO)
    low_counter = forms.ChoiceField(label=_("Low counter"), required=False, choices=YES_NO)
    e_display = forms.ChoiceField(label=_("Electronic display"), required=False, choices=YES_NO)
    writing_pad = forms.ChoiceField(label=_("Writing pad"), required=False, choices=YES_NO)
    voice_prompt = forms.ChoiceField(label=_("Voice prompt"), required=False, choices=YES_NO)
    hearing_loop = forms.ChoiceField(label=_("Hearing loop"), required=False, choices=YES_NO)
    guide_dog = forms.ChoiceField(label=_("Guide dogs welcome"), required=False, choices=YES_NO)
    door_width_cm = forms.IntegerField(
        label=_("Clear door width (cm)"), required=False, min_value=30, max_value=1000
    )
    checked_on = forms.DateField(label=_("Looked at on"), required=False, widget=day_input())

    def record(self) -> AccessibilityRecord:
        """Return the record as entered."""
        plain = ("door_width_cm", "checked_on")
        entered: dict[str, Any] = {
            k: v if k in plain else _truth(v) for k, v in self.cleaned_data.items()
        }
        return AccessibilityRecord(**entered)


def _truth(answer: str) -> bool | None:
    return {"yes": True, "no": False}.get(answer)


def said(value: bool | None) -> str:
    """Return the answer a yes/no field starts from."""
    return {True: "yes", False: "no"}.get(value, "") if value is not None else ""


def _minutes(moment: time | None) -> int | None:
    return None if moment is None else moment.hour * 60 + moment.minute


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
