"""Dry run of a responsibility list (清单试算): which cases another list would send elsewhere.

Both lists are asked as of one day, by the rules that route (roster answers, `routing.choose_post`),
so that what differs is the list and nothing else: not who has changed posts since, not the load.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from hequan.cases.routing import choose_post
from hequan.roster.answers import Answer
from hequan.roster.matters import MatterRow
from hequan.roster.responsibilities import ItemFacts, ListFacts, PartyFacts, PartyRole

Key = TypeVar("Key", str, int)
Pair = tuple[str, int]  # code of a matter, id of a unit


@dataclass(frozen=True)
class Goes:
    """Where an answer sends a case: to a post, to a body, or to triage; and by which item."""

    person: str = ""
    post_kind: str = ""
    place: str = ""
    body: str = ""
    party: str = ""
    item: int | None = None

    @property
    def is_nobody(self) -> bool:
        """Tell whether it would wait for the dispatcher."""
        return not self.person and not self.body


@dataclass(frozen=True)
class Turn:
    """What one kind of matter in one unit would do: from where, to where, how many cases."""

    pair: Pair
    before: Goes
    after: Goes
    cases: int


def codes_touched(
    old: ListFacts | None, new: ListFacts, matters: Mapping[str, MatterRow]
) -> frozenset[str]:
    """Return the matters of which two lists of one unit say who answers in other ways.

    Of the others both give the same answer everywhere, so nobody need be asked.
    """
    return frozenset(
        code for code, matter in matters.items() if _said_of(old, matter) != _said_of(new, matter)
    )


def _said_of(sheet: ListFacts | None, matter: MatterRow) -> tuple[object, ...]:
    """Return what a list says of a matter, whatever keys and words its rows have."""
    if sheet is None:
        return ()
    fits = [(item, item.matter_rank(matter)) for item in sheet.items]
    return tuple(
        (item.number, rank, item.place_kinds, _answerable_in(sheet, item))
        for item, rank in fits
        if rank is not None
    )


def _answerable_in(sheet: ListFacts, item: ItemFacts) -> tuple[PartyFacts, ...]:
    named = item.parties_with(PartyRole.ANSWERABLE)
    return tuple(replace(sheet.party_of[key], key=0, name="") for key in named)


def goes_to(answer: Answer) -> Goes:
    """Return where an answer sends a case while everybody has the same load."""
    route = choose_post(answer, {}, ())
    post = route.post
    return Goes(
        person=post.person_name if post else "",
        post_kind=post.kind if post else "",
        place=post.place_name if post else "",
        body="" if post else answer.organisation_name,
        party=answer.party,
        item=answer.item_number,
    )


def turned(
    cases: Mapping[Pair, int], before: Mapping[Pair, Answer], after: Mapping[Pair, Answer]
) -> list[Turn]:
    """Return the pairs whose cases would go to others, most cases first.

    Among several posts that answer, load decides on the day: only other posts are a difference.
    """
    found = [
        Turn(pair, goes_to(before[pair]), goes_to(after[pair]), count)
        for pair, count in cases.items()
        if _receivers(before[pair]) != _receivers(after[pair])
    ]
    return sorted(found, key=lambda one: (-one.cases, one.pair))


def _receivers(answer: Answer) -> tuple[frozenset[int], int | None]:
    posts = frozenset(one.post for one in answer.answerable)
    return posts, None if posts else answer.organisation


def by_class(turns: Iterable[Turn]) -> list[tuple[str, int]]:
    """Return how many cases of each class would go elsewhere, most first."""
    return _counted((one.pair[0], one.cases) for one in turns)


def by_unit(turns: Iterable[Turn]) -> list[tuple[int, int]]:
    """Return how many cases of each unit would go elsewhere, most first."""
    return _counted((one.pair[1], one.cases) for one in turns)


def _counted(counts: Iterable[tuple[Key, int]]) -> list[tuple[Key, int]]:
    found: Counter[Key] = Counter()
    for key, number in counts:
        found[key] += number
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))
