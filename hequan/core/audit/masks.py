"""Masks of the audit trail (审计脱敏): what of a thing's values may stand in an entry.

An entry is never deleted, not even when a person has her data erased. So no personal value enters
one: each is masked by the tag of its field, whatever the caller passed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, time
from typing import Any

from hequan.core.masks import MASKS, mask_all
from hequan.core.personal import TableTags, tags_of
from hequan.core.sealed import Sealed


def masked(
    label: str, values: Mapping[str, Any] | None, plain: Collection[str] = ()
) -> dict[str, Any] | None:
    """Return the values of a row of the table as an entry may hold them.

    Keys named `plain` say nothing about a person although the table does. Of a table with masked
    fields, text under a key that is no field is starred.
    """
    if values is None:
        return None
    tags = tags_of(label)
    return {
        str(key): _entered(value, "" if key in plain else _mask_for(tags, str(key)))
        for key, value in values.items()
    }


def _mask_for(tags: TableTags | None, key: str) -> str:
    """Return the name of the mask for values under this key, "" for none."""
    if tags is None:
        return ""
    tag = tags.fields.get(key) or tags.fields.get(key.removesuffix("_id"))
    if tag is not None:
        return tag.mask
    return "unknown" if any(one.mask for one in tags.fields.values()) else ""


def _entered(value: Any, mask: str) -> Any:
    """Return the value, or each value inside, behind the mask."""
    if value is None or value == "":
        return value
    if isinstance(value, Sealed):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _entered(one, mask) for key, one in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        return [_entered(one, mask) for one in value]
    if not mask or (mask == "unknown" and isinstance(value, bool | int)):
        return value.isoformat() if isinstance(value, date | time) else value
    return MASKS.get(mask, mask_all)(str(value))
