"""A case as another system posts it (Open311 报送): the form's fields, read into an asking.

What identifies a device or an account elsewhere is read and dropped. A picture's address is kept as
text among the words: nothing here ever fetches it.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from hequan.api.errors import shown
from hequan.cases.asking import NAME_LENGTH, PLACE_LENGTH, Asking
from hequan.cases.kinds import CaseChannel
from hequan.cases.queries import town_of
from hequan.people.errors import BadPhoneError
from hequan.people.phones import contact_phone
from hequan.territory.kinds import Level
from hequan.territory.queries import unit_at, unit_with_code

WORDS_LENGTH = 4000  # what the standard allows
HAPPENED, DETAILS = "happened_on", "place_details"
SAME_WITHIN = timedelta(minutes=10)
_ADDRESS_LENGTH = 500
_DIGITS = 5
_SENT_AS_LENGTH = 200
_ATTRIBUTE = re.compile(r"attribute\[(\w{1,40})\](?:\[\])?")
_ABOVE_A_TOWN = (Level.CITY, Level.DISTRICT)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class PostForm(forms.Form):
    """The fields of the standard; an empty one is as good as none."""

    service_code = forms.CharField(max_length=16, required=False)
    lat = forms.FloatField(min_value=-90, max_value=90, required=False)
    long = forms.FloatField(min_value=-180, max_value=180, required=False)
    address_string = forms.CharField(max_length=PLACE_LENGTH, required=False)
    address_id = forms.CharField(max_length=64, required=False)
    email = forms.CharField(max_length=254, required=False)
    first_name = forms.CharField(max_length=NAME_LENGTH, required=False)
    last_name = forms.CharField(max_length=NAME_LENGTH, required=False)
    phone = forms.CharField(max_length=32, required=False)
    description = forms.CharField(max_length=WORDS_LENGTH, required=False)
    media_url = forms.CharField(max_length=_ADDRESS_LENGTH, required=False)
    happened_on = forms.CharField(max_length=40, required=False)
    order_number = forms.CharField(max_length=64, required=False)
    due_datetime = forms.CharField(max_length=40, required=False)
    place_details = forms.CharField(max_length=PLACE_LENGTH, required=False)

    def __init__(self, said: Mapping[str, str], today: date) -> None:
        """Read what was posted on a day."""
        super().__init__(said)
        self.today = today

    def clean_media_url(self) -> str:
        """Return the address as text; only one that a browser may open."""
        said: str = self.cleaned_data["media_url"].strip()
        try:
            parts = urlsplit(said)
        except ValueError:
            parts = urlsplit("")
        if said and (parts.scheme not in ("http", "https") or not parts.netloc or " " in said):
            raise forms.ValidationError(_("write an address that begins with https://"))
        return said

    def clean_happened_on(self) -> date | None:
        """Return the day, told as a day or a moment; none that is still to come."""
        said = self.cleaned_data["happened_on"].strip()
        try:
            found = (parse_datetime(said) or datetime.fromisoformat(said)) if said else None
        except ValueError:
            found = None
        if said and (found is None or found.year < _FIRST_YEAR):
            raise forms.ValidationError(_("write a day such as 2026-05-04"))
        if found and found.date() > self.today:
            raise forms.ValidationError(_("this day is still to come: write when it happened"))
        return found.date() if found else None

    def clean_due_datetime(self) -> datetime | None:
        """Return the deadline of an order; without an offset it is one of the town."""
        said = self.cleaned_data["due_datetime"].strip().replace(" ", "+")
        try:
            found = parse_datetime(said) if said else None
        except ValueError:
            found = None
        if said and (found is None or not _FIRST_YEAR < found.year < _LAST_YEAR):
            raise forms.ValidationError(_("write a moment such as 2026-05-04T10:00:00+08:00"))
        return timezone.make_aware(found) if found and not found.tzinfo else found

    def clean(self) -> dict[str, Any]:
        """Refuse half a point, and no place at all."""
        entered = super().clean() or {}
        point = [name for name in ("lat", "long") if entered.get(name) is not None]
        wrong = {"lat", "long", "address_string", "address_id"} & set(self.errors)
        if len(point) == 1 and not wrong:
            raise forms.ValidationError(_("lat and long go together: send both"))
        if not point and not wrong and not any(entered.get(n) for n in _PLACES):
            raise forms.ValidationError(
                _("a place is missing: send lat and long, or address_string, or address_id")
            )
        return entered

    def faults(self) -> list[str]:
        """Return what is wrong, a sentence each, beginning with the field it is about."""
        told: list[str] = []
        for name, lines in self.errors.items():
            value = f" “{shown(self.data[name])}”" if name in self.data else ""
            said = [str(line) for line in lines]
            told += said if name == "__all__" else [f"{name}{value}: {line}" for line in said]
        return told


_PLACES = ("address_string", "address_id")


def read_post(said: Mapping[str, str], at: datetime) -> PostForm:
    """Return the form of what was posted; `attribute[x]` is the field x where x is an attribute."""
    given = dict(said.items())
    for name, value in said.items():
        found = _ATTRIBUTE.fullmatch(name)
        if found and found[1] in (HAPPENED, DETAILS):
            given[found[1]] = value
    return PostForm(given, today=timezone.localdate(at))


def sent_as(said: Mapping[str, str], header: str) -> str:
    """Return the sender's own name for this sending, empty where it gave none."""
    return (header or said.get("form_key", "")).strip()[:_SENT_AS_LENGTH]


