"""Mergers begun at the same moment: one wins, the other is told, and no ring comes of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from hequan.core.accounts import system_account
from hequan.people.actions import PersonFacts, merge_persons, save_person
from hequan.people.errors import MergeError
from hequan.people.models import MergeRecord, Person
from tests.world import AT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]
ROUNDS = 5
RACES = (((0, 1), (1, 0)), ((0, 1), (0, 1)), ((0, 1), (2, 1)), ((1, 0), (2, 0), (0, 2)))
DONE, TOLD = "done", "merged"


def merge_at_once(pairs):
    """Begin all mergers together; return what each came to: done, or why it was refused."""
    start = Barrier(len(pairs))

    def run(pair):
        winner, loser = pair
        try:
            by = system_account()
            start.wait(timeout=30)
            merge_persons(winner=winner, loser=loser, by=by, at=AT)
        except MergeError as refusal:
            return refusal.reason
        finally:
            connections.close_all()
        return DONE

    with ThreadPoolExecutor(len(pairs)) as pool:
        return list(pool.map(run, pairs))


def three_rows():
    """Three rows of one person."""
    by = system_account()
    return [save_person(facts=PersonFacts("王丽"), by=by, at=AT) for _number in range(3)]


def merged(rows):
    """Return into which row each was merged, as they stand in the database."""
    found = Person.objects.filter(pk__in=[row.pk for row in rows])
    return dict(found.values_list("pk", "merged_into"))


def test_one_of_several_mergers_wins_and_the_others_are_told():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time")
    for race in RACES * ROUNDS:
        rows = three_rows()
        came_to = merge_at_once([(rows[winner], rows[loser]) for winner, loser in race])

        assert DONE in came_to
        assert set(came_to) <= {DONE, TOLD}
        into = merged(rows)
        lost = [pk for pk, other in into.items() if other is not None]
        assert len(lost) == came_to.count(DONE)
        assert MergeRecord.objects.filter(loser__in=lost).count() == len(lost)
        assert all(into[into[pk]] is None for pk in lost)  # one step leads to who stands


def test_a_chain_merged_from_both_ends_is_one_step_long():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time")
    for _round in range(ROUNDS):
        rows = three_rows()
        first, second, third = rows
        came_to = merge_at_once([(second, first), (third, second)])

        expected = {first.pk: None, second.pk: third.pk, third.pk: None}
        if came_to == [DONE, DONE]:
            expected[first.pk] = third.pk
        assert came_to[1] == DONE
        assert merged(rows) == expected
