"""Posts written out as grants (岗位授权): what a post allows, from its first day to its last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from hequan.core.accounts import Account
from hequan.core.grants import Grant, end_grants, forget_grants, give_grants
from hequan.core.kinds import Capability
from hequan.people.models import Person
from hequan.roster.access import place_of
from hequan.roster.days import beginning_of, day_of
from hequan.roster.models import Post
from hequan.roster.post_capabilities import capabilities_of_kind

_SOURCE = "roster.post/"
_BATCH = 500


def source_of(post_pk: int) -> str:
    """Return the name under which the grants of a post are kept."""
    return f"{_SOURCE}{post_pk}"


@dataclass(frozen=True)
class _Wanted:
    """The grants a post should have; all of them begin and end together."""

    account: int
    path: str
    organisation: int | None
    capabilities: frozenset[str]
    begins_at: datetime
    ends_at: datetime | None

    def are(self, grants: list[Grant]) -> bool:
        """Tell whether these grants are just that; the beginning of running ones is history."""
        return {one.capability for one in grants} == self.capabilities and all(
            (one.account_id, one.path, one.organisation, one.valid_to)
            == (self.account, self.path, self.organisation, self.ends_at)
            for one in grants
        )


@transaction.atomic
def write_out_post(*, post: Post, by: Account, at: datetime) -> bool:
    """Make the grants of one post what they should be; tell whether anything changed."""
    open_ones = list(_open_grants(at).filter(source=source_of(post.pk)))
    return _settle(post, open_ones, by, at)


@transaction.atomic
def write_out_grants(*, person: Person, by: Account, at: datetime) -> int:
    """Write out all posts of a person, who may have got an account just now; return how many."""
    return _settle_all(_in_force(at).filter(person=person), by, at)


@transaction.atomic
def mend_grants(*, by: Account, at: datetime, path: str = "") -> int:
    """Compare all posts with their grants and mend what differs; return how many posts did.

    With a path only the posts in that part. Units that move take the reach of their posts along,
    and a post whose row is gone or ended loses what is left of its grants.
    """
    posts = _in_force(at).filter(person__account__isnull=False)
    if path:
        inside = Q(unit__path__startswith=path) | Q(station__unit__path__startswith=path)
        return _settle_all(posts.filter(inside), by, at)
    return _settle_all(posts, by, at) + _end_leftovers(by, at)


def _in_force(at: datetime) -> QuerySet[Post]:
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=day_of(at))
    return Post.objects.filter(running).select_related(
        "person__account", "unit", "station__unit", "organisation__unit"
    )


def _open_grants(at: datetime) -> QuerySet[Grant]:
    return Grant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at))


def _settle_all(posts: Iterable[Post], by: Account, at: datetime) -> int:
    rows = list(posts)
    changed = 0
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        by_source: dict[str, list[Grant]] = {}
        for grant in _open_grants(at).filter(source__in=[source_of(one.pk) for one in batch]):
            by_source.setdefault(grant.source, []).append(grant)
        changed += sum(_settle(one, by_source.get(source_of(one.pk), []), by, at) for one in batch)
    return changed


def _settle(post: Post, open_ones: list[Grant], by: Account, at: datetime) -> bool:
    wanted = _wanted(post, at)
    if wanted is None and not open_ones:
        return False
    if wanted is not None and wanted.are(open_ones):
        return False
    if open_ones:
        end_grants(source=source_of(post.pk), by=by, at=at)
    account = post.person.account
    if wanted is not None and account is not None:
        give_grants(
            account=account,
            capabilities=[Capability(one) for one in sorted(wanted.capabilities)],
            path=wanted.path,
            organisation=wanted.organisation,
            source=source_of(post.pk),
            begins_at=wanted.begins_at,
            ends_at=wanted.ends_at,
            by=by,
            at=at,
        )
    if account is not None:
        forget_grants(account)
    return True


def _wanted(post: Post, at: datetime) -> _Wanted | None:
    given = capabilities_of_kind(post.kind)
    ended = post.valid_to is not None and post.valid_to <= day_of(at)
    if not given or ended or post.person.account_id is None:
        return None
    place = place_of(post)
    return _Wanted(
        account=post.person.account_id,
        path="" if place.organisation is not None else place.path,
        organisation=place.organisation,
        capabilities=frozenset(str(one) for one in given),
        begins_at=max(at, beginning_of(post.valid_from)),
        ends_at=beginning_of(post.valid_to) if post.valid_to else None,
    )


def _end_leftovers(by: Account, at: datetime) -> int:
    """End grants of posts that are gone or have ended."""
    sources = set(
        _open_grants(at).filter(source__startswith=_SOURCE).values_list("source", flat=True)
    )
    numbers = {int(one.removeprefix(_SOURCE)): one for one in sources}
    alive = set(_in_force(at).filter(pk__in=numbers).values_list("pk", flat=True))
    gone = [source for pk, source in sorted(numbers.items()) if pk not in alive]
    for source in gone:
        end_grants(source=source, by=by, at=at)
    return len(gone)
