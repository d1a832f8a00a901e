"""Together at the place (联合踏勘与工作清单): visits with helpers, works asked and counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hequan.cases.actions.helping import LEADS, MOST, held_case, tell_of, write_step
from hequan.cases.actions.placing import matter_name
from hequan.cases.asking import WORDS_LENGTH
from hequan.cases.errors import LacksError, LongWordsError, NotYourPartError
from hequan.cases.field_words import FIELDS
from hequan.cases.help_errors import (
    CountError,
    HelpMovedError,
    TooManyTogetherError,
    VisitGuestError,
    VisitPastError,
)
from hequan.cases.help_messages import VISIT_OFF, VISIT_SET
from hequan.cases.helping import OPEN_HELP, HelpPart, VisitState
from hequan.cases.models import Case, HelpTask, SiteVisit, VisitGuest, WorkItem
from hequan.cases.models.helping import COUNTED_IN_LENGTH, VISIT_PLACE_LENGTH, WORK_LENGTH
from hequan.cases.moves import Doer
from hequan.core.accounts import Account
from hequan.core.audit import record

MOST_COUNTED = 1_000_000
_WORKS = (*LEADS, Doer.HELPER)


@dataclass(frozen=True)
class VisitPlan:
    """When and where several meet, what for, and which helpers are invited, by task."""

    starts_at: datetime
    place_words: str
    words: str = ""
    guests: tuple[int, ...] = ()


@transaction.atomic
def set_visit(
    *, case: Case, plan: VisitPlan, doers: Collection[Doer], by: Account, at: datetime
) -> SiteVisit:
    """Set a joint visit and invite helpers; the same plan again gives the visit there is.

    LacksError, LongWordsError, VisitPastError, VisitGuestError and what `held_case` raises before
    anything is written.
    """
    place = _text(plan.place_words, "visit_place", VISIT_PLACE_LENGTH)
    if len(plan.words.strip()) > WORDS_LENGTH:
        raise LongWordsError(most=WORDS_LENGTH, there=len(plan.words.strip()))
    if plan.starts_at <= at:
        raise VisitPastError
    row = held_case(case.pk, doers)
    there = row.visits.filter(starts_at=plan.starts_at, place_words=place, state=VisitState.SET)
    if same := there.first():
        return same
    if row.visits.count() >= MOST:
        raise TooManyTogetherError(most=MOST)
    guests = _guests(row, plan.guests)
    visit = SiteVisit.objects.create(
        case=row,
        starts_at=plan.starts_at,
        place_words=place,
        words=plan.words.strip(),
        set_by=by,
        set_at=at,
    )
    VisitGuest.objects.bulk_create([VisitGuest(visit=visit, task=one) for one in guests])
    _told(row, visit, guests, "visit_set", by, at)
    return visit


def _guests(row: Case, keys: Sequence[int]) -> list[HelpTask]:
    wanted = set(keys)
    found = HelpTask.objects.filter(case=row, pk__in=wanted, state__in=OPEN_HELP)
    guests = list(found.select_related("case", "post__person", "organisation").order_by("pk"))
    if len(guests) != len(wanted):
        raise VisitGuestError
    return guests


@transaction.atomic
def end_visit(
    *,
    visit: SiteVisit,
    was_held: bool,
    outcome: str,
    doers: Collection[Doer],
    by: Account,
    at: datetime,
) -> SiteVisit:
    """Note what came of a visit, or call it off with the reason; either wants words.

    HelpMovedError for one that is over, LacksError, LongWordsError and what `held_case` raises.
    """
    said = _text(outcome, "outcome", WORDS_LENGTH)
    row = held_case(visit.case_id, doers)
    now = SiteVisit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if now.state != VisitState.SET:
        raise HelpMovedError
    now.state = VisitState.HELD if was_held else VisitState.CALLED_OFF
    now.outcome, now.ended_at = said, at
    now.save()
    invited = HelpTask.objects.filter(invitations__visit=now, state__in=OPEN_HELP)
    told = [] if was_held else list(invited.select_related("case", "post__person", "organisation"))
    _told(row, now, told, f"visit_{now.state}", by, at)
    return now


def _told(
    row: Case, visit: SiteVisit, guests: Sequence[HelpTask], name: str, by: Account, at: datetime
) -> None:
    """Leave the step and the audit entry of a visit, and tell those who are concerned."""
    when = f"{timezone.localtime(visit.starts_at):%Y-%m-%d %H:%M}"
    words = visit.outcome or visit.words
    write_step(row, name, "\n".join(x for x in (f"{when} {visit.place_words}", words) if x), by, at)
    after = {"case": row.pk, "state": visit.state, "starts_at": visit.starts_at.isoformat()}
    record(verb=f"cases.{name}", by=by, at=at, thing=visit, after=after)
    values = {"number": row.number, "matter": matter_name(row, at)}
    values |= {"when": when, "place": visit.place_words}
    news = VISIT_SET if visit.state == VisitState.SET else VISIT_OFF
    for task in guests:
        tell_of(task, news.code, values, by, at)


# --- works


@dataclass(frozen=True)
class Work:
    """What is to be done, counted in what, how many; whose, by task, the lead's where None."""

    what: str
    counted_in: str
    asked: int
    task: int | None = None


