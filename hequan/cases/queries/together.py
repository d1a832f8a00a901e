"""Who waits for one answer (同一事项的人): the asker, who follows, who asked what was merged."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from hequan.cases.models import Case, Follower, JointRating, Rating
from hequan.cases.moves import MoveName
from hequan.cases.queries.course import Step, public_course
from hequan.cases.queries.near import released_words
from hequan.cases.queries.status import MAY_BE_JUDGED, Link, Status, status_of
from hequan.cases.voices import Voice
from hequan.cases.without_numbers import STARS, without_numbers

# what says something of one asker alone
_HERS = {
    *("open", MoveName.CONTACT, MoveName.RATE_GOOD, MoveName.RATE_BAD),
    *(MoveName.TAKE_UP, MoveName.LET_GO),
}


def followers_of(case: Case) -> QuerySet[Follower]:
    """Return who follows a case, or one that was merged into it."""
    return Follower.objects.filter(Q(case=case) | Q(case__lead=case))


def others_of(case: Case) -> int:
    """Return how many wait for the answer beside the asker: two queries."""
    return followers_of(case).count() + case.merged.count()


def all_have_judged(case: Case) -> bool:
    """Tell whether everybody who waits for this answer has judged it."""
    others = others_of(case)
    said = Rating.objects.filter(case=case, round=case.reopened_times).count()
    if others:
        here = Q(follower__in=followers_of(case)) | Q(merged__lead=case)
        rows = JointRating.objects.filter(here, case=case, round=case.reopened_times)
        said += rows.count()
    return said >= others + 1


@dataclass(frozen=True)
class Joined:
    """What a case of the board has to do with others, and who follows it."""

    lead: Case | None
    merged: tuple[Case, ...]
    whole: Case | None
    parts: tuple[Case, ...]
    followers: tuple[Follower, ...]
    ratings: tuple[JointRating, ...]


def joined_of(case: Case) -> Joined:
    """Return the cases joined to a case, and its followers: at most six queries."""
    ratings = JointRating.objects.filter(case=case).order_by("-pk")
    return Joined(
        lead=case.lead,
        merged=tuple(case.merged.order_by("pk")),
        whole=case.split_from,
        parts=tuple(case.parts.order_by("pk")),
        followers=tuple(followers_of(case).order_by("pk")),
        ratings=tuple(ratings),
    )


def status_for(voice: Voice, at: datetime) -> Status:
    """Return what whoever holds a link may know: of her own all, of others' what is public."""
    base = status_of(voice.lead, at)
    if voice.is_the_askers:
        others = others_of(voice.lead)
        return replace(
            base,
            others=others,
            may_withdraw=base.may_withdraw and not others,
            **_split(voice.case),
        )
    names = _names(voice.lead)
    rated = voice.rated()
    shared = replace(
        base,
        link=voice.link,
        number=voice.case.number,
        answer=_for_others(base.answer, names),
        ground=_for_others(base.ground, names),
        is_rated=rated,
        may_rate=voice.lead.state in MAY_BE_JUDGED and not rated,
        may_withdraw=False,
        steps=_steps(voice, names),
        handled_under=voice.lead.number if voice.lead.pk != voice.case.pk else "",
    )
    return _as_follower(voice, shared, at) if voice.follower else _as_merged(voice, shared, at)


def _as_merged(voice: Voice, shared: Status, at: datetime) -> Status:
    """Her own words and place, the course of both."""
    own = status_of(voice.case, at)
    return replace(
        shared,
        matter=own.matter or shared.matter,
        unit=own.unit,
        place_words=own.place_words,
        words=own.words,
        opened_at=own.opened_at,
        **_split(voice.case),
    )


def _as_follower(voice: Voice, shared: Status, at: datetime) -> Status:
    follower, case = voice.follower, voice.case
    assert follower is not None
    return replace(
        shared,
        unit=case.unit.name,
        words=follower.words,
        reported=released_words(case),
        place_words="",
        opened_at=follower.since,
        reopens_until=None,
        is_follower=True,
    )


def _steps(voice: Voice, names: list[str]) -> tuple[Step, ...]:
    """Return the public steps of both, in order, without those of another asker alone."""
    own = public_course(voice.case)
    if voice.follower is not None:
        own = _public(own, names)
    if voice.lead.pk == voice.case.pk:
        return own
    both = (*own, *_public(public_course(voice.lead), names))
    return tuple(sorted(both, key=lambda step: step.at))


def _public(steps: tuple[Step, ...], names: list[str]) -> tuple[Step, ...]:
    return tuple(
        replace(step, words=_for_others(step.words, names))
        for step in steps
        if step.move not in _HERS
    )


def _for_others(words: str, names: list[str]) -> str:
    """Return words written to one asker as the others read them: without her name and numbers."""
    for name in names:
        if len(name.strip()) > 1:
            words = words.replace(name.strip(), STARS)
    return without_numbers(words)


def _names(case: Case) -> list[str]:
    return [case.contact_name, case.asker.name if case.asker else ""]


def _split(case: Case) -> dict[str, Any]:
    """Return the cases a case was split into, and from which: they are one asker's."""
    parts = case.parts.order_by("pk").values_list("number", "link")
    whole = [case.split_from] if case.split_from else []
    return {
        "parts": tuple(Link(*one) for one in parts),
        "split_from": tuple(Link(one.number, one.link) for one in whole),
    }
