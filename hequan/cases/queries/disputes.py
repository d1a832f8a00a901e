"""Reading mediation records: lists without names, one record opened, counts of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from hequan.cases.access import cases_visible
from hequan.cases.dispute_access import disputes_visible
from hequan.cases.dispute_kinds import HANDED_ON, OPEN_DISPUTES, DisputeState, Ending, MemberRole
from hequan.cases.models import (
    Case,
    Dispute,
    DisputeMember,
    DisputeTerm,
    DisputeVisit,
)
from hequan.cases.queries.places import town_of
from hequan.core.accounts import Account
from hequan.core.grants import EVERYWHERE, Grant, inside
from hequan.core.kinds import Capability
from hequan.roster.days import beginning_of, day_of
from hequan.roster.models import Post
from hequan.roster.queries import posts_in_force
from hequan.territory.models import Unit
from hequan.territory.paths import paths_to

MOST_MEDIATORS = 400


@dataclass(frozen=True)
class DisputeLine:
    """A record on a list: nothing of anybody."""

    pk: int
    number: str
    kind: str
    state: str
    ending: str
    unit: str
    opened_at: datetime
    due_on: date | None
    is_late: bool


@dataclass(frozen=True)
class Party:
    """A party as those in the record read it; keys where she or it is known here."""

    name: str
    person: int | None
    organisation: int | None


@dataclass(frozen=True)
class Member:
    """Somebody in a record; `until` is None for those still in it."""

    name: str
    role: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Session:
    """A session, opened."""

    held_at: datetime
    place: str
    present: str
    said: str
    by: str


@dataclass(frozen=True)
class Term:
    """A term, opened."""

    pk: int
    words: str
    due_on: date
    kept_on: date | None
    is_late: bool


@dataclass(frozen=True)
class Visit:
    """A follow-up visit, opened."""

    pk: int
    due_on: date
    visited_on: date | None
    said: str
    is_late: bool


@dataclass(frozen=True)
class DisputeStepLine:
    """A step of a record, opened."""

    move: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True)
class DisputeTold:
    """A record, opened for those in it."""

    words: str
    agreement: str
    parties: tuple[Party, ...]
    members: tuple[Member, ...]
    sessions: tuple[Session, ...]
    terms: tuple[Term, ...]
    visits: tuple[Visit, ...]
    steps: tuple[DisputeStepLine, ...]
    case_number: str  # where the reader may open the case too


def dispute_lines(user: object, at: datetime, *, closed: bool = False) -> QuerySet[Dispute]:
    """Return the records an account is in, what is due first at the top; for `as_line`."""
    states = (DisputeState.CLOSED,) if closed else OPEN_DISPUTES
    rows = disputes_visible(user, at).filter(state__in=states).select_related("unit")
    rows = rows.annotate(
        term_on=Subquery(_earliest(DisputeTerm.objects.filter(kept_on=None))),
        visit_on=Subquery(_earliest(DisputeVisit.objects.filter(visited_on=None))),
    )
    order = ("-closed_at", "-pk") if closed else ("opened_at", "pk")
    return rows.order_by(*order)


def _earliest(rows: QuerySet[DisputeTerm] | QuerySet[DisputeVisit]) -> Any:
    found = rows.filter(dispute=OuterRef("pk")).order_by().values("dispute")
    return found.annotate(first=Min("due_on")).values("first")


def as_line(row: Dispute, at: datetime) -> DisputeLine:
    """Return a row of `dispute_lines` as a list shows it."""
    days = [one for one in (getattr(row, "term_on", None), getattr(row, "visit_on", None)) if one]
    due = min(days, default=None) if row.state == DisputeState.AGREED else None
    return DisputeLine(
        pk=row.pk,
        number=row.number,
        kind=row.kind,
        state=row.state,
        ending=row.ending,
        unit=row.unit.name,
        opened_at=row.opened_at,
        due_on=due,
        is_late=due is not None and due < day_of(at),
    )


def dispute_told(dispute: Dispute, user: object, at: datetime) -> DisputeTold:
    """Return a record opened; the reading is for `read_dispute` to keep. Eight queries."""
    today = day_of(at)
    parties = dispute.parties.select_related("person", "organisation").order_by("pk")
    members = dispute.members.select_related("account").order_by("role", "pk")
    sessions = dispute.sessions.select_related("by").order_by("held_at", "pk")
    steps = dispute.steps.select_related("by").order_by("pk")
    may_open = dispute.case_id and cases_visible(user, at).filter(pk=dispute.case_id).exists()
    return DisputeTold(
        words=dispute.words.open(),
        agreement=dispute.agreement.open(),
        parties=tuple(
            Party(_party_name(one), one.person_id, one.organisation_id) for one in parties
        ),
        members=tuple(
            Member(_name(one.account), one.role, one.since, one.until) for one in members
        ),
        sessions=tuple(
            Session(one.held_at, one.place, one.present.open(), one.said.open(), _name(one.by))
            for one in sessions
        ),
        terms=tuple(
            Term(
                one.pk,
                one.words.open(),
                one.due_on,
                one.kept_on,
                one.kept_on is None and one.due_on < today,
            )
            for one in dispute.terms.order_by("due_on", "pk")
        ),
        visits=tuple(
            Visit(
                one.pk,
                one.due_on,
                one.visited_on,
                one.said.open(),
                one.visited_on is None and one.due_on < today,
            )
            for one in dispute.visits.order_by("due_on", "pk")
        ),
        steps=tuple(
            DisputeStepLine(one.move, one.at, _name(one.by), one.words.open()) for one in steps
        ),
        case_number=dispute.case.number if may_open and dispute.case else "",
    )


def _party_name(row: object) -> str:
    person, organisation = getattr(row, "person", None), getattr(row, "organisation", None)
    if person is not None:
        return str(person.name)
    if organisation is not None:
        return str(organisation.name)
    return str(getattr(row, "name").open())  # noqa: B009 - typed as object


def _name(account: Account) -> str:
    return account.name or account.username


def disputes_of_case(case: Case, user: object, at: datetime) -> list[DisputeLine]:
    """Return the records opened from a case that this account is in: one query where none is."""
    if not case.disputes.exists():
        return []
    rows = disputes_visible(user, at).filter(case=case).select_related("unit")
    return [as_line(row, at) for row in rows.order_by("pk")]


@dataclass(frozen=True)
class MediatorChoice:
    """Somebody who may be named mediator."""

    pk: int
    name: str
    posts: tuple[tuple[str, str], ...]  # kind and place


def mediator_choices(unit: Unit, at: datetime) -> list[MediatorChoice]:
    """Return who may open cases in the town of a unit, by name: two queries."""
    town = Unit.objects.get(pk=town_of(unit))
    here = Q(path__startswith=town.path) | Q(path__in=[EVERYWHERE, *paths_to(unit.path)])
    grants = Grant.objects.filter(here, account=OuterRef("pk"), capability=Capability.SEE_CASES)
    grants = grants.filter(Q(valid_to=None) | Q(valid_to__gt=at), valid_from__lte=at)
    rows = Account.objects.filter(Exists(grants), is_active=True).order_by("name", "pk")
    found = list(rows[:MOST_MEDIATORS])
    posts = posts_in_force(Post.objects.filter(person__account__in=found), day_of(at))
    by_account: dict[int | None, list[tuple[str, str]]] = {}
    for post in posts.select_related("person", "unit", "station", "organisation").order_by("pk"):
        place = post.unit or post.station or post.organisation
        told = (post.kind, place.name if place else "")
        by_account.setdefault(post.person.account_id, []).append(told)
    return [MediatorChoice(one.pk, _name(one), tuple(by_account.get(one.pk, ()))) for one in found]


def mediators_chosen(unit: Unit, keys: Sequence[int], at: datetime) -> tuple[Account, ...]:
    """Return the accounts among those who may be named."""
    known = {one.pk for one in mediator_choices(unit, at)}
    return tuple(Account.objects.filter(pk__in=known & set(keys)).order_by("pk"))


def mediators_of(dispute: Dispute) -> list[int]:
    """Return the accounts that mediate now: one query."""
    rows = DisputeMember.objects.filter(dispute=dispute, until=None, role=MemberRole.MEDIATOR)
    return list(rows.order_by("pk").values_list("account", flat=True))


@dataclass(frozen=True)
class DisputeCount:
    """How many disputes of a kind there were, and what became of them; nothing of anybody."""

    kind: str
    brought: int
    still_open: int
    agreed: int
    not_agreed: int
    handed_on: int
    withdrawn: int


def dispute_counts(paths: Sequence[str], since: date, until: date) -> tuple[DisputeCount, ...]:
    """Return the counts by kind of what was brought in a span of days: one grouped query."""
    begins, ends = beginning_of(since), beginning_of(until + timedelta(days=1))
    rows = Dispute.objects.filter(inside(paths, "unit__path"))
    rows = rows.filter(opened_at__gte=begins, opened_at__lt=ends)
    agreed = Q(ending=Ending.AGREED) | Q(state=DisputeState.AGREED)
    found = (
        rows.order_by()
        .values("kind")
        .annotate(
            brought=Count("pk"),
            still_open=Count(
                "pk", filter=Q(state__in=(DisputeState.ASKED, DisputeState.MEDIATING))
            ),
            agreed=Count("pk", filter=agreed),
            not_agreed=Count("pk", filter=Q(ending=Ending.NOT_AGREED)),
            handed_on=Count("pk", filter=Q(ending__in=HANDED_ON)),
            withdrawn=Count("pk", filter=Q(ending=Ending.WITHDRAWN)),
        )
    )
    return tuple(DisputeCount(**row) for row in sorted(found, key=lambda row: row["kind"]))
