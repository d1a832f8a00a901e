"""Publishing responsibility lists (责任清单发布): checked, dated, sealed; ended, never changed."""

from datetime import date, datetime

from django.db import transaction

from hequan.core import audit, versions
from hequan.core.accounts import Account
from hequan.roster.actions.responsibilities import draft_of
from hequan.roster.days import day_of
from hequan.roster.errors import (
    DayOrderError,
    HolesLeftError,
    ListDayError,
    ListEmptyError,
    ListFaultyError,
)
from hequan.roster.models import ResponsibilityList
from hequan.roster.queries.responsibilities import (
    LISTS_STAMP,
    findings_of,
    fingerprint_of,
    list_facts,
)
from hequan.roster.responsibilities import Findings, ListState
from hequan.territory.models import Unit


@transaction.atomic
def publish_list(
    *,
    sheet: ResponsibilityList,
    valid_from: date,
    with_holes: bool = False,
    by: Account,
    at: datetime,
) -> ResponsibilityList:
    """Put a draft in force from a day on; the version before it ends on that day.

    Refused: doubles, items nobody answers for, parties that are not set; holes unless
    `with_holes`. What has been in force stays: the day is later than the version before began,
    and not past where one is in force.
    """
    row = draft_of(sheet)
    # the unit's row is the lock between versions of one unit
    Unit.objects.select_for_update().get(pk=row.unit_id)
    found = _checked(row, valid_from, with_holes)
    _end_previous(row, valid_from, day_of(at))
    row.state, row.valid_from, row.published_at = ListState.PUBLISHED, valid_from, at
    row.fingerprint = fingerprint_of(list_facts(row))
    row.save()
    versions.bump(LISTS_STAMP)
    after = {
        "version": row.version,
        "valid_from": valid_from.isoformat(),
        "fingerprint": row.fingerprint,
        "holes": [one.matter.code for one in found.holes],
    }
    audit.record(verb="roster.list_published", by=by, at=at, thing=row, after=after)
    return row


def _checked(row: ResponsibilityList, on: date, with_holes: bool) -> Findings:
    facts = list_facts(row)
    if not facts.items:
        raise ListEmptyError
    found = findings_of(row, facts, on)
    if found.blocks:
        raise ListFaultyError(
            without=_listed(found.items_without_answerable),
            doubles=_listed(n for one in found.doubles for n in one.items),
            unset=", ".join(found.parties_unset) or "–",
        )
    if found.holes and not with_holes:
        raise HolesLeftError(count=len(found.holes))
    return found


def _listed(numbers: object) -> str:
    return ", ".join(str(n) for n in sorted(set(numbers))) or "–"  # type: ignore[call-overload]


def _end_previous(row: ResponsibilityList, valid_from: date, today: date) -> None:
    others = ResponsibilityList.objects.filter(unit=row.unit_id, state=ListState.PUBLISHED)
    newest = others.order_by("-valid_from").first()
    if newest is None or newest.valid_from is None:
        return
    if valid_from <= newest.valid_from:
        raise ListDayError(first=newest.valid_from)
    ends = newest.valid_to
    if ends is not None and ends <= valid_from:
        return
    if valid_from < today:
        raise ListDayError(first=today)
    newest.valid_to = valid_from
    newest.save(update_fields=["valid_to"])


@transaction.atomic
def end_list(*, sheet: ResponsibilityList, on: date, by: Account, at: datetime) -> None:
    """Let a published list no longer be in force from a day on, today at the earliest."""
    row = ResponsibilityList.objects.select_for_update().get(pk=sheet.pk)
    if row.valid_from is None or on <= row.valid_from:
        raise DayOrderError(first=row.valid_from or "-")
    if on < day_of(at) or (row.valid_to is not None and on > row.valid_to):
        raise ListDayError(first=day_of(at))
    before = {"valid_to": row.valid_to.isoformat() if row.valid_to else None}
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    versions.bump(LISTS_STAMP)
    after = {"valid_to": on.isoformat()}
    audit.record(verb="roster.list_ended", by=by, at=at, thing=row, before=before, after=after)


@transaction.atomic
def discard_draft(*, sheet: ResponsibilityList, by: Account, at: datetime) -> None:
    """Throw a draft away."""
    row = draft_of(sheet)
    before = {"unit": row.unit_id, "version": row.version, "title": row.title}
    audit.record(verb="roster.draft_discarded", by=by, at=at, thing=row, before=before)
    row.delete()
