"""Hours on the map (开放时间): opening_hours and conditional access as one opening_hours text.

`foot:conditional=no @ (22:00-06:00)` on a way that is open otherwise becomes
`24/7; 22:00-06:00 off`; `yes @ (Tu-Su 12:00-19:00)` on a closed one becomes the hours themselves.
Conditions that are no hours (`yes @ residents`) cannot be planned with and are told as odd.
"""

import re
from typing import Protocol

from hequan.planner.gates import readable_hours


class Tags(Protocol):
    """Tags of one object: a dictionary, or a reader's own list."""

    def get(self, key: str, default: None = None, /) -> str | None:
        """Return the value of a key, or None."""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, for tables of tag values that a reader can take in."""
    return frozenset(text.split())


_CLAUSE = re.compile(r"(\w+)\s*@\s*(\((?:[^()]|\([^()]*\))*\)|[^;]+)")
_OPEN = words_of("yes designated permissive destination customers public")
_SHUT = words_of("no private")


def hours_of_conditions(
    tags: Tags, open_otherwise: bool, *, for_traffic: bool = False
) -> tuple[str, tuple[str, ...]]:
    """Return the opening hours (empty = as always) and what could not be read, as key=value.

    On a road `for_traffic`, `access:conditional=no` is about a market day or a Sunday without cars,
    when walkers are most welcome; there only `foot:conditional` closes.
    """
    key, value = _condition(tags)
    if value is not None and key == "access:conditional" and open_otherwise and for_traffic:
        value = None
    if value is None:
        return _plain_hours(tags) if open_otherwise else ("", ())
    wanted = _SHUT if open_otherwise else _OPEN
    hours = [
        clause[2].strip().removeprefix("(").removesuffix(")").strip()
        for clause in _CLAUSE.finditer(value)
        if clause[1] in wanted
    ]
    if not all(readable_hours(text) for text in hours):
        return "", (f"{key}={value}",)
    if not hours:
        return "", ()
    if not open_otherwise:
        return "; ".join(hours), ()
    rules = [rule.strip() for text in hours for rule in text.split(";")]
    return "; ".join(["24/7", *(f"{rule} off" for rule in rules if rule)]), ()


def open_only_by_hours(tags: Tags) -> bool:
    """Return whether nothing but a condition speaks of access: then it is closed otherwise."""
    value = _condition(tags)[1]
    plain = "foot" if tags.get("foot:conditional") is not None else "access"
    named = tags.get(plain)
    if value is None or (named is not None and "=" not in named):
        return False
    return any(clause[1] in _OPEN for clause in _CLAUSE.finditer(value))


def _condition(tags: Tags) -> tuple[str, str | None]:
    value = tags.get("foot:conditional")
    if value is not None:
        return "foot:conditional", value
    if tags.get("foot") is not None:
        return "", None
    value = tags.get("access:conditional")
    if value is None:
        access = tags.get("access") or ""
        value = access.removeprefix("conditional=") if "=" in access else None
    return "access:conditional", value


def _plain_hours(tags: Tags) -> tuple[str, tuple[str, ...]]:
    hours = tags.get("opening_hours")
    if hours is None or hours.strip() == "24/7":
        return "", ()
    return (hours, ()) if readable_hours(hours) else ("", (f"opening_hours={hours}",))
