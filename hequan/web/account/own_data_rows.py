"""How one's data reads (我的数据的写法): titles, headings and values of own tables in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from hequan.core.kinds import Capability
from hequan.people.kinds import Channel, DeliveryState
from hequan.people.own_export import ExportTable
from hequan.people.protection_kinds import (
    ConsentChannel,
    DocumentKind,
    RequestKind,
    RequestState,
    RevealReason,
)
from hequan.people.queries import OwnTable
from hequan.web.protection_words import field_words
from hequan.web.words import WORDS, word

_KINDS: dict[str, type[StrEnum]] = {
    "core.grant.capability": Capability,
    "core.roleproposal.capability": Capability,
    "people.childaccessrequest.reason": RevealReason,
    "people.consent.channel": ConsentChannel,
    "people.datarequest.channel": ConsentChannel,
    "people.datarequest.kind": RequestKind,
    "people.datarequest.state": RequestState,
    "people.delivery.channel": Channel,
    "people.delivery.state": DeliveryState,
    "people.deliveryaddress.channel": Channel,
    "people.iddocument.kind": DocumentKind,
}


@dataclass(frozen=True)
class OwnRows:
    """One table as the page shows it."""

    title: object
    purposes: tuple[Promise, ...]
    bases: tuple[Promise, ...]
    on_erase: Promise
    headings: tuple[object, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int


def own_rows(table: OwnTable, limit: int = 50) -> OwnRows:
    """Return a table in words; beyond `limit` rows only how many more there are."""
    return OwnRows(
        title=table.title,
        purposes=tuple(word(one) for one in table.purposes),
        bases=tuple(word(one) for one in table.bases),
        on_erase=word(table.on_erase),
        headings=tuple(field_words(name) for name in table.columns),
        rows=tuple(
            tuple(
                _said(table.label, name, value)
                for name, value in zip(table.columns, row, strict=True)
            )
            for row in table.rows[:limit]
        ),
        more=max(len(table.rows) - limit, 0),
    )


def export_tables(tables: Sequence[OwnTable]) -> list[ExportTable]:
    """Return the tables as the archive takes them: code names beside words, values as they are."""
    return [
        ExportTable(
            label=table.label,
            title=str(table.title),
            fields=table.columns,
            headings=tuple(str(field_words(name)) for name in table.columns),
            rows=table.rows,
        )
        for table in tables
    ]


def _said(label: str, name: str, value: Any) -> str:
    kind = _KINDS.get(f"{label}.{name}")
    if kind in WORDS and kind is not None and value in set(kind):
        return str(word(kind(value)))
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)
