"""The chain of the audit trail (审计链): what one entry says in bytes, and the mac that ties it.

Pure: no tables, no clock. A mac covers the entry's place (lane and number), the mac before it, its
id and all it says. So an entry cannot be changed, moved, swapped, put in or taken out without the
audit key and go unseen. Whatever JSON a caller gives is first brought to a form that SQLite's text
and PostgreSQL's jsonb both give back unchanged.
"""

import hmac
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

_REPLACED = "\N{REPLACEMENT CHARACTER}"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class ChainKey(Protocol):
    """The secret that macs are made with, and its id; core.keyring has it."""

    @property
    def key_id(self) -> str:
        """Its id, written into every entry."""

    @property
    def secret(self) -> bytes:
        """The key itself."""


@dataclass(frozen=True)
class Place:
    """Where an entry stands: the lane, its number there from 1 on, and the mac before it."""

    lane: int
    number: int
    previous: str


@dataclass(frozen=True)
class Facts:
    """All that an entry says."""

    entry_id: int
    at: datetime
    by: int
    on_behalf_of: int | None
    verb: str
    thing_kind: str
    thing_id: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ValueTexts:
    """What was before and after as JSON text, written once for the mac and the row."""

    before: str
    after: str


def value_texts(facts: Facts) -> ValueTexts:
    """Return the texts of an entry's values, `null` for none."""
    return ValueTexts(_encode(facts.before), _encode(facts.after))


def mac_of(
    place: Place,
    facts: Facts,
    key: ChainKey,
    *,
    entry_id: int | None = None,
    texts: ValueTexts | None = None,
) -> str:
    """Return the mac of an entry at its place: 64 hex digits of HMAC-SHA256.

    A writer that has chosen the id only now, or has the texts at hand, gives them.
    """
    texts = texts or value_texts(facts)
    said = [
        key.key_id,
        place.lane,
        place.number,
        place.previous,
        facts.entry_id if entry_id is None else entry_id,
        facts.at.astimezone(UTC).isoformat(timespec="microseconds"),
        facts.by,
        facts.on_behalf_of,
        facts.verb,
        facts.thing_kind,
        facts.thing_id,
    ]
    text = f"{_encode(said)[:-1]},{texts.before},{texts.after}]"
    return hmac.digest(key.secret, text.encode(), "sha256").hex()


def steady(value: Any) -> Any:
    """Return JSON that reads back the same from both databases and means what was given.

    Whole floats become integers (jsonb keeps 1e22 as digits and forgets the sign of -0.0), numbers
    that are none become words, text loses what PostgreSQL cannot keep (NUL, halves of pairs). What
    JSON does not know becomes its text.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return _steady_number(value)
    if isinstance(value, Mapping):
        return {_steady_text(_key(key)): steady(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [steady(one) for one in value]
    return _steady_text(str(value))


def _key(key: object) -> str:
    return key if isinstance(key, str) else _encode(key) if isinstance(key, bool) else str(key)


def _steady_number(value: float) -> int | float | str:
    if not math.isfinite(value):
        return str(value)
    return int(value) if value.is_integer() else float(value)


def _steady_text(value: str) -> str:
    return value.replace("\0", _REPLACED).encode("utf-8", "replace").decode()
