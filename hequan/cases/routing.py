"""To whom a case goes (派单): one post out of those that answer, and every reason for it.

The responsibility list says who answers (roster); among several who do, whoever is on duty comes
before whoever is not, then whoever has fewest open cases, then the order of the list. Nothing is
decided without a reason that the pages can show, and a gap in the books sends the case to triage.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hequan.cases.kinds import TriageReason
from hequan.roster.answers import Answer, AnsweringPost, Outcome, PassedOver


class WhyNot(StrEnum):
    """Why a post that answers was not the one."""

    OFF_DUTY = "off_duty"
    BUSIER = "busier"
    LATER_IN_LIST = "later_in_list"


@dataclass(frozen=True)
class Candidate:
    """A post that might have got the case."""

    post: AnsweringPost
    open_cases: int
    on_duty: bool
    why_not: WhyNot | None = None


@dataclass(frozen=True)
class Route:
    """Where a case goes: to a post, to a body, or to triage with its reason."""

    answer: Answer
    post: AnsweringPost | None = None
    organisation: int | None = None
    triage: TriageReason | None = None
    candidates: tuple[Candidate, ...] = ()


def choose_post(answer: Answer, load: Mapping[int, int], on_duty: Collection[int]) -> Route:
    """Return the route for an answer; `load` is open cases by post, `on_duty` ids of persons."""
    if answer.outcome == Outcome.NOBODY:
        return Route(answer, triage=TriageReason.NOBODY_ANSWERS)
    if not answer.answerable:
        return Route(answer, organisation=answer.organisation)
    found = [
        Candidate(one, load.get(one.post, 0), one.person in on_duty) for one in answer.answerable
    ]
    best = min(found, key=_order)
    told = tuple(_told(one, best) for one in found)
    return Route(answer, best.post, best.post.organisation, candidates=told)


def _order(one: Candidate) -> tuple[bool, int]:
    return (not one.on_duty, one.open_cases)


def _told(one: Candidate, best: Candidate) -> Candidate:
    if one is best:
        return one
    if one.on_duty != best.on_duty:
        why = WhyNot.OFF_DUTY
    elif one.open_cases > best.open_cases:
        why = WhyNot.BUSIER
    else:
        why = WhyNot.LATER_IN_LIST
    return Candidate(one.post, one.open_cases, one.on_duty, why)


def as_kept(route: Route) -> dict[str, Any]:
    """Return the route as it is kept with the case, in plain JSON values.

    Posts are kept by id, never by the name of who holds them: erasing her leaves nothing here.
    """
    answer = route.answer
    return {
        "list": answer.list_id,
        "version": answer.list_version,
        "item": answer.item_id,
        "number": answer.item_number,
        "party": answer.party,
        "triage": route.triage,
        "reasons": [_plain(one.code, one.values) for one in answer.reasons],
        "passed_over": [
            _plain(one.code, one.values, what=one.what, pk=one.pk, name=_name(one))
            for one in answer.passed_over
        ],
        "candidates": [
            {
                "post": one.post.post,
                "kind": one.post.kind,
                "place": one.post.place_name,
                "open_cases": one.open_cases,
                "on_duty": one.on_duty,
                "why_not": one.why_not,
            }
            for one in route.candidates
        ],
    }


def _name(one: PassedOver) -> str:
    return "" if one.what == "post" else one.name


def _plain(code: str, values: Mapping[str, Any], **more: str | int) -> dict[str, Any]:
    told = {name: str(value) for name, value in values.items()}
    return {"code": str(code), "values": told, **more}
