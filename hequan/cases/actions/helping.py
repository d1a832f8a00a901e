"""Asking others to help with a case (协同办理): tasks, their moves, and what ends them.

The case's row is locked before a task's, so that an answer and a task asked at the same moment
cannot pass each other. Help moves no clock of the case and raises no version of it: a lead who
writes her answer meanwhile loses nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hequan.cases.access import is_held
from hequan.cases.actions.placing import at_work, matter_name
from hequan.cases.asking import WORDS_LENGTH
from hequan.cases.errors import (
    LacksError,
    LongWordsError,
    MoveNotAllowedError,
    NotYourPartError,
    PostNotHeldError,
)
from hequan.cases.field_words import FIELDS
from hequan.cases.help_errors import (
    HelpMovedError,
    HelpStillOpenError,
    LimitError,
    OneHelperError,
    OwnHelpError,
    TooManyTogetherError,
)
from hequan.cases.help_messages import BOARD_TOGETHER, HELP_ANSWERED, HELP_ASKED, HELP_ENDED
from hequan.cases.helping import (
    MAY_ASK,
    OPEN_HELP,
    HelpMove,
    HelpMoveName,
    HelpPart,
    HelpState,
    help_move_from,
)
from hequan.cases.models import Case, CaseStep, HelpTask
from hequan.cases.moves import Doer
from hequan.cases.queries.terms import due_by, office_calendar
from hequan.cases.sla import Limit
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.people.deliveries import notify
from hequan.people.models import Organisation
from hequan.people.queries import person_of
from hequan.roster.days import day_of
from hequan.roster.models import Post

MOST = 50
LONGEST_LIMIT = 365
LEADS = (Doer.HANDLER, Doer.DISPATCHER)
_ASK = "help_ask"
_NEWS = "cases.help_moved"
_ANSWERS = (HelpMoveName.FINISH, HelpMoveName.DECLINE)


@dataclass(frozen=True)
class HelpWanted:
    """Of whom what is asked, and by when: a post or an organisation, words, a limit."""

    words: str
    limit: Limit
    post: Post | None = None
    organisation: Organisation | None = None


@transaction.atomic
def ask_for_help(
    *, case: Case, wanted: HelpWanted, doers: Collection[Doer], by: Account, at: datetime
) -> HelpTask:
    """Ask a post or an organisation to help with a case, within a limit that runs from now.

    The same asking again, while it is open, gives the task there is. LacksError, LongWordsError,
    LimitError, OneHelperError, OwnHelpError, PostNotHeldError, NotYourPartError or
    MoveNotAllowedError before anything is written.
    """
    words = _words_asked(wanted.words)
    row = held_case(case.pk, doers)
    _check_helper(row, wanted, at)
    helper = {"post": wanted.post, "organisation": wanted.organisation}
    limit = [wanted.limit.amount, str(wanted.limit.unit)]
    there = HelpTask.objects.filter(case=row, **helper)
    if same := there.filter(state__in=OPEN_HELP, words=words, limit=limit).first():
        return same
    if row.helps.count() >= MOST:
        raise TooManyTogetherError(most=MOST)
    task = HelpTask.objects.create(
        case=row,
        **helper,
        state=HelpState.ASKED,
        words=words,
        limit=limit,
        due_at=due_by(at, wanted.limit, office_calendar(day_of(at))),
        asked_by=by,
        asked_at=at,
    )
    write_step(row, _ASK, words, by, at, task)
    after = {"case": row.pk, "state": task.state, "due_at": task.due_at.isoformat()}
    record(verb=f"cases.{_ASK}", by=by, at=at, thing=task, after=after)
    tell(_NEWS, {"case": row.pk, "task": task.pk, "move": _ASK}, at)
    _tell_helper(task, by, at)
    return task


def _words_asked(words: str) -> str:
    words = words.strip()
    if not words:
        raise LacksError(what=str(FIELDS["help"]))
    if len(words) > WORDS_LENGTH:
        raise LongWordsError(most=WORDS_LENGTH, there=len(words))
    return words


def _check_helper(row: Case, wanted: HelpWanted, at: datetime) -> None:
    if not 0 < wanted.limit.amount <= LONGEST_LIMIT:
        raise LimitError(most=LONGEST_LIMIT)
    if (wanted.post is None) == (wanted.organisation is None):
        raise OneHelperError
    if wanted.post is not None:
        if not is_held(wanted.post, at):
            raise PostNotHeldError
        is_own = wanted.post.pk == row.post_id
    else:
        is_own = row.post is None and wanted.organisation == row.organisation
    if is_own:
        raise OwnHelpError


def held_case(pk: int, doers: Collection[Doer], parts: Collection[Doer] = LEADS) -> Case:
    """Return the case, locked, for somebody in one of these parts; raises where it is too late."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("unit", "matter")
    row = rows.get(pk=pk)
    if not set(doers) & set(parts):
        raise NotYourPartError(number=row.number)
    if row.state not in MAY_ASK:
        raise MoveNotAllowedError(number=row.number)
    return row


