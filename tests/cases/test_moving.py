"""Moving a case: by the table, each with its step; clocks that nothing else moves."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from hequan.cases.actions import Given, Judgement, make_move, rate_answer
from hequan.cases.errors import (
    LacksError,
    MovedMeanwhileError,
    MoveNotAllowedError,
    NotYourPartError,
    PostNotHeldError,
    RatedAlreadyError,
    ReopenLateError,
    SentBackTooOftenError,
    VerifyOwnError,
)
from hequan.cases.kinds import OPEN_STATES, CaseState, Result, TriageReason
from hequan.cases.models import Case, CaseStep, Rating
from hequan.cases.moves import MOVES, Doer, MoveName
from hequan.core import versions
from hequan.core.accounts import system_account
from hequan.core.audit import AuditEntry
from hequan.core.errors import HequanError
from hequan.people.models import Message
from hequan.roster.models import Matter
from tests.cases.cast import LIFT, kept_desk
from tests.roster.list_cast import post
from tests.world import AT, kept_world

pytestmark = pytest.mark.django_db
ACCEPT, ANSWER, PUBLISH = MoveName.ACCEPT, MoveName.ANSWER, MoveName.PUBLISH
GOOD, BAD = Judgement(True, True, True, True), Judgement(False, False, True, False, "没解决")


def move(desk, case, name, doer, at=AT, by=None, **given):
    by = by or desk.handler
    return make_move(case=case, name=name, doers={doer}, given=Given(**given), by=by, at=at)


def test_the_whole_course_leaves_a_step_an_entry_and_a_version_each(desk):
    case = desk.published()
    rate_answer(case=case, judgement=GOOD, by=desk.town.system, at=AT)
    case.refresh_from_db()
    steps = [one.move for one in CaseStep.objects.filter(case=case)]

    assert (case.state, case.version) == (CaseState.CLOSED, len(steps) - 1)
    assert steps == ["open", "accept", "contact", "answer", "verify", "publish", "rate_good"]
    verbs = AuditEntry.objects.filter(thing_kind="cases.case").values_list("verb", flat=True)
    assert "cases.rate_good" in verbs


def test_the_asker_is_told_of_the_answer_where_she_is_known(desk):
    case = desk.published(asker=desk.town.cast.resident.pk)
    (message,) = Message.objects.filter(template="cases.answered")

    assert message.person == desk.town.cast.resident
    assert message.link == f"/case/{case.link}/"


def test_supervising_a_published_case_tells_the_asker_nothing_again(desk):
    case = desk.published(asker=desk.town.cast.resident.pk)
    move(desk, case, MoveName.SUPERVISE, Doer.HEAD, note="看一下")

    assert Message.objects.filter(template="cases.answered").count() == 1


def test_a_page_that_is_behind_moves_nothing(desk):
    case = desk.opened()
    stale = Case.objects.get(pk=case.pk)
    desk.moved(case, ACCEPT)

    with pytest.raises(MovedMeanwhileError):
        desk.moved(stale, MoveName.SEND_BACK)
    assert Case.objects.get(pk=case.pk).state == CaseState.HANDLING


def test_what_the_table_does_not_have_is_refused(desk):
    with pytest.raises(MoveNotAllowedError):
        desk.moved(desk.opened(), PUBLISH)


def test_a_move_of_another_part_is_refused(desk):
    with pytest.raises(NotYourPartError):
        move(desk, desk.opened(), ACCEPT, Doer.DISPATCHER)


@pytest.mark.parametrize("reason", ["", "  "])
def test_what_a_move_needs_must_be_there(desk, reason):
    with pytest.raises(LacksError):
        move(desk, desk.opened(), MoveName.SEND_BACK, Doer.HANDLER, reason=reason)


@pytest.mark.parametrize("days", [0, -3])
def test_no_extension_shortens(desk, days):
    case = desk.moved(desk.opened(), ACCEPT)
    with pytest.raises(LacksError):
        move(desk, case, MoveName.EXTEND, Doer.HEAD, reason="等配件", days=days)


def test_nobody_closes_by_a_rating_that_was_not_given(desk):
    with pytest.raises(LacksError):
        move(desk, desk.published(), MoveName.RATE_GOOD, Doer.ASKER)


def test_sent_back_twice_then_the_dispatcher_decides(desk):
    case = desk.opened()
    for _ in range(2):
        case = desk.moved(case, MoveName.SEND_BACK)
        assert (case.state, case.triage_reason) == (CaseState.TRIAGE, TriageReason.SENT_BACK)
        case = move(desk, case, MoveName.DISPATCH, Doer.DISPATCHER, post=desk.lists.head)
    with pytest.raises(SentBackTooOftenError):
        desk.moved(case, MoveName.SEND_BACK)


def test_a_case_is_not_given_to_a_post_that_has_ended(desk):
    ended = post("grid_worker", "旧人", unit=desk.town.grids[0], valid_to=AT.date())
    with pytest.raises(PostNotHeldError):
        move(desk, desk.opened(), MoveName.DISPATCH, Doer.DISPATCHER, post=ended)


def test_a_class_chosen_late_routes_it_and_sets_its_limits_from_the_beginning(desk):
    case = desk.opened(matter_code="")
    later = AT + timedelta(hours=1)
    lift = Matter.objects.get(code=LIFT)
    case = move(desk, case, MoveName.CLASSIFY, Doer.DISPATCHER, at=later, matter=lift)

    assert (case.state, case.post) == (CaseState.DISPATCHED, desk.lists.director)
    assert case.solve_due_at == desk.opened().solve_due_at


def test_a_class_nobody_answers_for_leaves_it_in_triage_with_the_new_reason(desk):
    case = desk.opened(matter_code="")
    desk.lists.sheet.items.all().delete()
    lift = Matter.objects.get(code=LIFT)
    case = move(desk, case, MoveName.CLASSIFY, Doer.DISPATCHER, matter=lift)

    assert (case.state, case.triage_reason) == (CaseState.TRIAGE, TriageReason.NOBODY_ANSWERS)


def test_nobody_verifies_her_own_answer(desk):
    case = desk.moved(desk.opened(), ACCEPT, ANSWER)
    with pytest.raises(VerifyOwnError):
        move(desk, case, MoveName.VERIFY, Doer.DISPATCHER, by=desk.handler)


def test_an_answer_sent_again_is_no_answer_any_more(desk):
    case = desk.moved(desk.opened(), ACCEPT, ANSWER)
    case = move(desk, case, MoveName.SEND_AGAIN, Doer.DISPATCHER, reason="没有照片")

    assert (case.state, case.answer, case.post) == (CaseState.HANDLING, "", desk.lists.head)


def test_a_pause_gives_back_what_was_left_of_each_clock(desk):
    case = desk.moved(desk.opened(), ACCEPT)
    solve, contact = case.solve_due_at, case.contact_due_at
    case = move(desk, case, MoveName.PAUSE, Doer.HEAD, reason="等配件")
    assert case.due_at is None
    later = AT + timedelta(days=7)  # a week: five working days
    case = move(desk, case, MoveName.RESUME, Doer.HANDLER, at=later)

    assert case.solve_due_at == solve + timedelta(days=7)
    assert case.contact_due_at == contact + timedelta(days=7)
    assert case.due_at == case.contact_due_at


def test_an_extension_moves_the_end_by_working_days(desk):
    case = desk.moved(desk.opened(), ACCEPT, MoveName.CONTACT)
    before = case.solve_due_at
    case = move(desk, case, MoveName.EXTEND, Doer.HEAD, reason="等配件", days=5)

    assert case.due_at == case.solve_due_at == before + timedelta(days=7)


def test_unsatisfied_opens_a_return_visit_with_its_own_time(desk):
    case = desk.published()
    later = AT + timedelta(days=6)
    case = rate_answer(case=case, judgement=BAD, by=desk.town.system, at=later)

    assert case.state == CaseState.RETURN_VISIT
    assert case.due_at > later
    case = move(desk, case, MoveName.VISIT, Doer.DISPATCHER, at=later, note="已上门说明")
    assert (case.state, case.closed_at) == (CaseState.CLOSED, later)


def test_an_answer_is_judged_once(desk):
    case = desk.published()
    rate_answer(case=case, judgement=BAD, by=desk.town.system, at=AT)
    with pytest.raises(RatedAlreadyError):
        rate_answer(case=case, judgement=GOOD, by=desk.town.system, at=AT)
    assert Rating.objects.get(case=case).is_satisfied is False


def test_a_reopened_case_runs_anew_and_may_be_judged_again(desk):
    case = rate_answer(case=desk.published(), judgement=GOOD, by=desk.town.system, at=AT)
    later = AT + timedelta(days=10)
    case = move(desk, case, MoveName.REOPEN, Doer.ASKER, at=later, reason="又堆起来了")

    assert (case.state, case.reopened_times, case.answer) == (CaseState.HANDLING, 1, "")
    assert case.due_at > later
    steps = (MoveName.CONTACT, ANSWER, MoveName.VERIFY, PUBLISH)
    case = desk.moved(case, *steps, at=later)
    case = rate_answer(case=case, judgement=GOOD, by=desk.town.system, at=later)
    assert Rating.objects.filter(case=case).count() == 2


def test_after_the_window_a_case_stays_closed(desk):
    case = rate_answer(case=desk.published(), judgement=GOOD, by=desk.town.system, at=AT)
    late = AT + timedelta(days=15)
    with pytest.raises(ReopenLateError):
        move(desk, case, MoveName.REOPEN, Doer.ASKER, at=late, reason="又来了")


def test_a_reopened_case_whose_post_has_ended_is_routed_anew(desk):
    case = rate_answer(case=desk.published(), judgement=GOOD, by=desk.town.system, at=AT)
    desk.lists.head.valid_to = AT.date()
    desk.lists.head.save()
    later = AT + timedelta(days=1)
    case = move(desk, case, MoveName.REOPEN, Doer.ASKER, at=later, reason="又来了")

    assert (case.state, case.post) == (CaseState.DISPATCHED, desk.lists.director)


def test_what_the_handler_was_told_is_not_for_the_asker(desk):
    case = desk.moved(desk.opened(), ACCEPT, MoveName.CONTACT, MoveName.SEND_BACK)
    shown = {one.move: (one.is_public, one.words_are_public) for one in case.steps.all()}

    assert shown["contact"] == (True, False)
    assert shown["send_back"] == (False, False)


class AnyCourse(RuleBasedStateMachine):
    """Whatever is tried in whatever order, what must hold holds after every move."""

    @initialize(code=some.sampled_from(["52999", "51998", ""]))
    def begin(self, code):
        self.all_of_it = transaction.atomic()
        self.all_of_it.__enter__()
        versions.forget_everything()
        self.desk = kept_desk.get(kept_world.get())
        self.at, self.moves, self.last = AT, 0, None
        self.case = self.desk.opened(matter_code=code)

    def teardown(self):
        transaction.set_rollback(True)
        self.all_of_it.__exit__(None, None, None)

    @rule(
        move=some.sampled_from(MOVES),
        hours=some.integers(0, 60),
        good=some.booleans(),
        days=some.integers(1, 5),
    )
    def try_one(self, move, hours, good, days):
        self.at += timedelta(hours=hours)
        before = Case.objects.get(pk=self.case.pk)
        self.last = (move.name, before)
        try:
            self.case = self.made(move, good, days)
        except HequanError:
            after = Case.objects.get(pk=self.case.pk)
            assert (after.version, after.state) == (before.version, before.state)
            self.last = None
        else:
            self.moves += 1

    def made(self, move, good, days):
        judged = GOOD if good else BAD
        if move.name in (MoveName.RATE_GOOD, MoveName.RATE_BAD):
            by = self.desk.town.system
            return rate_answer(case=self.case, judgement=judged, by=by, at=self.at)
        given = Given(
            post=self.desk.lists.director,
            matter=Matter.objects.get(code=LIFT),
            reason="缘由",
            ground="依据",
            note="记录",
            result=Result.SOLVED,
            answer="答复",
            days=days,
        )
        by = self.desk.dispatcher if move.doers[0] == Doer.DISPATCHER else self.desk.handler
        doers = set(move.doers)
        return make_move(
            case=self.case, name=move.name, doers=doers, given=given, by=by, at=self.at
        )

    @invariant()
    def holds(self):
        row = Case.objects.get(pk=self.case.pk)
        assert row.version == self.moves == CaseStep.objects.filter(case=row).count() - 1
        assert (row.closed_at is not None) == (row.state not in OPEN_STATES)
        assert (row.state == CaseState.TRIAGE) == bool(row.triage_reason)
        assert (row.due_at is None) == (
            row.state in (CaseState.PAUSED, CaseState.PUBLISHED) or row.state not in OPEN_STATES
        )
        if row.state in (CaseState.DISPATCHED, CaseState.HANDLING):
            assert row.post_id or row.organisation_id
        if row.state == CaseState.PUBLISHED:
            assert row.answer
            assert row.result
        assert row.first_responder_id == system_account().pk

    @invariant()
    def talk_moves_no_end(self):
        if self.last and self.last[0] in (MoveName.CONTACT, MoveName.SUPERVISE):
            before, row = self.last[1], Case.objects.get(pk=self.case.pk)
            assert row.solve_due_at == before.solve_due_at
            assert row.accept_due_at == before.accept_due_at
            if before.contacted_at or self.last[0] == MoveName.SUPERVISE:
                assert row.due_at == before.due_at


@pytest.mark.slow
@pytest.mark.once
def test_no_order_of_moves_breaks_a_case(db):
    run_state_machine_as_test(
        AnyCourse,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
