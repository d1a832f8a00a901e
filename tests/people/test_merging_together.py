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


def merge_at_once(pairs):
    """Begin all mergers together; return what each came to: `merged`, or why it was refused."""
    start = Barrier(len(pairs))

    def run(pair):
        winner, loser = pair
        try:
            by = system_account()
            start.wait(timeout=10)
            merge_persons(winner=winner, loser=loser, by=by, at=AT)
        except MergeError as refusal:
            return refusal.reason
        finally:
            connections.close_all()
        return "merged-in"

    with ThreadPoolExecutor(len(pairs)) as pool:
        return sorted(pool.map(run, pairs))


@pytest.fixture
def three():
    """Three rows of one person."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time")
    by = system_account()
    return [save_person(facts=PersonFacts("王丽"), by=by, at=AT) for _number in range(3)]


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize(
    "pairs", [((0, 1), (1, 0)), ((0, 1), (0, 1)), ((0, 1), (2, 1)), ((1, 0), (2, 0), (0, 2))]
)
def test_one_of_two_mergers_of_a_row_wins(three, pairs, turn):
    came_to = merge_at_once([(three[winner], three[loser]) for winner, loser in pairs])

    assert came_to.count("merged-in") >= 1
    assert set(came_to) <= {"merged-in", "merged"}
    rows = {row.pk: row.merged_into_id for row in Person.objects.all()}
    merged = [pk for pk, into in rows.items() if into is not None]
    assert len(merged) == came_to.count("merged-in") == MergeRecord.objects.count()
    assert all(rows[rows[pk]] is None for pk in merged)  # one step leads to who stands


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_chain_merged_from_both_ends_is_one_step_long(three, turn):
    first, second, third = three
    came_to = merge_at_once([(second, first), (third, second)])

    rows = {row.pk: row.merged_into_id for row in Person.objects.all()}
    if came_to == ["merged-in", "merged-in"]:
        assert rows == {first.pk: third.pk, second.pk: third.pk, third.pk: None}
    else:
        assert came_to == ["merged", "merged-in"]
        assert rows == {first.pk: None, second.pk: third.pk, third.pk: None}
