"""A warranty return (质保返修): an order beside the one that did not hold, without a charge.

It goes back to who repaired it first. A closed case is reopened with it while the rule of cases
lets it be; later the return runs by itself under the same number and link.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from hequan.cases.actions.moving import Given, make_move
from hequan.cases.actions.repair_effects import is_free
from hequan.cases.actions.repairs import (
    checked_words,
    give_in_turn,
    give_to,
    held_provider,
    write_repair,
)
from hequan.cases.errors import ReopenLateError
from hequan.cases.field_words import FIELDS
from hequan.cases.kinds import CaseState
from hequan.cases.models import Case, Repair
from hequan.cases.moves import Doer, MoveName
from hequan.cases.queries.repairs import warranty_until
from hequan.cases.repair_errors import (
    ConsentMissingError,
    RepairMoveError,
    ReturnOpenError,
    WarrantyOverError,
)
from hequan.cases.repairs import (
    OPEN_REPAIRS,
    DispatchMode,
    RepairMoveName,
    RepairPart,
    repair_move_from,
)
from hequan.core.accounts import Account
from hequan.people.kinds import BehalfBasis
from hequan.roster.days import day_of


@transaction.atomic
def return_repair(
    *,
    repair: Repair,
    parts: Collection[RepairPart],
    words: str,
    basis: BehalfBasis | None = None,
    by: Account,
    at: datetime,
) -> Repair:
    """Open the warranty return of an order; return the new order.

    RepairMoveError by the table, LacksError without words, ConsentMissingError where somebody asks
    for the asker without a ground, WarrantyOverError, ReturnOpenError.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=repair.case_id)
    provider = held_provider(repair.provider_id)
    row = Repair.objects.select_related("worker__person").get(pk=repair.pk)
    move = repair_move_from(row.state, RepairMoveName.RETURN, row.return_of_id is not None)
    if move is None or not set(parts) & set(move.parts):
        raise RepairMoveError(number=row.number)
    if RepairPart.ASKER not in parts and basis is None:
        raise ConsentMissingError
    words = checked_words(words, str(FIELDS["reason"]))
    until = warranty_until(row)
    if until is None or day_of(at) > until:
        raise WarrantyOverError(number=row.number)
    if row.returns.filter(state__in=OPEN_REPAIRS).exists():
        raise ReturnOpenError(number=row.number)
    case = _reopened(case, parts, words, by, at)
    order = write_repair(case, provider, words, row, by, at)
    if row.worker is not None and is_free(order, row.worker, at):
        give_to(order, row.worker, by, at)
    elif provider.mode == DispatchMode.ROTATE:
        give_in_turn(order, by, at)
    return order


def _reopened(
    case: Case, parts: Collection[RepairPart], words: str, by: Account, at: datetime
) -> Case:
    """Reopen a closed case while it may be; past that the return runs by itself."""
    if case.state != CaseState.CLOSED:
        return case
    doers = {Doer.ASKER if RepairPart.ASKER in parts else Doer.DISPATCHER}
    given = Given(reason=words)
    try:
        with transaction.atomic():
            return make_move(
                case=case, name=MoveName.REOPEN, doers=doers, given=given, by=by, at=at
            )
    except ReopenLateError:
        return Case.objects.get(pk=case.pk)