@transaction.atomic
def move_help(
    *,
    task: HelpTask,
    name: HelpMoveName,
    parts: Collection[HelpPart],
    words: str = "",
    by: Account,
    at: datetime,
) -> HelpTask:
    """Make one move of a task as it was read; return it as it stands afterwards.

    HelpMovedError where somebody moved it since or the table has no such move from there,
    NotYourPartError by the table, LacksError without the words it needs, LongWordsError.
    """
    row = Case.objects.select_for_update(of=("self",)).get(pk=task.case_id)
    now = HelpTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    move = help_move_from(now.state, name)
    if now.version != task.version or move is None:
        raise HelpMovedError
    if not set(parts) & set(move.parts):
        raise NotYourPartError(number=row.number)
    said = words.strip()
    if move.needs_words and not said:
        raise LacksError(what=str(FIELDS["help_said"]))
    if len(said) > WORDS_LENGTH:
        raise LongWordsError(most=WORDS_LENGTH, there=len(said))
    return _settle(row, now, move, said, by, at)


def _settle(
    row: Case, task: HelpTask, move: HelpMove, said: str, by: Account, at: datetime
) -> HelpTask:
    before = task.state
    task.state = move.target or task.state
    task.said = said or task.said
    task.version += 1
    if task.state == HelpState.TAKEN_ON:
        task.taken_on_at = task.taken_on_at or at
    if task.state not in OPEN_HELP:
        task.ended_at = at
    task.save()
    write_step(row, move.name, said, by, at, task)
    after = {"state": task.state, "post": task.post_id}
    record(
        verb=f"cases.{move.name}", by=by, at=at, thing=task, before={"state": before}, after=after
    )
    tell(_NEWS, {"case": row.pk, "task": task.pk, "move": str(move.name)}, at)
    if move.name == HelpMoveName.HAND_OVER:
        _tell_helper(task, by, at)
    elif move.name in _ANSWERS:
        _tell_lead(row, task, HELP_ANSWERED.code, by, at)
    elif move.name == HelpMoveName.TAKE_BACK:
        _tell_helper_of_the_end(task, by, at)
    return task


def write_step(
    row: Case, name: str, words: str, by: Account, at: datetime, task: HelpTask | None = None
) -> None:
    """Leave a step in the course of the case, for those who work on it alone."""
    CaseStep.objects.create(
        case=row,
        move=name,
        from_state=row.state,
        to_state=row.state,
        by=by,
        at=at,
        words=words[:WORDS_LENGTH],
        post_id=task.post_id if task else None,
        organisation_id=task.organisation_id if task else None,
    )


# --- what holds an answer back, and what ends help


