"""The secret address of one's own duty calendar (值班订阅): made anew, taken away."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.models import Person
from hequan.roster.models import DutyFeed


def hash_of(token: str) -> str:
    """Return what is kept of an address."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_feed(*, person: Person, by: Account, at: datetime) -> str:
    """Return a new secret for the address of somebody's own calendar; the old one ends.

    It is told this once: only its hash is kept.
    """
    token = secrets.token_urlsafe(32)
    feed, _ = DutyFeed.objects.update_or_create(
        person=person, defaults={"token_hash": hash_of(token), "made_at": at}
    )
    record(verb="roster.feed_made", by=by, at=at, thing=feed)
    return token


@transaction.atomic
def end_feed(*, person: Person, by: Account, at: datetime) -> None:
    """Take the address away; whoever has it reads nothing from now on."""
    for feed in DutyFeed.objects.filter(person=person):
        record(verb="roster.feed_ended", by=by, at=at, thing=feed)
        feed.delete()
