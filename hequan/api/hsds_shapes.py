"""HSDS 3 objects (公共服务名录格式): plain directory entries in, the standard's JSON shapes out.

A field we know nothing about is left out, never null or invented: the standard asks for texts
and numbers, and an empty one would look like knowledge.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hequan.api.hsds_hours import WeeklyRow, dated_rows, holiday_spans, weekly_rows
from hequan.api.hsds_ids import (
    location_id,
    offer_id,
    organisation_id,
    service_id,
    uuid_of,
)
from hequan.api.words import ACCESSIBILITY, CATEGORIES, MODES
from hequan.stations.directory_records import (
    OfferEntry,
    OrganisationEntry,
    ServiceEntry,
    StationEntry,
)
from hequan.stations.hours import ClosedSpell
from hequan.stations.kinds import ServiceMode
from hequan.territory.feature_queries import UnitEntry, UnitShelf
from hequan.territory.kinds import Level

Shape = dict[str, Any]
COUNTRY = "CN"
TAXONOMIES = {"service_category": CATEGORIES, "service_mode": MODES}
_yuan = re.compile(r"(\d+(?:\.\d+)?)\s*元?")
_free = ("免费", "free")


def filled(shape: Shape) -> Shape:
    """Return the shape without what is not known."""
    return {key: value for key, value in shape.items() if value not in (None, "", [], ())}


def organisation_shape(entry: OrganisationEntry) -> Shape:
    """Return a body that runs stations, its own fields only."""
    return {
        "id": organisation_id(entry.pk),
        "name": entry.name,
        "description": ", ".join(part for part in (entry.name, entry.address) if part),
    }


def publisher_shape(key: str, unit: UnitEntry | None) -> Shape:
    """Return the unit that answers for stations nobody else runs, as a body."""
    name = unit.name if unit else "hequan"
    described = _("%(name)s: runs the neighbourhood service network") % {"name": name}
    return {"id": key, "name": name, "description": described}


def organisation_details(entry: OrganisationEntry) -> Shape:
    """Return what a body has besides its own fields, locations and services."""
    number = {
        "id": uuid_of("credit-code", entry.pk),
        "identifier_type": _("Unified social credit code"),
        "identifier": entry.credit_code,
    }
    return filled(
        {
            "phones": phone_shapes(entry.phone, "organisation", entry.pk),
            "organization_identifiers": [number] if entry.credit_code else [],
        }
    )


def service_shape(entry: ServiceEntry, today: date) -> Shape:
    """Return a service, its own fields only."""
    return filled(
        {
            "id": service_id(entry.code),
            "name": entry.name,
            "description": entry.description,
            "status": _status(entry, today),
            "application_process": _process(entry),
            "fees_description": entry.fee,
            "eligibility_description": entry.audience,
        }
    )


def _status(entry: ServiceEntry, today: date) -> str:
    if entry.ended_on is not None and entry.ended_on <= today:
        return "defunct"
    if not entry.stations:
        return "inactive"
    return "temporarily closed" if entry.shut == entry.stations else "active"


def _process(entry: ServiceEntry) -> str:
    said = mode_word(entry.mode)
    if entry.minutes:
        said += _(", about %(minutes)s minutes") % {"minutes": entry.minutes}
    return said


def mode_word(mode: str) -> str:
    """Return the word of a mode, or the mode itself."""
    return str(MODES.get(mode, mode))


def service_details(entry: ServiceEntry) -> Shape:
    """Return what a service has besides its own fields, organisation and places."""
    papers = [
        {"id": uuid_of("paper", entry.code, at), "document": paper}
        for at, paper in enumerate(entry.papers)
    ]
    return filled(
        {
            "languages": [language_shape("service", entry.code)],
            "cost_options": cost_shapes(entry),
            "required_documents": papers,
            "attributes": [
                _attribute(entry, "service_category", entry.category),
                _attribute(entry, "service_mode", entry.mode),
            ],
        }
    )


def cost_shapes(entry: ServiceEntry) -> list[Shape]:
    """Return the fee as a cost: with an amount where the words name one, else as words."""
    if not entry.fee:
        return []
    told: Shape = {"id": uuid_of("cost", entry.code), "amount_description": entry.fee}
    if entry.fee.strip().lower() in _free:
        told |= {"amount": 0, "currency": "cny"}
    elif found := _yuan.match(entry.fee):
        told |= {"amount": float(found[1]), "currency": "cny"}
    return [told]


def _attribute(entry: ServiceEntry, taxonomy: str, code: str) -> Shape:
    return {
        "id": uuid_of("attribute", entry.code, taxonomy),
        "link_id": service_id(entry.code),
        "link_entity": "service",
        "link_type": taxonomy,
        "value": code,
        "taxonomy_term": term_shape(taxonomy, code),
    }


def taxonomy_shape(taxonomy: str) -> Shape:
    """Return one of our two taxonomies."""
    names = {
        "service_category": _("Categories of services"),
        "service_mode": _("How a service is had"),
    }
    return {
        "id": uuid_of("taxonomy", taxonomy),
        "name": names[taxonomy],
        "description": names[taxonomy],
        "version": "1",
    }


def term_shape(taxonomy: str, code: str) -> Shape:
    """Return one term of a taxonomy."""
    word = str(TAXONOMIES[taxonomy].get(code, code))
    return {
        "id": uuid_of("term", taxonomy, code),
        "code": code,
        "name": word,
        "description": word,
        "taxonomy": taxonomy,
        "taxonomy_detail": taxonomy_shape(taxonomy),
        "language": (get_language() or "zh").partition("-")[0],
    }


def location_shape(entry: StationEntry) -> Shape:
    """Return a station as a location, its own fields only."""
    return filled(
        {
            "id": location_id(entry.code),
            "location_type": "physical",
            "name": entry.name,
            "description": entry.introduction,
            "latitude": entry.lat,
            "longitude": entry.lon,
            "external_identifier": entry.code,
            "external_identifier_type": "hequan",
        }
    )


def location_details(entry: StationEntry, shelf: UnitShelf, *, at: datetime, zone: tzinfo) -> Shape:
    """Return what a location has besides its own fields."""
    return filled(
        {
            "languages": [language_shape("location", entry.code)],
            "addresses": _addresses(entry, shelf),
            "accessibility": _accessibility(entry),
            "phones": phone_shapes(entry.phone, "location", entry.code),
            "schedules": schedule_shapes(entry, at=at, zone=zone),
        }
    )


def offer_shape(
    entry: OfferEntry, service: ServiceEntry, station_code: str, *, full: bool = True
) -> Shape:
    """Return a service at a station, without the station."""
    said = "; ".join(part for part in (_own_mode(entry), entry.note) if part)
    keys = {"service_id": service_id(service.code), "location_id": location_id(station_code)}
    told = {"id": offer_id(service.code, station_code), "description": said or service.name}
    return told | (keys if full else {})


def _own_mode(entry: OfferEntry) -> str:
    return mode_word(entry.mode) if entry.mode in tuple(ServiceMode) else ""


def phone_shapes(number: str, kind: str, key: object) -> list[Shape]:
    """Return a telephone number as a list of one, or of none."""
    if not number:
        return []
    return [{"id": uuid_of("phone", kind, key), "number": number, "type": "voice"}]


def language_shape(kind: str, key: object) -> Shape:
    """Return the language the network works in."""
    return {"id": uuid_of("language", kind, key), "name": "中文", "code": "zh"}


def _addresses(entry: StationEntry, shelf: UnitShelf) -> list[Shape]:
    if not entry.address:
        return []
    above = {unit.level: unit.name for unit in _trail(shelf, entry.unit_id)}
    city = above.get(Level.CITY, "")
    return [
        {
            "id": uuid_of("address", entry.code),
            "address_1": entry.address,
            **filled({"address_2": above.get(Level.TOWN)}),
            "city": city,
            **filled({"region": above.get(Level.DISTRICT)}),
            "state_province": city,
            "postal_code": "",
            "country": COUNTRY,
            "address_type": "physical",
        }
    ]


def _trail(shelf: UnitShelf, unit: int) -> Iterable[UnitEntry]:
    return shelf.trail(unit) if unit in shelf.position else ()


def _accessibility(entry: StationEntry) -> list[Shape]:
    if not entry.accessibility:
        return []
    said = [_checked(name, value) for name, value in entry.accessibility]
    checked = _("Checked on %(day)s") % {"day": entry.checked_on} if entry.checked_on else ""
    told = {"description": "; ".join(said), "details": checked}
    return [filled({"id": uuid_of("accessibility", entry.code), **told})]


def _checked(name: str, value: bool | int) -> str:
    shown = {True: _("yes"), False: _("no")}[value] if isinstance(value, bool) else value
    return f"{ACCESSIBILITY[name]}: {shown}"


def schedule_shapes(entry: StationEntry, *, at: datetime, zone: tzinfo) -> list[Shape]:
    """Return weekly hours and exceptional days; what RRULE cannot say stands in the notes."""
    today = at.astimezone(zone).date()
    notes = _notes(entry, today, zone)
    rows = (*weekly_rows(entry.rules, today), *dated_rows(entry.exceptions))
    return [_schedule(entry.code, row, notes, at=at, zone=zone) for row in rows]


def _schedule(code: str, row: WeeklyRow, notes: str, *, at: datetime, zone: tzinfo) -> Shape:
    first, last = row.once_on or row.valid_from, row.once_on or row.valid_to
    offset = at.astimezone(zone).strftime("%z")
    shift = f"{offset[:3]}:{offset[3:]}"
    told: Shape = {
        "valid_from": first and first.isoformat(),
        "valid_to": last and last.isoformat(),
        "dtstart": row.once_on and row.once_on.isoformat(),
        "until": row.once_on and row.once_on.isoformat(),
        "timezone": _hours_of(offset),
        "wkst": "MO",
        "freq": "WEEKLY",
        "interval": 1,
        "byday": ",".join(row.byday),
        "opens_at": row.opens_at + shift,
        "closes_at": row.closes_at + shift,
        "notes": notes,
    }
    key = (code, *row.byday, row.opens, row.closes, first, last)
    return {"id": uuid_of("schedule", *key)} | filled(told)


def _hours_of(offset: str) -> float:
    hours = int(offset[:3]) + int(offset[0] + offset[3:]) / 60
    return int(hours) if hours == int(hours) else hours


def _notes(entry: StationEntry, today: date, zone: tzinfo) -> str:
    said: list[str] = []
    if (spans := holiday_spans(entry.rules, today)) is not None:
        said.append(_("Public holidays: %(hours)s") % {"hours": ", ".join(spans) or _("closed")})
    said += [
        _("Closed on %(day)s %(reason)s") % {"day": one.day, "reason": one.reason}
        for one in entry.exceptions
        if one.opens is None
    ]
    said += [_closed_spell(spell, zone) for spell in entry.closures]
    return "; ".join(part.strip() for part in said)


def _closed_spell(spell: ClosedSpell, zone: tzinfo) -> str:
    return _("Closed from %(first)s to %(last)s %(reason)s") % {
        "first": f"{spell.from_at.astimezone(zone):%Y-%m-%d %H:%M}",
        "last": f"{spell.to_at.astimezone(zone):%Y-%m-%d %H:%M}",
        "reason": spell.reason,
    }