def open_help_of(row: Case) -> list[HelpTask]:
    """Return the open tasks of a case, and of those merged into it: one query."""
    found = HelpTask.objects.filter(Q(case=row) | Q(case__lead=row), state__in=OPEN_HELP)
    return list(found.select_related("post__person", "organisation").order_by("pk"))


def refuse_open_help(row: Case) -> None:
    """Raise HelpStillOpenError while help is asked of somebody: part of answering."""
    if found := open_help_of(row):
        who = "、".join(dict.fromkeys(name_of(task) for task in found))
        raise HelpStillOpenError(number=row.number, who=who)


def name_of(task: HelpTask) -> str:
    """Return who was asked: the post's holder, or the organisation."""
    if task.post is not None:
        return task.post.person.name
    return task.organisation.name if task.organisation else ""


def end_help(row: Case, by: Account, at: datetime) -> None:
    """Let the open tasks lapse, also of cases merged into it: nobody need do anything more."""
    for task in open_help_of(row):
        _lapse(row, task, by, at)
        _tell_helper_of_the_end(task, by, at)


def hand_over_help(*, post: Post, heir: Post | None, by: Account, at: datetime) -> int:
    """Give the open tasks of an ended post to the heir, else back to the lead; return how many."""
    found = HelpTask.objects.filter(post=post, state__in=OPEN_HELP).order_by("pk")
    keys = list(found.values_list("pk", "case_id"))
    return sum(_hand_over_one(pk, case_pk, post, heir, by, at) for pk, case_pk in keys)


@transaction.atomic
def _hand_over_one(
    pk: int, case_pk: int, post: Post, heir: Post | None, by: Account, at: datetime
) -> bool:
    row = Case.objects.select_for_update(of=("self",)).select_related("matter").get(pk=case_pk)
    task = HelpTask.objects.select_for_update(of=("self",)).get(pk=pk)
    move = help_move_from(task.state, HelpMoveName.HAND_OVER)
    if task.post_id != post.pk or move is None:
        return False
    if heir is None:
        _lapse(row, task, by, at)
        _tell_lead(row, task, HELP_ENDED.code, by, at)
    else:
        task.post = heir
        _settle(row, task, move, "", by, at)
    return True


def _lapse(row: Case, task: HelpTask, by: Account, at: datetime) -> None:
    move = help_move_from(task.state, HelpMoveName.LAPSE)
    if move is not None:
        _settle(row, task, move, "", by, at)


# --- who is told


def _tell_helper(task: HelpTask, by: Account, at: datetime) -> None:
    due = f"{timezone.localtime(task.due_at):%Y-%m-%d %H:%M}"
    values = {"number": task.case.number, "matter": matter_name(task.case, at), "due": due}
    tell_of(task, HELP_ASKED.code, values, by, at)


def tell_of(task: HelpTask, code: str, values: dict[str, str], by: Account, at: datetime) -> None:
    """Tell whoever a task was asked of something about its case."""
    link = BOARD_TOGETHER.format(pk=task.case_id)
    receiver = at_work(task.post, at) if task.post is not None else task.organisation
    if receiver is not None:
        notify(receiver, code, values, by=by, at=at, link=link)


def _tell_helper_of_the_end(task: HelpTask, by: Account, at: datetime) -> None:
    values = {"number": task.case.number, "matter": matter_name(task.case, at)}
    tell_of(task, HELP_ENDED.code, values | {"who": name_of(task)}, by, at)


def _tell_lead(row: Case, task: HelpTask, code: str, by: Account, at: datetime) -> None:
    """Tell whoever has the case, or asked where nobody has it."""
    case = row.lead or row
    receiver = at_work(case.post, at) if case.post else case.organisation
    receiver = receiver or person_of(task.asked_by)
    if receiver is None:
        return
    values = {"number": row.number, "matter": matter_name(row, at), "who": name_of(task)}
    link = BOARD_TOGETHER.format(pk=case.pk)
    notify(receiver, code, values, by=by, at=at, link=link)
