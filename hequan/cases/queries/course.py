"""The course of a case (办理经过): its steps, its facts, and why it went to whom it went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hequan.cases.kinds import CaseChannel
from hequan.cases.models import Case, CaseStep, Rating
from hequan.cases.moves import MOVES, Doer
from hequan.cases.routing import WhyNot
from hequan.core.accounts import SYSTEM
from hequan.roster.answers import PassedOver, PassedOverCode, Reason, ReasonCode, Value
from hequan.roster.models import Post

_DAYS = ("since", "on")
_ASKERS = {str(one.name) for one in MOVES if Doer.ASKER in one.doers}
_BY_HERSELF = (CaseChannel.PHONE_PAGE, CaseChannel.OPEN311)


@dataclass(frozen=True)
class Step:
    """One step; on the asker's page without the names and words of those who work on it."""

    move: str
    to_state: str
    at: datetime
    words: str = ""
    by: str = ""
    post: str = ""
    is_public: bool = True
    is_askers: bool = False  # made by whoever asked, who needs no account for it


@dataclass(frozen=True)
class Candidate:
    """A post that might have got the case, as it stood then."""

    person: str
    kind: str
    place: str
    open_cases: int
    on_duty: bool
    why_not: WhyNot | None


@dataclass(frozen=True)
class Routing:
    """Why a case went where it went: plain values, words are made by the page."""

    reasons: tuple[Reason, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    version: int | None = None
    number: int | None = None
    by_hand: bool = False


def course_of(case: Case) -> tuple[Step, ...]:
    """Return every step with who made it, the oldest first: one query."""
    rows = CaseStep.objects.filter(case=case).select_related("by", "post__person", "organisation")
    return tuple(_step(row, case) for row in rows.order_by("pk"))


def _step(row: CaseStep, case: Case) -> Step:
    holder = row.post.person.name if row.post else ""
    return Step(
        move=row.move,
        to_state=row.to_state,
        at=row.at,
        words=row.words,
        by=row.by.name or row.by.username,
        post=holder or (row.organisation.name if row.organisation else ""),
        is_public=row.is_public,
        is_askers=row.by.username == SYSTEM
        and (row.move in _ASKERS or (row.move == "open" and case.channel in _BY_HERSELF)),
    )


def public_course(case: Case) -> tuple[Step, ...]:
    """Return the steps the asker sees, without names: one query."""
    rows = CaseStep.objects.filter(case=case, is_public=True).order_by("pk")
    return tuple(
        Step(row.move, row.to_state, row.at, row.words if row.words_are_public else "")
        for row in rows
    )


def ratings_of(case: Case) -> tuple[Rating, ...]:
    """Return the asker's judgements, the newest first: one query."""
    return tuple(Rating.objects.filter(case=case).order_by("-round"))


def routing_of(case: Case) -> Routing:
    """Return why the case went where it went, with today's names: at most one query."""
    kept: Mapping[str, Any] = case.routing
    told = [*kept.get("candidates", ()), *_posts_in(kept.get("passed_over", ()))]
    posts = Post.objects.select_related("person").in_bulk([one["post"] for one in told])
    names = {pk: post.person.name for pk, post in posts.items()}
    return Routing(
        reasons=tuple(
            Reason(ReasonCode(one["code"]), _values(one["values"]))
            for one in kept.get("reasons", ())
        ),
        passed_over=tuple(_passed(one, names) for one in kept.get("passed_over", ())),
        candidates=tuple(_candidate(one, names) for one in kept.get("candidates", ())),
        version=kept.get("version"),
        number=kept.get("number"),
        by_hand=bool(kept.get("by_hand")),
    )


def _posts_in(passed: Iterable[Mapping[str, Any]]) -> list[dict[str, int]]:
    return [{"post": one["pk"]} for one in passed if one["what"] == "post"]


def _passed(one: Mapping[str, Any], names: Mapping[int, str]) -> PassedOver:
    name = names.get(one["pk"], "") if one["what"] == "post" else one["name"]
    code = PassedOverCode(one["code"])
    return PassedOver(one["what"], one["pk"], name, code, _values(one["values"]))


def _candidate(one: Mapping[str, Any], names: Mapping[int, str]) -> Candidate:
    why = one["why_not"]
    return Candidate(
        person=names.get(one["post"], ""),
        kind=one["kind"],
        place=one["place"],
        open_cases=one["open_cases"],
        on_duty=one["on_duty"],
        why_not=WhyNot(why) if why else None,
    )


def _values(kept: Mapping[str, str]) -> dict[str, Value]:
    """Return values as the rules gave them: days are days again."""
    return {
        name: date.fromisoformat(value) if name in _DAYS else value for name, value in kept.items()
    }
