"""Reading the audit trail (审计查询): for the auditor's page, a piece at a time.

Pages turn by the place of the last entry shown, not by its count: the thousandth page is as quick
as the first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from django.db.models import Q, QuerySet

from hequan.core.accounts import Account
from hequan.core.audit.tables import AuditCheck, AuditDigest, AuditEntry
from hequan.core.calendar import SENSIBLE_YEARS

ROWS = 50
_ROW = ("pk", "at", "by__username", "by__name", "on_behalf_of", "verb", "thing_kind", "thing_id")


class EntryNotFoundError(LookupError):
    """No entry has this id."""


@dataclass(frozen=True)
class EntryFilter:
    """Which entries are wanted; what is empty does not narrow."""

    since: datetime | None = None
    until: datetime | None = None
    actor: str = ""
    verb: str = ""
    thing_kind: str = ""
    thing_id: str = ""
    on_behalf_of: int | None = None

    def as_said(self) -> dict[str, Any]:
        """Return what narrows, for the entry about an export."""
        return {key: value for key, value in vars(self).items() if value not in ("", None)}


@dataclass(frozen=True)
class EntryRow:
    """One line of the list."""

    pk: int
    at: datetime
    username: str
    name: str
    on_behalf_of: int | None
    verb: str
    thing_kind: str
    thing_id: str

    @property
    def place(self) -> str:
        """Return where the list goes on after this line."""
        return f"{_micros(self.at)}-{self.pk}"


@dataclass(frozen=True)
class EntryPage:
    """Some lines, and the place to go on from ("" at the end)."""

    rows: tuple[EntryRow, ...]
    after: str


@dataclass(frozen=True)
class Change:
    """One value before and after; `is_changed` where both are known and differ."""

    key: str
    before: Any
    after: Any

    @property
    def is_changed(self) -> bool:
        """Tell whether the value is another one now."""
        return bool(self.before != self.after)


def entry_page(wanted: EntryFilter, after: str = "") -> EntryPage:
    """Return the newest entries that fit, or those older than the place: one or two queries."""
    found = _matching(wanted)
    place = _place(after)
    if place is not None:
        at, pk = place
        found = found.filter(at__lte=at).exclude(at=at, pk__gte=pk)
    rows = [EntryRow(*row) for row in found.values_list(*_ROW)[: ROWS + 1]]
    return EntryPage(tuple(rows[:ROWS]), rows[ROWS - 1].place if len(rows) > ROWS else "")


def exported_rows(wanted: EntryFilter, most: int) -> Iterator[tuple[EntryRow, Any, Any]]:
    """Yield the newest entries that fit with what was before and after."""
    rows = _matching(wanted).values_list(*_ROW, "before", "after")[:most]
    for *row, before, after in rows.iterator(chunk_size=1000):
        yield EntryRow(*row), before, after


def entry_with(pk: int) -> tuple[AuditEntry, list[Change]]:
    """Return an entry and its values side by side; EntryNotFoundError without one."""
    entry = AuditEntry.objects.select_related("by").filter(pk=pk).first()
    if entry is None:
        raise EntryNotFoundError(pk)
    before, after = _values(entry.before), _values(entry.after)
    keys = dict.fromkeys((*before, *after))
    return entry, [Change(key, before.get(key), after.get(key)) for key in keys]


def last_check() -> AuditCheck | None:
    """Return the newest check of the trail."""
    return AuditCheck.objects.order_by("-at", "-pk").first()


def last_digest() -> AuditDigest | None:
    """Return the newest digest."""
    return AuditDigest.objects.order_by("-day").first()


def days(
    since: date | None, until: date | None, zone: tzinfo
) -> tuple[datetime | None, datetime | None]:
    """Return the filter's moments for days in a time zone, both days included."""
    since = since if since and since.year in SENSIBLE_YEARS else None  # no entry lies outside
    until = until if until and until.year in SENSIBLE_YEARS else None
    begin = datetime(since.year, since.month, since.day, tzinfo=zone) if since else None
    after = until + timedelta(days=1) if until else None
    end = datetime(after.year, after.month, after.day, tzinfo=zone) if after else None
    return begin, end


def _matching(wanted: EntryFilter) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.order_by("-at", "-pk")
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__lt=wanted.until)
    if wanted.actor:
        named = Account.objects.filter(Q(username=wanted.actor) | Q(name=wanted.actor))
        found = found.filter(by__in=list(named.values_list("pk", flat=True)[:100]))
    if wanted.on_behalf_of is not None:
        found = found.filter(on_behalf_of=wanted.on_behalf_of)
    same = {name: getattr(wanted, name) for name in ("verb", "thing_kind", "thing_id")}
    return found.filter(**{name: value for name, value in same.items() if value})


def _values(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {} if given is None else {"": given}


def _micros(at: datetime) -> int:
    return (at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _place(text: str) -> tuple[datetime, int] | None:
    """Read a place; None for anything that is none, as somebody may type in an address."""
    micros, dash, pk = text.partition("-")
    if not (dash and micros.isascii() and micros.isdigit() and pk.isascii() and pk.isdigit()):
        return None
    if len(micros) > 17 or len(pk) > 18:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(micros)), int(pk)
