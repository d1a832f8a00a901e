"""Two rows of one person made one, and parted again when that was a mistake (人员合并与还原).

The loser keeps her row and what it said, and `merged_into` names who stands for her. Everything
that pointed at her points at the winner, except what would clash there: that stays as history.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.people.actions.joining import join_memberships, part_memberships
from hequan.people.actions.sign_in_numbers import guard_merger, tell_number_changed
from hequan.people.errors import MergeError
from hequan.people.merged_facts import facts_of, put_facts, replaced_facts
from hequan.people.models import DistinctPair, Guardianship, MergeRecord, Person
from hequan.people.pointers import move_back, move_pointers

MERGED, UNMERGED = "people.persons_merged", "people.persons_unmerged"
FIELDS = ("name", "phone", "born_on", "unit_id", "address", "account_id")


@transaction.atomic
def merge_persons(
    *,
    winner: Person,
    loser: Person,
    from_loser: Sequence[str] = (),
    reasons: Sequence[str] = (),
    by: Account,
    at: datetime,
) -> MergeRecord:
    """Merge the loser into the winner, who takes the fields named in `from_loser` from her.

    The fields are those of FIELDS; a blank one of the winner is filled from the loser in any case.
    MergeError when either was merged or erased meanwhile, or one is the other's guardian;
    StaffMergedError and PostMergedError where an officer's account or post would change hands.
    """
    first, second = _both_held(winner.pk, loser.pk)
    _may_be_one(first, second)
    before = facts_of(first)
    changed = replaced_facts(before, facts_of(second), from_loser)
    guard_merger(first, second, changed, by, at)
    second.merged_into = first
    second.save(update_fields=["merged_into"])
    joined = join_memberships(loser=second, winner=first)
    leave = [("people.membership", row.left) for row in joined]
    moved = move_pointers(second.pk, first.pk, leave)
    _put_facts(first, second, changed, by, at)
    merger = MergeRecord.objects.create(
        winner=first,
        loser=second,
        moved=[one.told() for one in moved],
        joined=[row.told() for row in joined],
        replaced=json.dumps({name: [before[name], value] for name, value in changed.items()}),
        reasons=list(reasons),
        by=by,
        at=at,
    )
    after = {"winner": first.pk, "loser": second.pk, "fields": sorted(changed)}
    record(verb=MERGED, by=by, at=at, thing=second, before={}, after=after)
    tell(MERGED, {"winner": first.pk, "loser": second.pk, "merger": merger.pk}, at)
    return merger


@transaction.atomic
def unmerge_persons(*, merger: MergeRecord, by: Account, at: datetime) -> None:
    """Part two people again: what was moved goes back, as far as nobody changed it since.

    MergeError when that was done already, when the winner was merged herself later, and when one
    of the two has been erased.
    """
    first, second = _both_held(merger.winner_id, merger.loser_id)
    held = MergeRecord.objects.select_for_update().get(pk=merger.pk)
    if held.undone_at is not None:
        raise MergeError("undone")
    if first.erased_at is not None or second.erased_at is not None:
        raise MergeError("erased")
    if first.merged_into_id is not None or second.merged_into_id != first.pk:
        raise MergeError("later")
    second.merged_into = None
    second.save(update_fields=["merged_into"])
    move_back(held.moved, second.pk, first.pk)
    part_memberships(held.joined)
    _take_back(first, second, json.loads(held.replaced.open() or "{}"), by, at)
    held.undone_by, held.undone_at = by, at
    held.save(update_fields=["undone_by", "undone_at"])
    after = {"winner": first.pk, "loser": second.pk}
    record(verb=UNMERGED, by=by, at=at, thing=second, before=after, after={})
    tell(UNMERGED, {"winner": first.pk, "loser": second.pk, "merger": held.pk}, at)


@transaction.atomic
def sweep_merger(*, merger_pk: int, by: Account, at: datetime) -> None:
    """Move what was written for the loser while the merger was under way; again changes nothing."""
    held = MergeRecord.objects.select_for_update().filter(pk=merger_pk, undone_at=None).first()
    if held is None or held.winner.merged_into_id is not None:
        return
    leave = [("people.membership", row[3]) for row in held.joined]
    late = move_pointers(held.loser_id, held.winner_id, leave)
    if late:
        held.moved = [*held.moved, *(one.told() for one in late)]
        held.save(update_fields=["moved"])
        after = {"tables": sorted({one.pointer.table for one in late})}
        record(verb="people.merger_swept", by=by, at=at, thing=held, after=after)


@transaction.atomic
def keep_apart(*, one: Person, other: Person, by: Account, at: datetime) -> None:
    """Note that two rows are two people, so that nobody is asked again."""
    low, high = sorted((one.pk, other.pk))
    if low == high:
        raise MergeError("oneself")
    defaults = {"by": by, "at": at}
    pair, made = DistinctPair.objects.get_or_create(low_id=low, high_id=high, defaults=defaults)
    if made:
        after = {"low": low, "high": high}
        record(verb="people.kept_apart", by=by, at=at, thing=pair, after=after)


def _both_held(winner: int, loser: int) -> tuple[Person, Person]:
    """Hold both rows until the transaction ends, the lower id first: no two wait in a ring."""
    if winner == loser:
        raise MergeError("oneself")
    wanted = Person.objects.select_for_update().filter(pk__in=(winner, loser)).order_by("pk")
    held = {row.pk: row for row in wanted}
    if len(held) < 2:
        raise MergeError("merged")
    return held[winner], held[loser]


def _may_be_one(winner: Person, loser: Person) -> None:
    if not (winner.stands and loser.stands):
        raise MergeError("merged")
    pair = (winner, loser)
    if Guardianship.objects.filter(minor__in=pair, guardian__in=pair, valid_to=None).exists():
        raise MergeError("guardian")


def _put_facts(
    winner: Person, loser: Person, facts: Mapping[str, Any], by: Account, at: datetime
) -> None:
    """Write facts into the winner's row; each account that then has another number is told."""
    rows = (winner, loser) if loser.merged_into_id == winner.pk else (winner,)
    signing_in = [(row.account, row.phone) for row in rows if row.account is not None]
    put_facts(winner, loser, facts)
    for account, number in signing_in:
        if number and number.open() != winner.phone.open():
            tell_number_changed(winner, number, account=account, by=by, at=at)


def _take_back(
    first: Person,
    second: Person,
    replaced: Mapping[str, Sequence[Any]],
    by: Account,
    at: datetime,
) -> None:
    """Give the winner back what the merger replaced, where nobody corrected it since."""
    now = facts_of(first)
    back = {name: old for name, (old, new) in replaced.items() if now[name] == new}
    _put_facts(first, second, back, by, at)
