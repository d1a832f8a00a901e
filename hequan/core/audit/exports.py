"""Exports of the audit trail (审计导出), which leave an entry of their own."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.audit.queries import EntryFilter, exported_rows
from hequan.core.audit.tables import AuditEntry
from hequan.files.sheets import Sheet, csv_bytes, workbook_bytes

MOST = 20_000
KINDS = ("xlsx", "csv")


@transaction.atomic
def export_entries(
    *,
    wanted: EntryFilter,
    kind: str,
    headers: Sequence[str],
    words_of: Callable[[str], str],
    by: Account,
    at: datetime,
) -> bytes:
    """Return the newest entries that fit, at most MOST, as .xlsx or CSV; write that she took them.

    `headers` are the words of the nine columns, `words_of` says a verb in words.
    """
    rows = list(_rows(wanted, words_of))
    after = {"kind": kind, "entries": len(rows), "filter": wanted.as_said()}
    record(verb="core.audit_exported", by=by, at=at, thing=AuditEntry, after=after)
    if kind == "csv":
        return csv_bytes(headers, rows)
    return workbook_bytes([Sheet("audit", headers, rows)])


def _rows(wanted: EntryFilter, words_of: Callable[[str], str]) -> Iterator[list[Any]]:
    for row, before, after in exported_rows(wanted, MOST):
        yield [
            row.pk,
            timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S.%f"),
            f"{row.name} ({row.username})" if row.name != row.username else row.username,
            row.on_behalf_of,
            words_of(row.verb),
            row.verb,
            f"{row.thing_kind}/{row.thing_id}",
            _text(before),
            _text(after),
        ]


def _text(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
