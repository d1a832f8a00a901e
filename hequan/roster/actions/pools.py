"""Merged staff pools (人员合并使用): begun and ended, joined and left."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.models import Organisation, Person
from hequan.roster.errors import (
    DayOrderError,
    EndedAlreadyError,
    NameTakenError,
    PoolMemberAlreadyError,
)
from hequan.roster.models import Pool, PoolMember, Post
from hequan.stations.models import Station


@transaction.atomic
def begin_pool(*, name: str, station: Station, begun_on: date, by: Account, at: datetime) -> Pool:
    """Begin a pool at a station or centre; NameTakenError for a name that runs there."""
    try:
        with transaction.atomic():
            pool = Pool.objects.create(name=name, station=station, begun_on=begun_on)
    except IntegrityError:
        raise NameTakenError(station=station.name, name=name) from None
    after = {"name": name, "station": station.pk, "begun_on": begun_on.isoformat()}
    record(verb="roster.pool_begun", by=by, at=at, thing=pool, after=after)
    return pool


@transaction.atomic
def end_pool(*, pool: Pool, on: date, by: Account, at: datetime) -> None:
    """End a pool and everybody's place in it."""
    if pool.ended_on is not None:
        raise EndedAlreadyError(on=pool.ended_on.isoformat())
    pool.ended_on = on
    pool.save(update_fields=["ended_on"])
    for member in pool.members.filter(valid_to=None):
        _close(member, on)
    after = {"ended_on": on.isoformat()}
    record(verb="roster.pool_ended", by=by, at=at, thing=pool, after=after)


@transaction.atomic
def join_pool(
    *,
    pool: Pool,
    person: Person,
    home: Organisation | None,
    post: Post | None = None,
    valid_from: date,
    by: Account,
    at: datetime,
) -> PoolMember:
    """Take somebody into the pool, sent by her home body; once at a time."""
    if pool.ended_on is not None:
        raise EndedAlreadyError(on=pool.ended_on.isoformat())
    try:
        with transaction.atomic():
            member = PoolMember.objects.create(
                pool=pool, person=person, post=post, home=home, valid_from=valid_from
            )
    except IntegrityError:
        raise PoolMemberAlreadyError(person=person.name) from None
    after = {"pool": pool.pk, "person": person.pk, "home": home.pk if home else None}
    record(verb="roster.pool_joined", by=by, at=at, thing=member, after=after)
    return member


@transaction.atomic
def leave_pool(*, member: PoolMember, on: date, by: Account, at: datetime) -> None:
    """End somebody's place in the pool."""
    if member.valid_to is not None:
        raise EndedAlreadyError(on=member.valid_to.isoformat())
    if on < member.valid_from:
        raise DayOrderError(first=member.valid_from.isoformat())
    _close(member, on)
    after = {"valid_to": on.isoformat()}
    record(verb="roster.pool_left", by=by, at=at, thing=member, after=after)


def _close(member: PoolMember, on: date) -> None:
    member.valid_to = max(on, member.valid_from)
    member.save(update_fields=["valid_to"])
