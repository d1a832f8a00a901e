"""Refusals of the JSON faces (问题说明): problem+json (RFC 9457) in the asker's language.

The language is `?lang=`, else the first of Accept-Language we speak, else Chinese. Every refusal
names the parameter, what was sent and what to send instead.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.errors import HttpError, ValidationError

from hequan.core.errors import HequanError
from hequan.planner.errors import PlannerError

CONTENT_TYPE = "application/problem+json"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
_shown_length = 60

# pydantic's kinds of error -> our words; {ctx} names come from pydantic itself
WORDS: dict[str, Promise] = {
    "missing": gettext_lazy("%(name)s is missing: add it."),
    "float_parsing": gettext_lazy("%(name)s: “%(value)s” is not a number."),
    "float_type": gettext_lazy("%(name)s: “%(value)s” is not a number."),
    "finite_number": gettext_lazy("%(name)s: “%(value)s” is not a finite number."),
    "int_parsing": gettext_lazy("%(name)s: “%(value)s” is not a whole number."),
    "int_parsing_size": gettext_lazy("%(name)s: “%(value)s” is not a whole number."),
    "int_from_float": gettext_lazy("%(name)s: “%(value)s” is not a whole number."),
    "int_type": gettext_lazy("%(name)s: “%(value)s” is not a whole number."),
    "bool_parsing": gettext_lazy("%(name)s: “%(value)s” is neither true nor false."),
    "greater_than_equal": gettext_lazy(
        "%(name)s: “%(value)s” is too small; it must be %(ge)s or more."
    ),
    "less_than_equal": gettext_lazy(
        "%(name)s: “%(value)s” is too large; it must be %(le)s or less."
    ),
    "enum": gettext_lazy("%(name)s: “%(value)s” is not known; choose from %(expected)s."),
    "literal_error": gettext_lazy("%(name)s: “%(value)s” is not known; choose from %(expected)s."),
    "string_too_long": gettext_lazy("%(name)s is longer than %(max_length)s characters."),
    "too_long": gettext_lazy(
        "%(name)s holds more than %(max_length)s entries; send fewer at once."
    ),
    "string_pattern_mismatch": gettext_lazy("%(name)s: “%(value)s” holds characters not allowed."),
    "datetime_parsing": gettext_lazy(
        "%(name)s: “%(value)s” is not a moment; write 2026-05-04T10:00+08:00."
    ),
    "datetime_from_date_parsing": gettext_lazy(
        "%(name)s: “%(value)s” is not a moment; write 2026-05-04T10:00+08:00."
    ),
    "json_invalid": gettext_lazy("The body is not JSON."),
}
_ANYTHING = gettext_lazy("%(name)s: “%(value)s” cannot be used.")


class Refusal(Exception):
    """A refusal with a status and words for the asker."""

    def __init__(self, status: int, text: str | Promise, **params: object) -> None:
        """Keep the words unformatted until the language is known."""
        super().__init__(status, text)
        self.status = status
        self.text = text
        self.params = params

    def __str__(self) -> str:
        return str(self.text) % self.params if self.params else str(self.text)


def not_found(what: str | Promise, key: object) -> Refusal:
    """Return the refusal for something that is not there (or not for this asker)."""
    text = gettext_lazy("There is no %(what)s “%(key)s”.")
    return Refusal(404, text, what=what, key=shown(key))


def language_of(request: HttpRequest) -> str:
    """Return the language to answer in: `zh-hans` or `en`."""
    said = request.GET.get("lang", "")
    header = request.headers.get("Accept-Language", "")[:200]
    for code in (said, *(code for code, _weight in parse_accept_lang_header(header))):
        if (short := code.lower().partition("-")[0]) in LANGUAGES:
            return LANGUAGES[short]
    return LANGUAGES["zh"]


def problem(
    request: HttpRequest, status: int, detail: str, errors: Iterable[Mapping[str, Any]] = ()
) -> HttpResponse:
    """Return one problem+json answer; `errors` tell of single parameters."""
    told: dict[str, Any] = {"type": "about:blank", "title": title_of(status), "status": status}
    told |= {"detail": detail, "instance": request.path}
    if listed := list(errors):
        told["errors"] = listed
    content = json.dumps(told, ensure_ascii=False)
    response = HttpResponse(content, status=status, content_type=CONTENT_TYPE)
    response.headers["Content-Language"] = translation.get_language() or ""
    response.headers["Cache-Control"] = "no-store"
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Session realm="hequan"'
    return response


def title_of(status: int) -> str:
    """Return what a status means, in the language in force."""
    titles = {
        400: _("The request cannot be understood"),
        401: _("Sign in first"),
        404: _("Not found"),
        405: _("Not possible here"),
        422: _("Something in the request is wrong"),
        429: _("Too many requests"),
    }
    return titles.get(status, _("The request cannot be answered"))


def answer_refusal(request: HttpRequest, error: Any) -> HttpResponse:
    """Turn whatever a view raised for the asker into problem+json, in the asker's language."""
    with translation.override(language_of(request)):
        if isinstance(error, ValidationError):
            return _invalid(request, error.errors)
        if isinstance(error, Refusal):
            return problem(request, error.status, str(error))
        if isinstance(error, HttpError):
            status, detail = error.status_code, title_of(error.status_code)
            unreadable = status == 400  # ninja: the body could not be parsed
            return problem(request, status, str(WORDS["json_invalid"]) if unreadable else detail)
        if isinstance(error, Http404):
            return problem(request, 404, _("There is nothing at this address."))
        return problem(request, 422, _said(error))


def _said(error: Exception) -> str:
    if isinstance(error, PlannerError):
        sentence = _(error.sentence)
        return sentence.format(**error.params) if error.params else sentence
    return str(error)


def _invalid(request: HttpRequest, errors: list[dict[str, Any]]) -> HttpResponse:
    told = [_error(one) for one in errors[:20]]
    return problem(request, 422, " ".join(one["message"] for one in told[:3]), told)


def _error(error: dict[str, Any]) -> dict[str, Any]:
    where = [str(part) for part in error.get("loc", ())]
    place, *rest = where or ["body"]
    name = ".".join(rest[1:] if place == "body" and len(rest) > 1 else rest) or place
    ctx = dict(error.get("ctx") or {})
    if isinstance(said := ctx.get("error"), Refusal | ValueError):
        return {"in": place, "name": name, "message": f"{name}: {said}"}
    bounds = {
        key: f"{value:g}" if isinstance(value, float) else value for key, value in ctx.items()
    }
    params = {**bounds, "name": name, "value": shown(error.get("input", ""))}
    text = WORDS.get(error.get("type", ""), _ANYTHING)
    return {"in": place, "name": name, "message": str(text) % params}


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer an address below /api, /ogc or /hsds that nothing is served at."""
    return answer_refusal(request, Http404(rest))


def shown(value: object) -> str:
    """Return a value as a refusal may repeat it: short, on one line."""
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    text = "".join(char if char.isprintable() else "�" for char in text)
    return text if len(text) <= _shown_length else text[:_shown_length] + "…"


REFUSALS: tuple[type[Exception], ...] = (
    Refusal,
    ValidationError,
    HttpError,
    Http404,
    HequanError,
    PlannerError,
)