@transaction.atomic
def add_work(
    *, case: Case, work: Work, doers: Collection[Doer], by: Account, at: datetime
) -> WorkItem:
    """Put a line on the list of works; the same line again gives the one there is.

    LacksError, LongWordsError, CountError, VisitGuestError for a task that is not open, and what
    `held_case` raises before anything is written.
    """
    what = _text(work.what, "work", WORK_LENGTH)
    counted_in = _text(work.counted_in, "counted_in", COUNTED_IN_LENGTH)
    _check_counts(work.asked)
    row = held_case(case.pk, doers)
    task = _guests(row, [work.task])[0] if work.task else None
    there = row.works.filter(what=what, counted_in=counted_in, task=task)
    if same := there.filter(asked=work.asked).first():
        return same
    if row.works.count() >= MOST:
        raise TooManyTogetherError(most=MOST)
    item = WorkItem.objects.create(
        case=row,
        task=task,
        what=what,
        counted_in=counted_in,
        asked=work.asked,
        counted_by=by,
        counted_at=at,
    )
    _counted(row, item, "works_add", {}, by, at)
    return item


@transaction.atomic
def count_work(
    *,
    item: WorkItem,
    done: int,
    asked: int | None = None,
    doers: Collection[Doer],
    parts: Collection[HelpPart],
    by: Account,
    at: datetime,
) -> WorkItem:
    """Write how many are done; the lead may also change how many are asked.

    `parts` are those of the line's task. NotYourPartError for a helper with another's line or with
    another number asked, HelpMovedError where somebody counted since, CountError.
    """
    _check_counts(done, 0 if asked is None else asked)
    row = held_case(item.case_id, doers, _WORKS)
    now = WorkItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    wanted = now.asked if asked is None else asked
    leads = bool(set(doers) & set(LEADS))
    if not leads and (HelpPart.HELPER not in parts or wanted != now.asked):
        raise NotYourPartError(number=row.number)
    if now.version != item.version:
        raise HelpMovedError
    before = {"asked": now.asked, "done": now.done}
    if before == {"asked": wanted, "done": done}:
        return now
    now.asked, now.done, now.version = wanted, done, now.version + 1
    now.counted_by, now.counted_at = by, at
    now.save()
    _counted(row, now, "works_count", before, by, at)
    return now


def _counted(
    row: Case, item: WorkItem, name: str, before: dict[str, int], by: Account, at: datetime
) -> None:
    words = f"{item.what} {item.done}/{item.asked} {item.counted_in}"
    write_step(row, name, words, by, at, item.task)
    after = {"asked": item.asked, "done": item.done}
    record(verb=f"cases.{name}", by=by, at=at, thing=item, before=before, after=after)


def _check_counts(*numbers: int) -> None:
    if any(not 0 <= one <= MOST_COUNTED for one in numbers):
        raise CountError(most=MOST_COUNTED)


def _text(words: str, field: str, most: int) -> str:
    words = words.strip()
    if not words:
        raise LacksError(what=str(FIELDS[field]))
    if len(words) > most:
        raise LongWordsError(most=most, there=len(words))
    return words
