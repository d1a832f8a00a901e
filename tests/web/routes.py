"""Every address of the site, found by itself, so that a new page is walked without being named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

import hequan

SOURCES = Path(hequan.__file__).parent
_ASKED = re.compile(r"\.(?:GET|POST)(?:\.get(?:list)?\(|\[)\s*\"(\w+)\"")
_FIELD = re.compile(r"^ +(\w+)(?:: \w+)? = forms\.\w+Field\(", re.MULTILINE)
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
WORDS = {"section": "facts", "level": "committee", "profile": "adult", "key": "stations"}


@dataclass(frozen=True)
class Route:
    """One address: its pattern, its name, its view."""

    pattern: str
    name: str
    view: Any = field(repr=False, hash=False, compare=False)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The gaps of the pattern as (kind, name)."""
        return [(kind or "str", name) for kind, name in _PART.findall(self.pattern)]

    def address(self, pk: int = 1, text: str | None = None) -> str:
        """Return the address with its gaps filled."""

        def fill(found: re.Match[str]) -> str:
            if found[1] == "int":
                return str(pk)
            if found[1] == "uuid":
                return f"00000000-0000-4000-8000-{pk:012d}"
            return WORDS.get(found[2], "x") if text is None else text

        return "/" + _PART.sub(fill, self.pattern)


@cache
def routes() -> list[Route]:
    """Return every address, ours and those of what we build on."""
    return sorted(_under(get_resolver(), "", ""), key=lambda route: route.pattern)


def _under(node: URLResolver, before: str, space: str) -> Iterator[Route]:
    for one in node.url_patterns:
        pattern = before + str(one.pattern).lstrip("^").rstrip("$")
        if isinstance(one, URLResolver):
            yield from _under(one, pattern, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield Route(pattern.replace("\\", ""), space + (one.name or ""), one.callback)


@cache
def parameters() -> list[str]:
    """Return every name that a page of ours reads from a query or a form."""
    found: set[str] = set()
    for path in (*SOURCES.glob("web/**/*.py"), *SOURCES.glob("api/**/*.py")):
        text = path.read_text(encoding="utf-8")
        found |= set(_ASKED.findall(text)) | set(_FIELD.findall(text))
    return sorted(found)


@cache
def keys() -> list[int]:
    """Return a few keys that rows of our tables really have: the first and last of each.

    They are read once: `keys.cache_clear()` lets a test with rows of its own read them again.
    """
    found: set[int] = set()
    for model in apps.get_models():
        if model.__module__.startswith("hequan."):
            rows = model._default_manager.order_by("pk").values_list("pk", flat=True)
            found |= {pk for pk in (rows.first(), rows.last()) if isinstance(pk, int)}
    return sorted(found)
