"""Following a merger or split of units, or of persons (随变更): posts and duty go along."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.people.models import Person
from hequan.roster.actions.post_grants import mend_grants, write_out_grants, write_out_post
from hequan.roster.days import beginning_of, day_of
from hequan.roster.kinds import HEADS
from hequan.roster.models import DutyPattern, DutySlot, PoolMember, Post, Registration
from hequan.roster.post_keys import NEWS
from hequan.territory.heirs import Heirs
from hequan.territory.models import Unit


@transaction.atomic
def move_posts_to_heirs(*, heirs: Heirs, by: Account, at: datetime) -> None:
    """Give the posts, duty and registrations of ended units to their heir.

    Where two heads meet, the one longest in office stays and takes over from the other; somebody
    who held the same post in both units holds it once. Doing it again changes nothing.
    """
    if not heirs.units:
        return
    heir = heirs.units[0]
    Unit.objects.select_for_update(no_key=True).filter(pk=heir.pk).first()
    today = day_of(at)
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    posts = Post.objects.filter(running, unit__in=heirs.ended).select_related("person__account")
    for post in posts.order_by("valid_from", "pk"):
        stayer = _stayer(post, heir)
        if stayer is None:
            _move(post, heir, by, at)
        else:
            _yield_to(post, stayer, today, by, at)
    coming = DutySlot.objects.filter(unit__in=heirs.ended, starts_at__gte=beginning_of(today))
    coming.update(unit=heir)
    DutyPattern.objects.filter(running, unit__in=heirs.ended).update(unit=heir)
    _move_registrations(heirs, heir, at)
    mend_grants(by=by, at=at, path=heir.path)


def _stayer(post: Post, heir: Unit) -> Post | None:
    """The post at the heir that leaves no room for this one."""
    there = Post.objects.filter(kind=post.kind, unit=heir)
    there = there.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=post.valid_from))
    if post.valid_to is not None:
        there = there.filter(valid_from__lt=post.valid_to)
    if post.kind not in HEADS:
        there = there.filter(person=post.person_id)
    return there.order_by("valid_from", "pk").first()


def _move(post: Post, heir: Unit, by: Account, at: datetime) -> None:
    before, after = {"unit": post.unit_id}, {"unit": heir.pk}
    post.unit = heir
    post.save(update_fields=["unit"])
    record(verb="roster.post_followed", by=by, at=at, thing=post, before=before, after=after)


def _yield_to(post: Post, stayer: Post, today: date, by: Account, at: datetime) -> bool:
    """End the post and tell its heir: today, or where it has just begun, tomorrow."""
    end = max(today, post.valid_from + timedelta(days=1))
    if post.valid_to is not None and post.valid_to <= end:
        return False  # it ends by itself as soon
    post.valid_to, post.end_told_at = end, at
    post.save(update_fields=["valid_to", "end_told_at"])
    told = {"post": post.pk, "heir": stayer.pk, "on": end.isoformat()}
    tell(NEWS, told, max(at, beginning_of(end)))
    after = {"valid_to": end.isoformat(), "heir": stayer.pk}
    record(verb="roster.post_ended", by=by, at=at, thing=post, after=after)
    write_out_post(post=post, by=by, at=at)
    return True


def _move_registrations(heirs: Heirs, heir: Unit, at: datetime) -> None:
    """A unit registered in both areas is registered once in their heir."""
    rows = Registration.objects.filter(area__in=heirs.ended, ended_at=None)
    there: set[int | None] = set(
        Registration.objects.filter(area=heir, ended_at=None).values_list(
            "organisation_id", flat=True
        )
    )
    for row in rows.order_by("registered_at", "pk"):
        if row.organisation_id in there:
            row.ended_at = at
        else:
            there.add(row.organisation_id)
            row.area = heir
        row.save(update_fields=["area", "ended_at"])


@transaction.atomic
def settle_merged_person(
    *, person: Person, left: Person | None = None, by: Account, at: datetime
) -> int:
    """End posts that somebody holds twice since her two entries became one; return how many.

    The longer one stays and takes over the work of the other. What could not move from the entry
    left behind, since it clashed, is opened (duty) or ended.
    """
    today = day_of(at)
    if left is not None:
        _clear(left, person, at)
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    posts = Post.objects.filter(running, person=person).select_related("person__account")
    seen: dict[tuple[object, ...], Post] = {}
    doubled = 0
    for post in posts.order_by("valid_from", "pk"):
        key = (post.kind, post.unit_id, post.station_id, post.organisation_id)
        if key in seen:
            doubled += _yield_to(post, seen[key], today, by, at)
        seen.setdefault(key, post)
    write_out_grants(person=person, by=by, at=at)
    return doubled


def _clear(left: Person, person: Person, at: datetime) -> None:
    coming = DutySlot.objects.filter(person=left, cancelled_at=None, starts_at__gte=at)
    coming.update(person=None, stands_for=person)
    Registration.objects.filter(person=left, ended_at=None).update(ended_at=at)
    for member in PoolMember.objects.filter(person=left, valid_to=None):
        member.valid_to = max(day_of(at), member.valid_from)
        member.save(update_fields=["valid_to"])
