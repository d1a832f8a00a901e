"""Putting a case with somebody (派单): by the rules, by hand, anew; and telling who has it now."""

from datetime import datetime

from django.db.models import Count, DateField, DateTimeField
from django.utils import timezone

from hequan.cases.access import is_held
from hequan.cases.kinds import OPEN_STATES, CaseState, TriageReason
from hequan.cases.models import Case, Follower
from hequan.cases.own_messages import ANSWERED, BOARD_CASE, DISPATCHED, STATUS_PAGE
from hequan.cases.routing import Route, as_kept, choose_post
from hequan.core.accounts import Account
from hequan.core.questions import Question, key
from hequan.people.deliveries import notify
from hequan.people.models import Person
from hequan.roster.days import day_of
from hequan.roster.models import DutySlot, Leave, Matter, Post
from hequan.roster.queries import posts_answering_for
from hequan.roster.queries.matters import catalogue_on
from hequan.territory.models import Unit


def route_of(matter: Matter | None, unit: Unit | None, at: datetime) -> Route | TriageReason:
    """Return where a case would go now, or why nobody can tell."""
    if unit is None:
        return TriageReason.NO_PLACE
    if matter is None:
        return TriageReason.NO_CLASS
    answer = posts_answering_for(matter, unit, at)
    load = dict(_LOAD.all(posts=[one.post for one in answer.answerable]))
    on_duty = _ON_DUTY.all(people=[one.person for one in answer.answerable], at=at)
    return choose_post(answer, load, set(on_duty))


_LOAD = Question[tuple[int, int]](
    lambda posts: (
        Case.objects.filter(post__in=posts, state__in=OPEN_STATES)
        .order_by()
        .values_list("post")
        .annotate(n=Count("pk"))
    ),
    posts=[key()],
)
_ON_DUTY = Question[int](
    lambda people, at: DutySlot.objects.filter(
        person__in=people, starts_at__lte=at, ends_at__gt=at, cancelled_at=None
    ).values_list("person", flat=True),
    people=[key()],
    at=DateTimeField(),
)
_AWAY = Question[Leave](
    lambda person, on: (
        Leave.objects.filter(person=person, first_on__lte=on, until_on__gt=on)
        .exclude(stand_in=None)
        .select_related("stand_in")
        .order_by("pk")
    ),
    person=key(),
    on=DateField(),
)
_POST = Question[Post](lambda pk: Post.objects.select_related("person").filter(pk=pk), pk=key())


def put_route(row: Case, route: Route | TriageReason) -> None:
    """Write where the case goes into its row."""
    if isinstance(route, TriageReason):
        row.state, row.triage_reason, row.routing = CaseState.TRIAGE, route, {"triage": route}
        row.post = row.organisation = None
        return
    row.routing = as_kept(route)
    row.post = _POST.first(pk=route.post.post) if route.post else None
    row.organisation_id = route.organisation
    row.triage_reason = route.triage or ""
    row.state = CaseState.TRIAGE if route.triage else CaseState.DISPATCHED


def put_with(row: Case, post: Post) -> None:
    """Give the case to a post, and to the organisation it speaks for."""
    row.post, row.organisation_id = post, post.organisation_id


def route_anew(row: Case, left: Post | None, at: datetime) -> None:
    """Route a case whose post is held no more; where the books still name it, to triage."""
    put_route(row, route_of(row.matter, row.unit, at))
    if row.post_id is not None and left is not None and row.post_id == left.pk:
        put_route(row, TriageReason.POST_ENDED)


def find_handler(row: Case, at: datetime) -> None:
    """Leave the case with whom it was; where nobody holds that post any more, route it anew."""
    if row.post is None and row.organisation_id is not None:
        return
    if row.post is None or not is_held(row.post, at):
        route_anew(row, row.post, at)


def tell_handler(row: Case, by: Account, at: datetime) -> None:
    """Tell whoever does the post's work today that a case has come to it."""
    if row.post is None:
        return
    local = timezone.localtime(row.due_at or row.solve_due_at)
    values = {
        "number": row.number,
        "matter": matter_name(row, at),
        "place": row.unit.name,  # her own words stay with the case: erased there, they are gone
        "due": f"{local:%Y-%m-%d %H:%M}",
    }
    link = BOARD_CASE.format(pk=row.pk)
    notify(at_work(row.post, at), DISPATCHED.code, values, by=by, at=at, link=link)


def tell_askers(row: Case, by: Account, at: datetime) -> None:
    """Tell everybody who waits for the answer, where she is known, that it can be judged."""
    for whose, receiver, link in _who_wait(row, with_merged=True):
        values = {"number": whose.number, "matter": matter_name(row, at)}
        notify(receiver, ANSWERED.code, values, by=by, at=at, link=STATUS_PAGE.format(link=link))


def tell_joined(row: Case, code: str, values: dict[str, str], by: Account, at: datetime) -> None:
    """Tell the asker of a case, and who follows it, what was done with it and another."""
    told = values | {"matter": matter_name(row, at)}
    for _whose, receiver, link in _who_wait(row):
        notify(receiver, code, told, by=by, at=at, link=STATUS_PAGE.format(link=link))


def _who_wait(row: Case, with_merged: bool = False) -> list[tuple[Case, Person, str]]:
    """Return who is known of those who wait: of which case, whom, by which link; each once."""
    cases = [row]
    if with_merged:
        cases += row.merged.select_related("asker").order_by("pk")
    found = [(one, one.asker, one.link) for one in cases if one.asker is not None]
    rows = Follower.objects.filter(case__in=cases).exclude(person=None)
    for one in rows.select_related("case", "person"):
        if one.person is not None:
            found.append((one.case, one.person, one.link))  # noqa: PERF401 - typed so
    return list(
        {person.pk: (whose, person, link) for whose, person, link in reversed(found)}.values()
    )


def at_work(post: Post, at: datetime) -> Person:
    """Return the post's holder, or who stands in while she is away."""
    leave = _AWAY.first(person=post.person_id, on=day_of(at))
    return leave.stand_in if leave is not None and leave.stand_in else post.person


def matter_name(row: Case, at: datetime) -> str:
    """Return what the class of a case is called now; a dash for none."""
    if row.matter is None:
        return "–"
    known = catalogue_on(day_of(at)).by_code.get(row.matter.code)
    return known.name if known else row.matter.code
