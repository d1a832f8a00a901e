"""Merged staff pools as others read them (人员合署): which there are, who is in one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from hequan.roster.models import Pool, PoolMember


@dataclass(frozen=True)
class PoolRow:
    """One pool in a list."""

    pk: int
    name: str
    station_pk: int
    station: str
    members: int
    bodies: int
    begun_on: date
    ended_on: date | None


@dataclass(frozen=True)
class MemberRow:
    """Somebody in a pool and the body that sent her."""

    pk: int
    person: str
    post_kind: str
    home: str
    valid_from: date
    valid_to: date | None


def pools_listed(pools: QuerySet[Pool]) -> tuple[PoolRow, ...]:
    """Return pools with how many people of how many bodies are in them: one query."""
    now_in = Q(members__valid_to=None)
    counted = pools.select_related("station").annotate(
        people=Count("members", filter=now_in),
        bodies=Count("members__home", filter=now_in, distinct=True),
    )
    return tuple(
        PoolRow(
            *(one.pk, one.name, one.station_id, one.station.name, one.people, one.bodies),
            *(one.begun_on, one.ended_on),
        )
        for one in counted.order_by("ended_on", "station__unit__path", "name")
    )


def members_of(pool: Pool) -> tuple[MemberRow, ...]:
    """Return who is in the pool now, by body: one query."""
    rows = PoolMember.objects.filter(pool=pool, valid_to=None)
    return tuple(
        MemberRow(
            row.pk,
            row.person.name,
            row.post.kind if row.post else "",
            row.home.name if row.home else "",
            row.valid_from,
            row.valid_to,
        )
        for row in rows.select_related("person", "post", "home").order_by("home__name", "pk")
    )
