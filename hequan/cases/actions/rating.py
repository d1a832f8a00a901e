"""Judging an answer (评价): by whoever asked, once a round, good or bad as she says."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from hequan.cases.actions.clocks import start_verifying
from hequan.cases.actions.moving import Given, allowed_move, settle
from hequan.cases.errors import MovedMeanwhileError, RatedAlreadyError
from hequan.cases.models import Case, Rating
from hequan.cases.moves import Doer, MoveName
from hequan.core.accounts import Account


@dataclass(frozen=True)
class Judgement:
    """Four questions, asked apart: contacted, solved, manner, satisfied."""

    was_contacted: bool
    is_solved: bool
    was_kind: bool
    is_satisfied: bool
    words: str = ""


@transaction.atomic
def rate_answer(*, case: Case, judgement: Judgement, by: Account, at: datetime) -> Case:
    """Keep the asker's judgement; satisfied closes the case, unsatisfied opens a return visit.

    RatedAlreadyError for a second one of the same answer, MovedMeanwhileError for an answer that
    was taken back since.
    """
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if Rating.objects.filter(case=row, round=row.reopened_times).exists():
        raise RatedAlreadyError
    if row.version != case.version:
        raise MovedMeanwhileError
    name = MoveName.RATE_GOOD if judgement.is_satisfied else MoveName.RATE_BAD
    move = allowed_move(row, name, {Doer.ASKER})
    try:
        with transaction.atomic():
            Rating.objects.create(
                case=row,
                round=row.reopened_times,
                was_contacted=judgement.was_contacted,
                is_solved=judgement.is_solved,
                was_kind=judgement.was_kind,
                is_satisfied=judgement.is_satisfied,
                words=judgement.words,
                rated_at=at,
            )
    except IntegrityError:
        raise RatedAlreadyError from None
    before = row.state
    if judgement.is_satisfied:
        row.closed_at = at
    else:
        start_verifying(row, at)  # somebody goes to see her within the same time
    settle(row, move, before, Given(note=judgement.words), by, at)
    return row
