"""What the asker may read of her case (查询页), and the classes she may choose from."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hequan.cases.kinds import ANSWER_SHOWN, CaseState
from hequan.cases.models import Case, Rating
from hequan.cases.queries.course import Step, public_course
from hequan.core.rule_values import rule_value
from hequan.roster.days import day_of
from hequan.roster.matters import Catalogue, MatterRow
from hequan.roster.models import Matter
from hequan.roster.queries.matters import catalogue_on, newest_versions

MAY_BE_JUDGED = (CaseState.PUBLISHED, CaseState.RETURN_VISIT)
_MAY_WITHDRAW = (CaseState.TRIAGE, CaseState.DISPATCHED, CaseState.HANDLING, CaseState.PAUSED)


@dataclass(frozen=True)
class Link:
    """Another case of the same asker: its number and the link to its status."""

    number: str
    link: str


@dataclass(frozen=True)
class Status:
    """A case as whoever has its link may know it: nothing of who asked, nor of who works on it."""

    number: str
    link: str
    version: int
    state: str
    matter: MatterRow | None
    unit: str
    place_words: str
    words: str
    opened_at: datetime
    promised_at: datetime | None
    is_late: bool
    answer: str
    result: str
    ground: str
    published_at: datetime | None
    steps: tuple[Step, ...]
    is_rated: bool
    may_rate: bool
    may_withdraw: bool
    reopens_until: date | None
    others: int = 0  # who wait for the same answer
    handled_under: str = ""  # the number of the case it was merged into
    is_follower: bool = False  # `words` are hers, `reported` what everybody may read of the case
    reported: str = ""
    parts: tuple[Link, ...] = ()
    split_from: tuple[Link, ...] = ()


def status_of(case: Case, at: datetime) -> Status:
    """Return the status of a case that was loaded with its unit and matter."""
    shown = case.state in ANSWER_SHOWN
    promised = case.solve_due_at if case.state in _MAY_WITHDRAW else None
    rated = Rating.objects.filter(case=case, round=case.reopened_times).exists()
    return Status(
        number=case.number,
        link=case.link,
        version=case.version,
        state=case.state,
        matter=matter_row(case.matter, at),
        unit=case.unit.name,
        place_words=case.place_words,
        words=case.words,
        opened_at=case.opened_at,
        promised_at=promised if case.state != CaseState.PAUSED else None,
        is_late=promised is not None and promised < at,
        answer=case.answer if shown else "",
        result=case.result if shown else "",
        ground=case.ground,
        published_at=case.published_at if shown else None,
        steps=public_course(case),
        is_rated=rated,
        may_rate=case.state in MAY_BE_JUDGED and not rated,
        may_withdraw=case.state in _MAY_WITHDRAW,
        reopens_until=_reopens_until(case, at),
    )


def _reopens_until(case: Case, at: datetime) -> date | None:
    """Return the last day on which the asker may reopen the case, None where she may not."""
    if case.state != CaseState.CLOSED or case.closed_at is None:
        return None
    days = rule_value("case.reopen_days", day_of(at))
    if (at - case.closed_at).days >= days:
        return None
    return day_of(case.closed_at + timedelta(days=days))


def asked_in(at: datetime) -> Catalogue:
    """Return the classes in force at a moment."""
    return catalogue_on(day_of(at))


def matter_row(matter: Matter | None, at: datetime) -> MatterRow | None:
    """Return what a class is called now, or was called last; None for none."""
    return matter_called(matter.code if matter else None, at)


def matter_called(code: str | None, at: datetime) -> MatterRow | None:
    """Return what the class of a code is called now, or was called last; None for none."""
    if not code:
        return None
    return catalogue_on(day_of(at)).by_code.get(code) or newest_versions().get(code)


def matter_with_code(code: str, at: datetime) -> Matter | None:
    """Return a class in force by its code."""
    row = catalogue_on(day_of(at)).by_code.get(code)
    return Matter.objects.get(pk=row.pk) if row else None
