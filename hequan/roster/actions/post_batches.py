"""Many posts at once (批量任职): what an import writes, checked like a single appointment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.models import Person
from hequan.roster.access import lacking_to_appoint
from hequan.roster.actions.post_grants import write_out_post
from hequan.roster.days import day_of
from hequan.roster.errors import (
    HeldAlreadyError,
    MoreThanOneHoldsError,
    OneselfError,
    SeatTakenError,
    WrongPlaceError,
)
from hequan.roster.kinds import PlaceKind, PostKind
from hequan.roster.models import Post
from hequan.roster.places import Place
from hequan.roster.post_capabilities import may_be_held_at
from hequan.roster.seats import Seat, Seats

_BATCH = 1000


@dataclass(frozen=True)
class PostFacts:
    """What is said of one post."""

    kind: PostKind
    person: Person
    place: Place
    valid_from: date
    valid_to: date | None = None
    title: str = ""

    @property
    def seat(self) -> Seat:
        """Return the seat it would take."""
        place = (str(self.place.kind), self.place.pk)
        return Seat(self.kind, place, self.person.pk, self.valid_from, self.valid_to)


def seats_at(places: Iterable[Place]) -> Seats:
    """Return who holds what at these places: one query per kind of place and thousand places."""
    found: list[Seat] = []
    ids: dict[PlaceKind, set[int]] = {}
    for place in places:
        ids.setdefault(place.kind, set()).add(place.pk)
    for kind, wanted in ids.items():
        listed = sorted(wanted)
        for start in range(0, len(listed), _BATCH):
            rows = Post.objects.filter(**{f"{kind}__in": listed[start : start + _BATCH]})
            named = ("kind", f"{kind}_id", "person_id", "valid_from", "valid_to", "pk")
            found += [
                Seat(post, (str(kind), at), person, first, until, pk)
                for post, at, person, first, until, pk in rows.values_list(*named)
            ]
    return Seats(found)


@transaction.atomic
def appoint_posts(*, facts: Sequence[PostFacts], by: Account, at: datetime) -> int:
    """Give many people their posts, all or none; one entry in the trail tells how many.

    Refuses what `appoint_post` refuses. Grants are written for those who have an account.
    """
    _refuse_any(facts, by, at)
    seats = seats_at(one.place for one in facts)
    for one in facts:
        _take(seats, one)
    today = day_of(at)
    rows = [
        Post(
            kind=one.kind,
            title=one.title,
            person=one.person,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            end_told_at=at if one.valid_to is not None and one.valid_to <= today else None,
            **one.place.key,
        )
        for one in facts
    ]
    Post.objects.bulk_create(rows, batch_size=_BATCH)
    for row in rows:
        if row.person.account_id is not None:
            write_out_post(post=row, by=by, at=at)
    if rows:
        after = {"posts": len(rows)}
        record(verb="roster.posts_begun", by=by, at=at, thing=rows[0], after=after)
    return len(rows)


def _refuse_any(facts: Sequence[PostFacts], by: Account, at: datetime) -> None:
    asked: set[tuple[PostKind, str, int]] = set()
    for one in facts:
        if one.person.account_id is not None and one.person.account_id == by.pk:
            raise OneselfError
        key = (one.kind, str(one.place.kind), one.place.pk)
        if key in asked:
            continue
        asked.add(key)
        if not may_be_held_at(one.kind, one.place.kind, one.place.level):
            raise WrongPlaceError(place=one.place.name)
        if lacking_to_appoint(by, one.kind, one.place, at):
            raise MoreThanOneHoldsError(place=one.place.name)


def _take(seats: Seats, facts: PostFacts) -> None:
    if seats.same_as(facts.seat) is not None:
        raise HeldAlreadyError(person=facts.person.name, place=facts.place.name)
    rival = seats.rival_of(facts.seat)
    if rival is not None:
        holder = Person.objects.get(pk=rival.person).name
        since = rival.first.isoformat()
        raise SeatTakenError(place=facts.place.name, person=holder, since=since)
    seats.take(facts.seat)
