"""Queues: the oldest due first, late ones marked, at a fixed small number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hequan.cases.kinds import CaseQueue
from hequan.cases.models import Case
from hequan.cases.moves import MoveName
from hequan.cases.queries import course_of, near_open, queues_of, routing_of, status_of
from hequan.core import versions
from tests.cases.cast import LIFT
from tests.world import AT

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def numbers(user, queue, at=AT):
    queues = queues_of(user, at)
    return [one.number for one in queues.lines(queues.keys(queue))]


def test_each_queue_holds_what_it_says(desk):
    mine = desk.opened()
    waiting = desk.opened(matter_code="")
    answered = desk.moved(desk.opened(), MoveName.ACCEPT, MoveName.ANSWER)
    counts = queues_of(desk.handler, AT).counts()

    assert numbers(desk.handler, CaseQueue.MINE) == [mine.number]
    assert numbers(desk.dispatcher, CaseQueue.TO_DISPATCH) == [waiting.number]
    assert numbers(desk.dispatcher, CaseQueue.TO_CHECK) == [answered.number]
    assert len(numbers(desk.dispatcher, CaseQueue.OPEN)) == 3
    assert numbers(desk.neighbour, CaseQueue.OPEN) == []
    assert [counts[one] for one in CaseQueue] == [1, 1, 1, 0, 3]


def test_the_oldest_due_comes_first_and_late_ones_are_marked(desk):
    old = desk.opened(at=AT - timedelta(days=3))
    new = desk.opened()
    queues = queues_of(desk.handler, AT)
    found = queues.lines(queues.keys(CaseQueue.MINE))

    assert [one.number for one in found] == [old.number, new.number]
    assert [one.is_late for one in found] == [True, False]
    assert numbers(desk.handler, CaseQueue.LATE) == [old.number]


def test_a_queue_costs_the_same_however_long_it_is(desk):
    def cost():
        with versions.steady(), CaptureQueriesContext(connection) as asked:  # as in a page
            queues = queues_of(desk.handler, AT)
            queues.counts()
            queues.lines(queues.keys(CaseQueue.OPEN)[:25])
        return len(asked)

    desk.opened()
    cost()
    one = cost()
    for _ in range(6):
        desk.opened()

    assert cost() == one <= 7


def test_open_cases_of_the_same_matter_in_the_same_unit_are_near(desk):
    case = desk.opened()
    same = desk.opened(at=AT + HOUR)
    desk.opened(matter_code=LIFT)
    desk.opened(unit=desk.town.grids[1].pk)

    assert [one.number for one in near_open(case, Case.objects.all(), AT)] == [same.number]
    assert near_open(desk.opened(matter_code=""), Case.objects.all(), AT) == []
    assert near_open(case, Case.objects.none(), AT) == []


def test_the_course_names_who_and_the_askers_does_not(desk):
    case = desk.moved(desk.opened(), MoveName.ACCEPT, MoveName.SEND_BACK)
    status = status_of(case, AT)

    assert [one.move for one in course_of(case)] == ["open", "accept", "send_back"]
    assert [one.move for one in status.steps] == ["open", "accept"]
    assert all(not one.by and not one.post and not one.words for one in status.steps)


def test_an_answer_is_shown_to_the_asker_only_once_it_is_published(desk):
    answered = desk.moved(desk.opened(), MoveName.ACCEPT, MoveName.ANSWER)
    assert status_of(answered, AT).answer == ""

    published = desk.moved(answered, MoveName.VERIFY, MoveName.PUBLISH)
    assert (status_of(published, AT).answer, status_of(published, AT).may_rate) == ("已清运", True)


def test_why_it_went_there_is_read_with_todays_names(desk):
    case = desk.opened()
    desk.lists.head.person.name = "王新名"
    desk.lists.head.person.save()
    routing = routing_of(case)

    assert routing.candidates[0].person == "王新名"
    assert routing.reasons
    assert "王" not in str(case.routing)
