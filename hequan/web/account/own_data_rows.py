"""How one's data reads (我的数据的写法): titles, headings and values of own tables in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from hequan.cases.dispute_kinds import DisputeKind, DisputeState, Ending
from hequan.core.kinds import Capability
from hequan.people.kinds import (
    Channel,
    DeliveryState,
    GuardianDocument,
    GuardianKind,
    MembershipRole,
)
from hequan.people.own_export import ExportTable
from hequan.people.protection_kinds import (
    ConsentChannel,
    ConsentPurpose,
    DocumentKind,
    RequestKind,
    RequestState,
    RevealReason,
)
from hequan.people.queries import OwnTable
from hequan.roster.kinds import FreeTime, PostKind, RegistrationKind, Skill
from hequan.web.protection_words import field_words
from hequan.web.words import word

_KINDS: dict[str, type[StrEnum]] = {
    "cases.dispute.ending": Ending,
    "cases.dispute.kind": DisputeKind,
    "cases.dispute.state": DisputeState,
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
    "people.guardianship.document": GuardianDocument,
    "people.guardianship.kind": GuardianKind,
    "people.iddocument.kind": DocumentKind,
    "people.membership.role": MembershipRole,
    "roster.post.kind": PostKind,
    "roster.registration.free_times": FreeTime,
    "roster.registration.kind": RegistrationKind,
    "roster.registration.skills": Skill,
}
NOTHING: tuple[Any, ...] = (None, "", [], {})
FIRST = "people.person"
LAST = ("core.account", "core.session", "core.grant", "core.oldpassword", "core.roleproposal")


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
    """Return a table in words; beyond `limit` rows only how many more there are.

    A column that is empty in every row says nothing and is left out.
    """
    columns = [
        at
        for at, _name in enumerate(table.columns)
        if any(row[at] not in NOTHING for row in table.rows)
    ]
    return OwnRows(
        title=table.title,
        purposes=tuple(word(one) for one in table.purposes),
        bases=tuple(word(one) for one in table.bases),
        on_erase=word(table.on_erase),
        headings=tuple(field_words(table.columns[at]) for at in columns),
        rows=tuple(
            tuple(_said(table.label, table.columns[at], row[at]) for at in columns)
            for row in table.rows[:limit]
        ),
        more=max(len(table.rows) - limit, 0),
    )


def own_page(tables: Sequence[OwnTable]) -> list[OwnRows]:
    """Return the tables in words in the order a person reads them: who she is comes first."""
    ordered = sorted(tables, key=lambda table: (table.label != FIRST, table.label in LAST))
    return [own_rows(table) for table in ordered]


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
    if value in NOTHING:
        return "–"
    if isinstance(value, list):
        return ", ".join(_said(label, name, one) for one in value)
    if f"{label}.{name}" == "people.consent.text":
        purpose, _blank, version = str(value).partition(" ")
        return f"{word(ConsentPurpose(purpose))} ({version})"
    kind = _KINDS.get(f"{label}.{name}")
    if kind is not None and value in set(kind):
        return str(word(kind(value)))
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)