@dataclass(frozen=True)
class Posted:
    """What was posted, the key it came with, and the names to fill gaps with."""

    entered: dict[str, Any]
    key: int
    service_name: str
    town: int
    sent_as: str = ""
    same_within = SAME_WITHIN

    def asking(self, at: datetime) -> Asking:
        """Return it as the one window takes it; LookupError for an address_id nobody knows."""
        said = self.entered
        lon, lat = self._point()
        unit = self._unit()
        return Asking(
            channel=CaseChannel.HOTLINE if said["order_number"] else CaseChannel.OPEN311,
            words=self._words(),
            at_unit=self._at_unit(unit, lon, lat),
            matter_code=said["service_code"],
            unit=unit.pk if unit else None,
            lon=lon,
            lat=lat,
            place_words=self._place_words(),
            contact_name=_name(said["first_name"], said["last_name"]),
            contact_phone=_reached_at(said["phone"], said["email"]),
            form_key=self.form_key(at),
            happened_on=said["happened_on"],
        )

    def form_key(self, at: datetime) -> str:
        """Return what names this sending: the sender's own name for it, else what it says.

        What says the same within ten minutes is the same; `earlier_key` looks past the boundary.
        """
        if self.sent_as:
            return self._key(self.sent_as)
        return self._key(self._said(), int(at.timestamp() // SAME_WITHIN.total_seconds()))

    def earlier_key(self, at: datetime) -> str:
        """Return the key that the same would have had just before."""
        return self.form_key(at - SAME_WITHIN)

    def _said(self) -> str:
        return repr(sorted((name, str(value)) for name, value in self.entered.items()))

    def _key(self, *parts: object) -> str:
        said = "\n".join((str(self.key), *map(str, parts)))
        return "o311-" + hashlib.sha256(said.encode()).hexdigest()[:56]

    def _point(self) -> tuple[float | None, float | None]:
        lon, lat = self.entered["long"], self.entered["lat"]
        if lon is None or lat is None:
            return None, None
        return round(lon, _DIGITS), round(lat, _DIGITS)

    def _unit(self) -> Any:
        """Return the unit that the address_id names by its code."""
        code = self.entered["address_id"]
        if not code or self.entered["lat"] is not None:
            return None
        unit = unit_with_code(code)
        if unit is None or unit.level in _ABOVE_A_TOWN:
            raise LookupError(code)
        return unit

    def _at_unit(self, unit: Any, lon: float | None, lat: float | None) -> int:
        found = unit or (unit_at(lon, lat) if lon is not None and lat is not None else None)
        return town_of(found) if found else self.town

    def _place_words(self) -> str:
        said = (self.entered["address_string"].strip(), self.entered["place_details"].strip())
        return " ".join(one for one in said if one)

    def _words(self) -> str:
        said = self.entered
        parts = [said["description"] or self.service_name]
        if said["media_url"]:
            parts.append(_("Picture: %s") % said["media_url"])
        return "\n".join(part for part in parts if part)


def _name(first: str, last: str) -> str:
    """Return a whole name: Chinese ones the family name first, without a space."""
    first, last = first.strip(), last.strip()
    chinese = bool(first and last) and not (first + last).isascii()
    return (last + first if chinese else f"{first} {last}".strip())[:NAME_LENGTH]


def _reached_at(phone: str, mail: str) -> str:
    """Return where the asker is reached: her number, in its one form if it has one, and mail."""
    try:
        phone = contact_phone(phone) if phone.strip() else ""
    except BadPhoneError:
        phone = phone.strip()  # a foreign number is kept as it was said
    return " ".join(part for part in (phone, mail.strip()) if part)
