"""How a person wants the pages (显示偏好): language, text size and theme, kept in cookies.

Chinese is the default whatever the browser asks for, since residents' phones are often set to a
language nobody chose. No account, session or database is touched, so that public pages stay light.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from hequan.core import versions

YEAR_SECONDS = 365 * 24 * 3600


class Language(StrEnum):
    """Languages of the pages."""

    CHINESE = "zh-hans"
    ENGLISH = "en"


class TextSize(StrEnum):
    """Ordinary text, or the elders' edition (长辈版)."""

    NORMAL = "normal"
    LARGE = "large"


class Theme(StrEnum):
    """Light, dark, or whatever the device is set to."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Preferences:
    """One visitor's choices."""

    language: Language = Language.CHINESE
    text: TextSize = TextSize.NORMAL
    theme: Theme = Theme.AUTO

    @property
    def html_language(self) -> str:
        """Return the language tag of the page."""
        return "zh-Hans" if self.language is Language.CHINESE else "en"


CHOICES: dict[str, type[StrEnum]] = {"language": Language, "text": TextSize, "theme": Theme}


def preferences_of(request: HttpRequest) -> Preferences:
    """Return what the visitor's cookies say; a value nobody offers counts as none."""
    chosen: dict[str, Any] = {}
    for name, kind in CHOICES.items():
        value = request.COOKIES.get(f"hequan_{name}")
        if value is not None and value in kind._value2member_map_:
            chosen[name] = kind(value)
    return Preferences(**chosen)


def keep(response: HttpResponse, name: str, value: str) -> None:
    """Set the cookie of one choice for a year; an unknown name or value is left out."""
    kind = CHOICES.get(name)
    if kind is not None and value in kind._value2member_map_:
        response.set_cookie(
            f"hequan_{name}",
            value,
            max_age=YEAR_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


class PreferencesMiddleware:
    """Answer every request in the visitor's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the language for this request and say so in the answer."""
        chosen = preferences_of(request)
        request.preferences = chosen  # type: ignore[attr-defined]
        reading = request.method in ("GET", "HEAD")
        with translation.override(chosen.language), versions.steady() if reading else nullcontext():
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen.html_language)
        patch_vary_headers(response, ("Cookie",))
        return response


TABS = frozenset({"", "stations", "services", "report", "open", "board"})


def context(request: HttpRequest) -> dict[str, Any]:
    """Give templates the visitor's choices and which of the main pages this is, if one."""
    chosen = getattr(request, "preferences", None)
    tab = request.path.strip("/")
    return {
        "preferences": chosen or preferences_of(request),
        "tab": tab if tab in TABS else "other",
    }
