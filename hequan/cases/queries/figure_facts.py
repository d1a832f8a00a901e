"""Facts of cases said to the database (指标事实): the same as `figures.facts_of`, as conditions."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case as Choice
from django.db.models import Exists, F, FilteredRelation, Max, OuterRef, Q, QuerySet, Value, When

from hequan.cases.figures import ENDED_STATES, OUT_STATES, Fact
from hequan.cases.kinds import OPEN_STATES, CaseChannel, CaseState, ClockKind, Result
from hequan.cases.models import CaseStep
from hequan.roster.days import beginning_of

# a round ends where it may be reopened from; its clocks do not change any more
_END_OF_A_ROUND = (CaseState.RETURN_VISIT, CaseState.CLOSED)
CLOCKS = {
    ClockKind.ACCEPT: ("accept_due_at", "accepted_at"),
    ClockKind.CONTACT: ("contact_due_at", "contacted_at"),
    ClockKind.SOLVE: ("solve_due_at", "answered_at"),
}


def stood_at(since: date, until: date, now: datetime) -> QuerySet[CaseStep]:
    """Return the last step by `now` of each case opened from `since` to the end of `until`.

    Old cases taken over from another system are left out: they had no course and no clocks here.
    A step says how its case stood; `rating` is what the asker said of the last answer published.
    """
    begins, ends = beginning_of(since), beginning_of(until + timedelta(days=1))
    steps = CaseStep.objects.filter(
        case__opened_at__gte=begins, case__opened_at__lt=ends, at__lte=now
    )
    steps = steps.exclude(case__channel=CaseChannel.IMPORTED)
    last = steps.order_by().values("case").annotate(last=Max("pk")).values("last")
    its_round = Q(case__ratings__round=F("round"), to_state__in=OUT_STATES)
    round_before = ~Q(to_state__in=OUT_STATES) & Q(case__ratings__round=F("round") - 1)
    said = Q(case__ratings__rated_at__lte=now) & (its_round | round_before)
    rows = CaseStep.objects.filter(pk__in=last).exclude(to_state=CaseState.MERGED).order_by()
    return rows.annotate(rating=FilteredRelation("case__ratings", condition=said))


def fact_filters(now: datetime) -> dict[Fact, Q]:
    """Return the condition of each fact on rows of `stood_at`; a merged case is not among them."""
    out = Q(to_state__in=OUT_STATES)
    not_denied = Q(rating__is_solved=True) | Q(rating__pk=None)
    really = out & Q(result=Result.SOLVED) & not_denied
    explained = out & Q(result=Result.EXPLAINED) & not_denied
    decided_solve, kept_solve = _clock(ClockKind.SOLVE, now)
    decided_accept, kept_accept = _clock(ClockKind.ACCEPT, now)
    decided_contact, kept_contact = _clock(ClockKind.CONTACT, now)
    return {
        Fact.RECEIVED: Q(pk__isnull=False),
        Fact.OPEN: Q(to_state__in=OPEN_STATES),
        Fact.ACCEPT_DECIDED: decided_accept,
        Fact.ACCEPT_KEPT: kept_accept,
        Fact.CONTACT_DECIDED: decided_contact,
        Fact.CONTACT_KEPT: kept_contact,
        Fact.SOLVE_DECIDED: decided_solve,
        Fact.SOLVE_KEPT: kept_solve,
        Fact.SOLVE_MISSED: _missed(ClockKind.SOLVE, now),
        Fact.ANSWERED: out,
        Fact.SOLVED_REALLY: really,
        Fact.EXPLAINED: explained,
        Fact.SOLVED: really | explained,
        Fact.JUDGED: Q(rating__pk__isnull=False),
        Fact.SAID_CONTACTED: Q(rating__was_contacted=True),
        Fact.SAID_KIND: Q(rating__was_kind=True),
        Fact.SATISFIED: Q(rating__is_satisfied=True),
        Fact.SENT_BACK: Q(sent_back_times__gt=0),
        Fact.EVER_ANSWERED: out | Q(round__gt=0),
        Fact.REOPENED: Q(round__gt=0),
    }


def _clock(kind: ClockKind, now: datetime) -> tuple[Q, Q]:
    """Return whether a clock is decided, and whether it was kept."""
    due, done = CLOCKS[kind]
    in_time = Q(**{f"{done}__lte": F(due)}) | _in_a_pause(due, done)
    kept = in_time & (Q(round=0) | ~Q(missed_before(kind)))
    is_done = Q(**{f"{done}__isnull": False})
    return is_done | _missed(kind, now), kept


def _missed(kind: ClockKind, now: datetime) -> Q:
    """Return whether a limit was not kept: done late, run out, or missed in an earlier round."""
    due, done = CLOCKS[kind]
    late = Q(**{f"{done}__gt": F(due)}) & ~_in_a_pause(due, done)
    ran_out = Q(**{f"{done}__isnull": True, f"{due}__lt": _stops(now)})
    return late | ran_out | (Q(round__gt=0) & Q(missed_before(kind)))


def _in_a_pause(due: str, done: str) -> Q:
    """Return whether it was done while the case rests, before its limit ran out."""
    return Q(paused_at__lte=F(due)) & Q(paused_at__lte=F(done))


def _stops(now: datetime) -> Any:
    """Return until when a clock ran: to its pause, to an end without an answer, or to now."""
    return Choice(
        When(paused_at__isnull=False, then=F("paused_at")),
        When(to_state__in=ENDED_STATES, then=F("at")),
        default=Value(now),
    )


def missed_before(kind: ClockKind) -> Exists:
    """Return whether an earlier round of the case missed a limit."""
    due, done = CLOCKS[kind]
    ends = CaseStep.objects.filter(
        case=OuterRef("case"),
        pk__lt=OuterRef("pk"),
        round__lt=OuterRef("round"),
        to_state__in=_END_OF_A_ROUND,
    )
    late = Q(**{f"{done}__gt": F(due)})
    return Exists(ends.filter(late | Q(**{f"{done}__isnull": True, f"{due}__lt": F("at")})))
