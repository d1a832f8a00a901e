"""Posts begun, ended and handed over (任免与交接)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.people.models import Person
from hequan.roster.access import lacking_to_appoint, place_of
from hequan.roster.actions.post_grants import write_out_post
from hequan.roster.days import beginning_of, day_of
from hequan.roster.errors import (
    DayOrderError,
    EndedAlreadyError,
    GonePersonError,
    HeldAlreadyError,
    MoreThanOneHoldsError,
    OneselfError,
    SeatTakenError,
    WrongHeirError,
    WrongPlaceError,
)
from hequan.roster.kinds import HEADS, PostKind
from hequan.roster.models import Post
from hequan.roster.places import Place
from hequan.roster.post_capabilities import may_be_held_at
from hequan.roster.post_keys import NEWS
from hequan.roster.spans import holds_on


@transaction.atomic
def appoint_post(
    *,
    kind: PostKind,
    person: Person,
    place: Place,
    valid_from: date,
    valid_to: date | None = None,
    title: str = "",
    by: Account,
    at: datetime,
) -> Post:
    """Give a person a post at a place for a time, and what it allows if she has an account.

    Refused: oneself, a place of another kind, a second head, the same post twice, and a post that
    allows more than the appointer may do there.
    """
    refuse_appointment(kind=kind, person=person, place=place, by=by, at=at)
    if valid_to is not None and valid_to <= valid_from:
        raise DayOrderError(first=valid_from.isoformat())
    _lock(place, person)
    _refuse_overlap(kind, person, place, valid_from, valid_to)
    post = Post.objects.create(
        kind=kind,
        title=title,
        person=person,
        valid_from=valid_from,
        valid_to=valid_to,
        end_told_at=at if valid_to is not None and valid_to <= day_of(at) else None,
        **place.key,
    )
    after = {"kind": str(kind), "person": person.pk, str(place.kind): place.pk}
    after |= {"valid_from": valid_from.isoformat()}
    record(verb="roster.post_begun", by=by, at=at, thing=post, after=after)
    write_out_post(post=post, by=by, at=at)
    return post


def refuse_appointment(
    *, kind: PostKind, person: Person, place: Place, by: Account, at: datetime
) -> None:
    """Raise why this account may not give this person this post at this place, whenever it be."""
    if person.merged_into_id is not None or person.erased_at is not None:
        raise GonePersonError
    if person.account_id is not None and person.account_id == by.pk:
        raise OneselfError
    if not may_be_held_at(kind, place.kind, place.level):
        raise WrongPlaceError(place=place.name)
    lacking = lacking_to_appoint(by, kind, place, at)
    if lacking:
        raise MoreThanOneHoldsError(place=place.name, lacking=", ".join(map(str, lacking)))


def _lock(place: Place, person: Person) -> None:
    """Two appointments at one place or of one person wait for each other.

    Without keys' locks, so that rows that merely point there go on being written.
    """
    rows = type(place.row)._default_manager.select_for_update(no_key=True)
    rows.filter(pk=place.pk).first()
    Person.objects.select_for_update(no_key=True).filter(pk=person.pk).first()


def _refuse_overlap(
    kind: PostKind, person: Person, place: Place, first: date, until: date | None
) -> None:
    held = Post.objects.filter(kind=kind, **place.key).select_related("person")
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first))
    if until is not None:
        held = held.filter(valid_from__lt=until)
    mine = held.filter(person=person).first()
    if mine is not None:
        raise HeldAlreadyError(person=person.name, place=place.name)
    other = held.first() if kind in HEADS else None
    if other is not None:
        since = other.valid_from.isoformat()
        raise SeatTakenError(place=place.name, person=other.person.name, since=since)


@transaction.atomic
def end_post(*, post: Post, on: date, heir: Post | None = None, by: Account, at: datetime) -> Post:
    """End a post on its first day without it; its open work goes to the heir's post from then on.

    Without an heir the work stands in the lists of open duty, cases and pairs.
    """
    post = _locked(post)
    _refuse_end(post, on, at)
    if heir is not None and not _can_inherit(post, heir, on):
        raise WrongHeirError(on=on.isoformat())
    _end(post, on, heir, by, at)
    return post


def _refuse_end(post: Post, on: date, at: datetime) -> None:
    if post.valid_to is not None and (post.valid_to <= on or post.valid_to <= day_of(at)):
        raise EndedAlreadyError(on=post.valid_to.isoformat())
    if on <= post.valid_from:
        raise DayOrderError(first=post.valid_from.isoformat())


def _end(post: Post, on: date, heir: Post | None, by: Account, at: datetime) -> None:
    """Write the end; the news arrives when the day has come."""
    before = {"valid_to": post.valid_to.isoformat() if post.valid_to else None}
    post.valid_to, post.end_told_at = on, at
    post.save(update_fields=["valid_to", "end_told_at"])
    told = {"post": post.pk, "heir": heir.pk if heir else None, "on": on.isoformat()}
    tell(NEWS, told, max(at, beginning_of(on)))
    after = {"valid_to": on.isoformat(), "heir": told["heir"]}
    record(verb="roster.post_ended", by=by, at=at, thing=post, before=before, after=after)
    write_out_post(post=post, by=by, at=at)


def _locked(post: Post) -> Post:
    rows = Post.objects.select_for_update(no_key=True, of=("self",))
    found = rows.select_related("person__account", "unit", "station__unit", "organisation__unit")
    return found.get(pk=post.pk)


def _can_inherit(post: Post, heir: Post, on: date) -> bool:
    another = heir.pk != post.pk and heir.person_id != post.person_id
    return another and holds_on(heir.valid_from, heir.valid_to, on)


@transaction.atomic
def hand_over_post(*, post: Post, person: Person, on: date, by: Account, at: datetime) -> Post:
    """End a post and give it to another person from the same day on, with all its open work."""
    post = _locked(post)
    place = place_of(post)
    kind = PostKind(post.kind)
    refuse_appointment(kind=kind, person=person, place=place, by=by, at=at)
    if person.pk == post.person_id:
        raise WrongHeirError(on=on.isoformat())
    _refuse_end(post, on, at)
    _lock(place, person)
    holds = Post.objects.filter(kind=kind, person=person, **place.key, valid_from__lte=on)
    heir = holds.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).first()
    if heir is None:  # else a second worker of the same place takes over
        # the end is written first, so that the seat is free when the heir takes it
        Post.objects.filter(pk=post.pk).update(valid_to=on)
        heir = appoint_post(
            kind=kind,
            person=person,
            place=place,
            valid_from=on,
            valid_to=post.valid_to,
            title=post.title,
            by=by,
            at=at,
        )
    _end(post, on, heir, by, at)
    return heir
