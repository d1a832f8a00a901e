"""Judging an answer (评价): by everybody who asked, once a round, good or bad as she says."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from hequan.cases.actions.clocks import start_verifying
from hequan.cases.actions.moving import Given, allowed_move, settle
from hequan.cases.errors import MovedMeanwhileError, RatedAlreadyError
from hequan.cases.kinds import CaseState
from hequan.cases.models import Case, CaseStep, JointRating, Rating
from hequan.cases.moves import Doer, MoveName
from hequan.cases.queries.together import all_have_judged
from hequan.cases.voices import Voice
from hequan.core.accounts import Account


@dataclass(frozen=True)
class Judgement:
    """Four questions, asked apart: contacted, solved, manner, satisfied."""

    was_contacted: bool
    is_solved: bool
    was_kind: bool
    is_satisfied: bool
    words: str = ""


_JUDGING = {MoveName.RATE_GOOD, MoveName.RATE_BAD, MoveName.TAKE_UP, MoveName.LET_GO}


@transaction.atomic
def rate_answer(
    *, case: Case, judgement: Judgement, by: Account, at: datetime, voice: Voice | None = None
) -> Case:
    """Keep one judgement; unsatisfied opens a return visit, satisfied closes with the last one.

    Without a `voice` it is the asker's. Everybody who waits for the answer judges it for herself.
    RatedAlreadyError for a second one of the same answer, MovedMeanwhileError for an answer that
    was taken back since, or that is not hers to judge any more.
    """
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    joint = None if voice is None or voice.is_the_askers else voice
    if _has_rated(row, joint):
        raise RatedAlreadyError
    if _is_behind(row, case.version) or (joint and not _waits_for(row, joint)):
        raise MovedMeanwhileError
    name = MoveName.RATE_GOOD if judgement.is_satisfied else MoveName.RATE_BAD
    move = allowed_move(row, name, {Doer.ASKER})
    try:
        with transaction.atomic():
            _keep(row, joint, judgement, at)
    except IntegrityError:
        raise RatedAlreadyError from None
    before = row.state
    if row.state == CaseState.PUBLISHED and not judgement.is_satisfied:
        start_verifying(row, at)  # somebody goes to see her within the same time
    elif row.state == CaseState.PUBLISHED and all_have_judged(row):
        row.state, row.closed_at = CaseState.CLOSED, at
    settle(row, move, before, Given(note=judgement.words), by, at)
    return row


def _is_behind(row: Case, version: int) -> bool:
    """Tell whether more happened since than that others judged it, or that others joined."""
    since = row.version - version
    if since < 0:
        return True
    steps = CaseStep.objects.filter(case=row).order_by("-pk")[:since]
    return any(step.move not in _JUDGING for step in steps)


def _waits_for(row: Case, voice: Voice) -> bool:
    """Tell whether she waits for the answer of this very case, as it is now."""
    case = Case.objects.get(pk=voice.case.pk)
    return row.pk in ((case.lead_id or case.pk), case.lead_id)


def _has_rated(row: Case, joint: Voice | None) -> bool:
    if joint is None:
        return Rating.objects.filter(case=row, round=row.reopened_times).exists()
    return replace(joint, lead=row).rated()


def _keep(row: Case, joint: Voice | None, judgement: Judgement, at: datetime) -> None:
    said: dict[str, Any] = asdict(judgement) | {"rated_at": at, "round": row.reopened_times}
    if joint is None:
        Rating.objects.create(case=row, **said)
    elif joint.follower is not None:
        JointRating.objects.create(case=row, follower=joint.follower, **said)
    else:
        JointRating.objects.create(case=row, merged=joint.case, **said)
