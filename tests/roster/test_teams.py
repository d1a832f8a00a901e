"""Teams of micro-grids: what 1+2+N expects, and what is missing on which day."""

from datetime import timedelta

import pytest

from hequan.core.rule_values import RuleValue
from hequan.roster import actions
from hequan.roster.kinds import PostKind
from hequan.roster.queries.teams import team_rows, teams_on
from hequan.roster.teams import TeamRule, lacking, rule_for
from tests.roster.cast import TODAY
from tests.world import AT

HEAD, WORKER = PostKind.GRID_HEAD, PostKind.GRID_WORKER
PART, HELPER = PostKind.GRID_PART_TIMER, PostKind.GRID_HELPER
RULE = TeamRule(1, 1, 1, helpers_at_least=5, households_per_helper=25)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("households", "helpers"), [(None, 5), (0, 5), (125, 5), (126, 6), (500, 20)]
)
def test_helpers_grow_with_households_and_never_fall_below_the_least(households, helpers):
    assert RULE.expected(households) == (1, 1, 1, helpers)


def test_a_place_without_households_has_the_least_number_of_helpers():
    assert TeamRule(1, 1, 1, 5, 0).expected(9000) == (1, 1, 1, 5)


def test_the_rule_of_a_zone_goes_before_the_rule_for_any():
    rules = {"any": RULE, "park": TeamRule(1, 0, 0, 0, 0)}

    assert rule_for("park", rules) == rules["park"]
    assert rule_for("estate", rules) == RULE
    assert rule_for("estate", {}) is None


def test_only_what_is_missing_is_told_and_nobody_is_missing_twice():
    assert lacking((1, 1, 1, 5), {"grid_head": 1, "grid_worker": 3, "grid_helper": 2}) == {
        PART: 1,
        HELPER: 3,
    }


@pytest.fixture
def row_of(world):
    """Return the team of maple 1 on a day."""

    def _row_of(day=TODAY):
        return next(row for row in team_rows(day, ("/",)) if row.pk == world.grids[0].pk)

    return _row_of


def test_a_grid_without_anybody_lacks_its_whole_team(row_of):
    assert row_of().lacking == {HEAD: 1, WORKER: 1, PART: 1, HELPER: 5}


def test_a_post_counts_from_its_first_day_to_the_day_before_its_end(world, people, row_of):
    until = {"valid_from": TODAY + DAY, "valid_to": TODAY + 3 * DAY}
    people.appoint(HEAD, people.wang, world.grids[0], **until)

    heads = [row_of(TODAY + n * DAY).present[0] for n in range(4)]
    assert heads == [0, 1, 1, 0]


def test_somebody_on_leave_is_a_gap_of_these_days_unless_another_stands_in(world, people, row_of):
    people.appoint(HEAD, people.wang, world.grids[0])
    people.appoint(WORKER, people.zhao, world.grids[0])
    by = {"by": world.officer, "at": AT}
    span = {"first_on": TODAY + DAY, "until_on": TODAY + 2 * DAY}
    actions.enter_leave(person=people.wang, **span, **by)
    actions.enter_leave(person=people.zhao, stand_in=people.li, **span, **by)

    assert [row_of(TODAY + n * DAY).present[:2] for n in range(3)] == [(1, 1), (0, 1), (1, 1)]


def test_the_numbers_are_a_rule_row_that_a_town_changes_from_a_day_on(world, row_of):
    RuleValue.objects.filter(code="grid_team.any").update(valid_to=TODAY)
    value = {"heads": 1, "workers": 2, "part_timers": 0}
    value |= {"helpers_at_least": 1, "households_per_helper": 0}
    RuleValue.objects.create(code="grid_team.any", value=value, source="town", valid_from=TODAY)

    assert row_of().expected == (1, 2, 0, 1)
    assert row_of(TODAY - DAY).expected == (1, 1, 1, 5)


def test_the_page_counts_the_whole_part_and_lists_only_gaps_when_asked(world, people):
    for kind, person in ((HEAD, people.wang), (WORKER, people.zhao), (PART, people.li)):
        people.appoint(kind, person, world.grids[0])
    RuleValue.objects.update(valid_to=TODAY)
    value = {"heads": 1, "workers": 1, "part_timers": 1}
    value |= {"helpers_at_least": 0, "households_per_helper": 0}
    RuleValue.objects.create(code="grid_team.any", value=value, source="town", valid_from=TODAY)
    found = teams_on(TODAY, (world.maple.path,), only_gaps=True)

    assert (found.grids, found.with_gaps, found.without_head, found.total) == (3, 2, 2, 2)
    assert (found.expected, found.present) == ((3, 3, 3, 0), (1, 1, 1, 0))
    assert "红枫第1微网格" not in [row.name for row in found.rows]


def test_the_teams_of_any_number_of_grids_take_the_same_queries(
    world, people, django_assert_num_queries
):
    teams_on(TODAY, ("/",))  # the rules are kept
    with django_assert_num_queries(4):
        teams_on(TODAY, ("/",))
    people.appoint(HEAD, people.wang, world.grids[0])
    with django_assert_num_queries(4):
        teams_on(TODAY, (world.town.path,))
