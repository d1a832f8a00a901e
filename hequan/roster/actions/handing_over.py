"""Handing over inside the roster (交接): duty, pairs and pool places of a post that has ended.

What no heir takes stands open: duty without a person, pairs without a mentor. Nothing is left with
somebody who is gone, and doing it again changes nothing.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.roster.actions.duty_patterns import place_person
from hequan.roster.days import beginning_of
from hequan.roster.kinds import MentoringResult
from hequan.roster.models import DutyPattern, DutySlot, Mentoring, PoolMember, Post


@transaction.atomic
def hand_over_work(
    *, post: Post, heir: Post | None, on: date, by: Account, at: datetime
) -> dict[str, int]:
    """Move what hangs on an ended post to the heir's post, or leave it open; return the counts.

    A post that has not ended by that day after all keeps everything.
    """
    if post.valid_to is None or post.valid_to > on:
        return {}
    moved = {
        "patterns": _move_patterns(post, heir),
        "duties": _move_slots(post, heir, on),
        "pairs": _move_pairs(post, heir, on),
        "pools": _move_pool_places(post, heir, on),
    }
    if any(moved.values()):
        after = moved | {"heir": heir.pk if heir else 0}
        record(verb="roster.work_handed_over", by=by, at=at, thing=post, after=after)
    return moved


def _own(post: Post) -> Q:
    """Rows of this post, and rows of its holder at its place that name no post.

    The latter stay with somebody who holds another post at the same place.
    """
    where = {"unit": post.unit_id} if post.unit_id else {"station": post.station_id}
    if post.organisation_id is not None:
        return Q(post=post)
    others = Post.objects.filter(person=post.person_id, valid_to=None, **where).exclude(pk=post.pk)
    if others.exists():
        return Q(post=post)
    return Q(post=post) | Q(post=None, person=post.person_id, **where)


def _move_patterns(post: Post, heir: Post | None) -> int:
    rows = DutyPattern.objects.filter(_own(post))
    return rows.update(post=heir, person=heir.person_id if heir else None)


def _move_slots(post: Post, heir: Post | None, on: date) -> int:
    coming: QuerySet[DutySlot] = DutySlot.objects.filter(
        _own(post), cancelled_at=None, starts_at__gte=beginning_of(on)
    )
    count = 0
    for slot in coming.order_by("starts_at", "pk"):
        slot.post = heir
        stood_in = slot.person_id is not None and slot.person_id != post.person_id
        slot.stands_for = None
        if not stood_in:
            slot.person = None
            if heir is not None:
                place_person(slot, heir.person_id)
        slot.save(update_fields=["post", "person", "stands_for"])
        count += 1
    return count


def _move_pairs(post: Post, heir: Post | None, on: date) -> int:
    """A learner who leaves ends the pair; a mentor who leaves hands the learner to the heir."""
    left = Mentoring.objects.filter(learner=post, ended_on=None)
    count = left.update(ended_on=on, result=MentoringResult.LEFT)
    for pair in Mentoring.objects.filter(mentor=post, ended_on=None):
        pair.mentor = heir if _can_mentor(heir, pair) else None
        pair.save(update_fields=["mentor"])
        count += 1
    return count


def _can_mentor(heir: Post | None, pair: Mentoring) -> bool:
    if heir is None or heir.pk == pair.learner_id or heir.person_id == pair.learner.person_id:
        return False
    there = Mentoring.objects.filter(mentor=heir, learner=pair.learner_id, ended_on=None)
    return not there.exists()


def _move_pool_places(post: Post, heir: Post | None, on: date) -> int:
    count = 0
    for member in PoolMember.objects.filter(post=post, valid_to=None):
        member.valid_to = max(on, member.valid_from)
        member.save(update_fields=["valid_to"])
        count += 1
        if heir is not None:
            _join(member, heir, member.valid_to)
    return count


def _join(member: PoolMember, heir: Post, on: date) -> None:
    try:
        with transaction.atomic():
            PoolMember.objects.create(
                pool_id=member.pool_id,
                person_id=heir.person_id,
                post=heir,
                home_id=member.home_id,
                valid_from=on,
            )
    except IntegrityError:
        return  # she is in the pool already
