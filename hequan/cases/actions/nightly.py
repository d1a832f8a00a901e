"""What time and leaving do to cases: unrated answers close, work of an ended post moves on."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hequan.cases.actions.clocks import give_back_pause, start_accepting
from hequan.cases.actions.moving import Given, allowed_move, settle
from hequan.cases.actions.placing import put_with, route_anew, tell_handler
from hequan.cases.kinds import OPEN_STATES, CaseState
from hequan.cases.models import Case
from hequan.cases.moves import Doer, Move, MoveName
from hequan.core.accounts import Account
from hequan.core.rule_values import rule_value
from hequan.roster.days import day_of
from hequan.roster.models import Post

_MOVED_ON = (CaseState.DISPATCHED, CaseState.HANDLING, CaseState.PAUSED)


def close_unrated(*, by: Account, at: datetime) -> int:
    """Close published answers that nobody rated within the rule's days; return how many."""
    days = rule_value("case.rating_days", day_of(at))
    waiting = Case.objects.filter(
        state=CaseState.PUBLISHED, published_at__lte=at - timedelta(days=days)
    )
    keys = list(waiting.order_by("published_at").values_list("pk", flat=True))
    return sum(_close_one(pk, by, at) for pk in keys)


@transaction.atomic
def _close_one(pk: int, by: Account, at: datetime) -> bool:
    row = Case.objects.select_for_update(of=("self",)).get(pk=pk)
    if row.state != CaseState.PUBLISHED:
        return False
    move = allowed_move(row, MoveName.CLOSE_UNRATED, {Doer.CLOCK})
    before, row.closed_at = row.state, at
    settle(row, move, before, Given(), by, at)
    return True


def hand_over_cases(*, post: Post, heir: Post | None, by: Account, at: datetime) -> int:
    """Give the open cases of an ended post to the heir, else route them anew; return how many."""
    found = Case.objects.filter(post=post, state__in=OPEN_STATES).order_by("pk")
    keys = list(found.values_list("pk", flat=True))
    for pk in keys:
        _hand_over_one(pk, post, heir, by, at)
    return len(keys)


@transaction.atomic
def _hand_over_one(pk: int, post: Post, heir: Post | None, by: Account, at: datetime) -> None:
    row = Case.objects.select_for_update(of=("self",)).select_related("unit", "matter").get(pk=pk)
    if row.post_id != post.pk:
        return
    before, state = row.state, CaseState(row.state)
    target: CaseState | None = None
    if heir is not None:
        put_with(row, heir)
    elif state in _MOVED_ON:
        route_anew(row, post, at)
        if state is CaseState.PAUSED and row.state == CaseState.DISPATCHED:
            row.state = CaseState.PAUSED  # what it waits for has not come because a post ended
        else:
            give_back_pause(row, at)
        target = CaseState(row.state)
    else:
        row.post = None
    moved = Move(MoveName.HAND_OVER, (state,), target, (Doer.CLOCK,))
    settle(row, moved, before, Given(note=_accept_anew(row, state, at)), by, at)
    if heir is not None:
        tell_handler(row, by, at)


def _accept_anew(row: Case, state: CaseState, at: datetime) -> str:
    """Give whoever gets a case nobody accepted yet the whole limit; return in words what moved."""
    if state is not CaseState.DISPATCHED or row.accepted_at is not None or row.post is None:
        return ""
    before = row.accept_due_at
    start_accepting(row, at)
    ends = {"before": timezone.localtime(before), "now": timezone.localtime(row.accept_due_at)}
    told = {name: f"{end:%Y-%m-%d %H:%M}" for name, end in ends.items()}
    return _("To be accepted by %(now)s, no longer by %(before)s: its post has ended.") % told
