"""Forms of organisations (单位表单): facts, members, closing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hequan.files.coordinates import CoordinateSystem, to_wgs84
from hequan.files.values import clean_code
from hequan.people.actions import MembershipFacts, OrganisationFacts
from hequan.people.kinds import MembershipRole, OrganisationKind
from hequan.web.board.day_inputs import day_input
from hequan.web.board.person_field import PersonField, PersonFinder
from hequan.web.board.unit_field import UnitField, UnitFinder
from hequan.web.words import choices as choices_of


class OrganisationForm(forms.Form):
    """Name, kind, code and place of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(OrganisationKind))
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=32,
        required=False,
        help_text=_("18 characters as on the licence; blank for a body without one."),
    )
    unit = UnitField()
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    is_new_field = forms.BooleanField(label=_("New-field organisation"), required=False)
    lon = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180, required=False)
    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)
    coordinates = forms.ChoiceField(
        label=_("Coordinates as read from"),
        choices=[
            (CoordinateSystem.WGS84, _("CGCS2000 or WGS-84 (survey, GPS)")),
            (CoordinateSystem.GCJ02, _("GCJ-02 (Amap, Tencent)")),
            (CoordinateSystem.BD09, _("BD-09 (Baidu)")),
        ],
    )

    def __init__(self, find_units: UnitFinder, *args: Any, **kwargs: Any) -> None:
        """Find units among those this account may enter organisations in."""
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, UnitField)
        unit.find = find_units

    def clean_credit_code(self) -> str:
        """Return the code in capitals, full-width letters made plain."""
        return clean_code(self.cleaned_data["credit_code"]).upper()

    def clean(self) -> dict[str, Any]:
        """Half a place is none."""
        entered: dict[str, Any] = super().clean() or self.cleaned_data
        if (entered.get("lon") is None) != (entered.get("lat") is None):
            self.add_error("lat", _("Enter both degrees, or neither."))
        return entered

    def facts(self, before: OrganisationFacts | None) -> OrganisationFacts:
        """Return what was entered; Chinese map coordinates are converted."""
        entered = dict(self.cleaned_data)
        system = CoordinateSystem(entered.pop("coordinates"))
        lon, lat = entered["lon"], entered["lat"]
        moved = before is None or (lon, lat) != (before.lon, before.lat)
        if lon is not None and moved and system is not CoordinateSystem.WGS84:
            x, y = to_wgs84(lon, lat, system)
            entered |= {"lon": float(x), "lat": float(y)}
        entered["kind"] = OrganisationKind(entered["kind"])
        entered["unit_id"] = entered.pop("unit")
        return OrganisationFacts(**entered)


class MemberForm(forms.Form):
    """Somebody who belongs to an organisation."""

    person = PersonField()
    role = forms.ChoiceField(label=_("As"), choices=choices_of(MembershipRole))
    valid_from = forms.DateField(label=_("From"), required=False, widget=day_input())

    def __init__(self, find_persons: PersonFinder, *args: Any, **kwargs: Any) -> None:
        """Find people among those this account may see."""
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, PersonField)
        person.find = find_persons

    def facts(self) -> MembershipFacts:
        """Return what was entered."""
        entered = self.cleaned_data
        return MembershipFacts(MembershipRole(entered["role"]), entered["valid_from"])


class CloseForm(forms.Form):
    """The first day on which an organisation is no more."""

    on = forms.DateField(label=_("Closed from"), widget=day_input())
