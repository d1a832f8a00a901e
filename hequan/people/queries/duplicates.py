"""Rows that may be one person (疑似重复), found by number, name with birth, name with unit."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from django.db.models import Count, QuerySet

from hequan.core.kinds import Capability
from hequan.people.access import persons_visible
from hequan.people.kinds import Likelihood
from hequan.people.likeness import Likeness, Mark, likeness
from hequan.people.models import DistinctPair, MergeRecord, Person

MOST_GROUPS = 500
_MOST_IN_GROUP = 6
_ORDER = {Likelihood.SURE: 0, Likelihood.LIKELY: 1, Likelihood.ASK: 2}
_KEYS: tuple[tuple[str, ...], ...] = (("phone_match",), ("name", "born_on"), ("name", "unit"))


@dataclass(frozen=True)
class Candidate:
    """Two rows that may be one person: the one proposed to stay first, and why."""

    stays: Person
    goes: Person
    likeness: Likeness


def duplicate_candidates(user: object, at: datetime) -> list[Candidate]:
    """Return the pairs of people an account may merge that look like one, the surest first.

    At most MOST_GROUPS groups by each mark are looked at: merging those brings up the next.
    """
    mine = persons_visible(user, at, Capability.EDIT_PEOPLE)
    pairs: dict[tuple[int, int], Candidate] = {}
    for keys in _KEYS:
        for one, other in _pairs(mine, keys):
            found = likeness(_mark(one), _mark(other))
            if found is not None:
                pairs.setdefault((one.pk, other.pk), Candidate(*_in_order(one, other), found))
    for known in _kept_apart(pairs):
        pairs.pop(known, None)
    return sorted(pairs.values(), key=lambda pair: (_ORDER[pair.likeness.likelihood], pair.goes.pk))


def candidate_of(one: Person, other: Person) -> Candidate:
    """Return two rows somebody chose herself, compared; the one proposed to stay first."""
    found = likeness(_mark(one), _mark(other))
    return Candidate(*_in_order(one, other), found or Likeness(Likelihood.ASK, ()))


def mergers_seen(user: object, at: datetime, limit: int = 50) -> list[MergeRecord]:
    """Return the latest mergers into people the account may edit, those undone as well."""
    mine = persons_visible(user, at, Capability.EDIT_PEOPLE)
    found = MergeRecord.objects.filter(winner__in=mine.values("pk"))
    return list(found.select_related("winner__unit", "loser", "by").order_by("-at", "-pk")[:limit])


def merger_for(user: object, pk: int, at: datetime) -> MergeRecord | None:
    """Return a merger into somebody the account may edit."""
    mine = persons_visible(user, at, Capability.EDIT_PEOPLE)
    return MergeRecord.objects.filter(pk=pk, winner__in=mine.values("pk")).first()


def _pairs(mine: QuerySet[Person], keys: tuple[str, ...]) -> Iterator[tuple[Person, Person]]:
    known = mine.exclude(phone_match="") if keys == ("phone_match",) else mine
    for key in keys:
        known = known.exclude(**{f"{key}__isnull": True})
    counted = known.order_by().values(*keys).annotate(n=Count("pk")).filter(n__gt=1)
    groups = {tuple(row[key] for key in keys) for row in counted.order_by(*keys)[:MOST_GROUPS]}
    if not groups:
        return
    members: dict[tuple[Any, ...], list[Person]] = defaultdict(list)
    near = {f"{key}__in": {group[at] for group in groups} for at, key in enumerate(keys)}
    rows = known.filter(**near).select_related("unit").order_by("pk")
    for row in rows:
        group = tuple(getattr(row, "unit_id" if key == "unit" else key) for key in keys)
        if group in groups and len(members[group]) < _MOST_IN_GROUP:
            members[group].append(row)
    for same in members.values():
        yield from combinations(same, 2)


def _mark(row: Person) -> Mark:
    return Mark(row.name, row.pinyin, row.phone_match, row.born_on, row.unit_id, row.address)


def _in_order(one: Person, other: Person) -> tuple[Person, Person]:
    """Propose that the row with an account stays, else the older one."""
    first, second = sorted((one, other), key=lambda row: (row.account_id is None, row.pk))
    return first, second


def _kept_apart(pairs: dict[tuple[int, int], Candidate]) -> Iterator[tuple[int, int]]:
    lows = list({low for low, _high in pairs})
    for start in range(0, len(lows), 500):
        rows = DistinctPair.objects.filter(low__in=lows[start : start + 500])
        yield from rows.values_list("low_id", "high_id")
