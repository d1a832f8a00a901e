"""Rows of Open311 (条目): services, definitions and cases in the standard's own names and order."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hequan.api.open311_asking import DETAILS, HAPPENED
from hequan.api.open311_shapes import moment
from hequan.api.words import CASE_RESULTS, CASE_STATES
from hequan.cases.queries import PublicCase
from hequan.roster.matters import Catalogue, MatterRow

Row = dict[str, Any]


def service_name(row: MatterRow) -> str:
    """Return what a class is called in the language in force."""
    chinese = (get_language() or "").startswith("zh")
    return row.name if chinese else row.name_en or row.name


def service_row(row: MatterRow, catalogue: Catalogue) -> Row:
    """Return one class that can be asked for."""
    parent = catalogue.by_code.get(row.class_code)
    words = (row.name, row.name_en, row.local_code, parent.name if parent else "")
    return {
        "service_code": row.code,
        "service_name": service_name(row),
        "description": row.description or service_name(row),
        "metadata": True,
        "type": "realtime",
        "keywords": ", ".join(dict.fromkeys(one for one in words if one)),
        "group": service_name(parent) if parent else service_name(row),
    }


def definition(code: str, condition: str) -> Row:
    """Return what a class asks besides words and place, and tells whoever asks."""
    asked = [
        _attribute(HAPPENED, "datetime", _("When did it happen?"), _("A day, as 2026-05-04.")),
        _attribute(DETAILS, "string", _("Where exactly?"), _("House, floor, corner, shop.")),
    ]
    if condition:
        told = _attribute("file_condition", "text", condition, None)
        asked.append(told | {"variable": False})
    numbered = [one | {"order": place} for place, one in enumerate(asked, start=1)]
    return {"service_code": code, "attributes": numbered}


def _attribute(code: str, kind: str, description: str, hint: str | None) -> Row:
    return {
        "variable": True,
        "code": code,
        "datatype": kind,
        "required": False,
        "datatype_description": hint,
        "order": 0,
        "description": description,
        "values": [],
    }


def request_row(case: PublicCase, request: HttpRequest) -> Row:
    """Return a case as everybody may know it."""
    stands = str(CASE_STATES.get(case.state, case.state))
    result = str(CASE_RESULTS.get(case.result, "")) if case.result else ""
    photo = reverse("web:photo", args=[case.photo]) if case.photo else ""
    return {
        "service_request_id": case.number,
        "status": "open" if case.is_open else "closed",
        "status_notes": " · ".join(one for one in (stands, result) if one),
        "service_name": service_name(case.matter) if case.matter else None,
        "service_code": case.matter.code if case.matter else None,
        "description": case.words or None,
        "agency_responsible": case.body or None,
        "service_notice": None,
        "requested_datetime": moment(case.opened_at),
        "updated_datetime": moment(case.updated_at),
        "expected_datetime": moment(case.due_at),
        "address": ", ".join(case.places) or None,
        "address_id": case.place_code or None,
        "zipcode": None,
        "lat": case.lat,
        "long": case.lon,
        "media_url": request.build_absolute_uri(photo) if photo else None,
    }


def status_link(request: HttpRequest, link: str) -> str:
    """Return the address of the asker's own page."""
    return request.build_absolute_uri(reverse("web:case", args=[link]))
