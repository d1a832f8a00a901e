"""Answers of Open311 GeoReport v2 (国际通用的诉求接口): one value, written as XML or as JSON.

A list in JSON is an element of elements in XML, each named by the singular; nothing known is an
empty element in XML and null in JSON. Signs that XML cannot hold are left out.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpResponse
from django.utils import timezone

from hequan.api.answers import json_text

Value = Any
XML, JSON = "xml", "json"
TYPES = {XML: "text/xml; charset=utf-8", JSON: "application/json; charset=utf-8"}
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SINGULAR = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def answer(form: str, root: str, value: Value, status: int = 200) -> HttpResponse:
    """Return a value as the form asks: `root` names the outermost XML element."""
    text = json_text(value) if form == JSON else _HEAD + _element(root, value)
    response = HttpResponse(text, status=status, content_type=TYPES[form])
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def errors(form: str, found: Iterable[tuple[int, str]], status: int) -> HttpResponse:
    """Return the refusals as the standard's list of codes and descriptions."""
    told = [{"code": code, "description": description} for code, description in found]
    response = answer(form, "errors", told, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def moment(at: datetime | None) -> str | None:
    """Return a moment as the W3C note writes it, with the town's own offset."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def _element(name: str, value: Value) -> str:
    inside = _content(name, value)
    return f"<{name}>{inside}</{name}>" if inside else f"<{name}/>"


def _content(name: str, value: Value) -> str:
    if isinstance(value, Mapping):
        return "".join(_element(key, one) for key, one in value.items())
    if isinstance(value, list | tuple):
        return "".join(_element(_SINGULAR[name], one) for one in value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_NOT_XML.sub("", str(value)))
