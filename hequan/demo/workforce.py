"""Who works in the demo's year (演示人手): an account for whoever holds a post and acts.

Nobody can sign in with these accounts: they have no password. Their holders read what they are
told on the board, so that no text waits for each of forty thousand cases.
"""

from datetime import datetime

from django.db import transaction

from hequan.cases.actions.placing import at_work
from hequan.cases.models import Case
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.versions import once
from hequan.people.actions import tie_account
from hequan.people.actions.deliveries import ChosenDelivery, choose_delivery
from hequan.people.kinds import Channel
from hequan.people.message_templates import LANGUAGES
from hequan.people.models import Person
from hequan.roster.days import day_of
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post
from hequan.territory.paths import ids_in

_TOLD = (
    PostKind.GRID_HEAD,
    PostKind.COMMITTEE_SECRETARY,
    PostKind.COMMITTEE_WORKER,
    PostKind.LIAISON,
    PostKind.DEPARTMENT_OFFICER,
    PostKind.TOWN_OFFICER,
)
_WALKERS = (PostKind.GRID_WORKER, PostKind.GRID_PART_TIMER, PostKind.GRID_HEAD)
_CLERK = PostKind.STATION_CLERK
_NO_TEXTS = ChosenDelivery(LANGUAGES[0], None, None, None, {Channel.SMS: False}, {})


class Workforce:
    """The posts of the town and the accounts of their holders, opened when they first act."""

    def __init__(self, *, officer: Account, clerk: Account, by: Account) -> None:
        self.officer, self.by, self._clerk = officer, by, clerk
        rows = Post.objects.filter(valid_to=None, kind__in={*_TOLD, *_WALKERS, _CLERK})
        posts = list(rows.select_related("person__account").order_by("pk"))
        self._posts = {post.pk: post for post in posts}
        self._told = [post for post in posts if post.kind in _TOLD]
        self._clerks = [post for post in posts if post.kind == _CLERK]
        self._accounts = {p.person_id: p.person.account for p in posts if p.person.account}
        self._walkers = {p.unit_id: p for p in reversed(posts) if p.kind in _WALKERS}
        self._committee: dict[int | None, list[Post]] = {}
        for post in posts:
            if post.kind == PostKind.COMMITTEE_WORKER:
                self._committee.setdefault(post.unit_id, []).append(post)

    @transaction.atomic
    def open_accounts(self, at: datetime) -> None:
        """Open the accounts of all whom cases come to, so that none of them waits for texts."""
        for post in self._told:
            self.account_of(post.person, at)

    def account_of(self, person: Person, at: datetime) -> Account:
        """Return somebody's account; it is opened, without a password, where she has none."""
        if (known := self._accounts.get(person.pk)) is not None:
            return known
        fresh = Person.objects.select_related("account").get(pk=person.pk)
        account = fresh.account or self._opened(fresh, at)
        self._accounts[person.pk] = account
        return account

    def _opened(self, person: Person, at: datetime) -> Account:
        account = Account.objects.create_user(f"post-{person.pk}", None, person.name)
        record(verb="demo.account_opened", by=self.by, at=at, thing=account)
        tie_account(person=person, account=account, by=self.by, at=at)
        choose_delivery(receiver=person, chosen=_NO_TEXTS, by=self.by, at=at)
        return account

    def handler(self, case: Case, at: datetime) -> Account:
        """Return who handles a case: the holder of its post, or who stands in for her."""
        post = self._post(case.post_id)
        if post is None:
            return self.officer
        person = once(("demo_at_work", post.pk, day_of(at)), lambda: at_work(post, at))
        return self.account_of(person, at)

    def _post(self, pk: int | None) -> Post | None:
        if pk is not None and pk not in self._posts:
            self._posts[pk] = Post.objects.select_related("person").get(pk=pk)
        return None if pk is None else self._posts[pk]

    def clerk(self, drawn: int, at: datetime) -> Account:
        """Return a clerk at a counter."""
        if not self._clerks:
            return self._clerk
        return self.account_of(self._clerks[drawn % len(self._clerks)].person, at)

    def walker(self, unit: int, at: datetime) -> Account:
        """Return who walks a micro-grid."""
        post = self._walkers.get(unit)
        return self._clerk if post is None else self.account_of(post.person, at)

    def other_post(self, case: Case, drawn: int) -> Post | None:
        """Return a worker's post of the committee a case lies in, another than the case's own."""
        for unit in reversed(ids_in(case.unit.path)):
            posts = [one for one in self._committee.get(unit, []) if one.pk != case.post_id]
            if posts:
                return posts[drawn % len(posts)]
        return self._anywhere(case)

    def _anywhere(self, case: Case) -> Post | None:
        held = Post.objects.filter(valid_to=None).exclude(kind=PostKind.GRID_HELPER)
        others = held if case.post_id is None else held.exclude(pk=case.post_id)
        near = others.filter(unit__in=ids_in(case.unit.path)).order_by("pk").first()
        return near or others.order_by("pk").first()
