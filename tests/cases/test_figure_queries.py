"""Figures from the tables: as the rules count, as of any moment, behind each number its cases."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hequan.cases.actions import Given, Judgement, make_move, rate_answer
from hequan.cases.figures import FIGURES, Counted, Dimension, FigureName, counted
from hequan.cases.kinds import CaseChannel, Result
from hequan.cases.moves import Doer, MoveName
from hequan.cases.queries import figures as asked
from hequan.cases.rule_seeds import RULES
from hequan.core import versions
from hequan.core.rule_values import RuleValue, seed_rules
from hequan.roster.models import Matter
from tests.cases.cast import LIFT
from tests.world import AT

pytestmark = pytest.mark.django_db
M, DAY, HOUR = MoveName, timedelta(days=1), timedelta(hours=1)
SINCE, UNTIL = date(2026, 3, 1), date(2026, 3, 31)
LATER = AT + 40 * DAY


def wanted(desk, now=LATER, by=Dimension.UNIT, unit=None, **more):
    facts = {"since": SINCE, "until": UNTIL, "paths": (desk.town.town.path,)}
    return asked.Wanted(now=now, unit=unit, by=by, **(facts | more))


def total(desk, name, now=LATER, **more):
    return asked.figures_of(wanted(desk, now, **more)).total.figures[FigureName(name)]


def move(desk, case, name, at, doer=Doer.DISPATCHER, **given):
    by = desk.dispatcher if doer == Doer.DISPATCHER else desk.handler
    return make_move(case=case, name=name, doers={doer}, given=Given(**given), by=by, at=at)


def rate(desk, case, at, *, good):
    judged = Judgement(True, good, True, good, "")
    return rate_answer(case=case, judgement=judged, by=desk.town.system, at=at)


@pytest.fixture
def busy(desk):
    """A month: waiting, late, paused, sent back, reopened, refused, withdrawn, on the spot."""
    desk.opened()  # nobody ever accepts it
    desk.opened(matter_code="", unit=desk.town.grids[3].pk)
    desk.moved(desk.opened(), M.ACCEPT, M.SEND_BACK)
    case = desk.moved(desk.opened(), M.ACCEPT)
    case = move(desk, case, M.PAUSE, AT + HOUR, Doer.HEAD, reason="等配件")
    move(desk, case, M.CONTACT, AT + 20 * DAY, Doer.HANDLER, note="已联系")
    rate(desk, desk.published(), AT + DAY, good=True)
    rate(desk, desk.published(matter_code=LIFT), AT + DAY, good=False)
    _reopened(desk, late=True)
    _reopened(desk, late=False)
    move(desk, desk.opened(), M.REFUSE, AT + HOUR, ground="不属受理")
    move(desk, desk.opened(), M.WITHDRAW, AT + 20 * DAY, reason="不需要了")
    told = Given(result=Result.EXPLAINED, answer="带身份证")
    case = desk.opened(matter_code="")
    make_move(case=case, name=M.SETTLE, doers={Doer.FIRST}, given=told, by=desk.dispatcher, at=AT)
    return desk


def _reopened(desk, late):
    """Answered (late or not), judged badly, reopened; answered again but for the late one."""
    case = desk.opened()
    at = AT + (20 * DAY if late else HOUR)
    case = desk.moved(case, M.ACCEPT, M.CONTACT, M.ANSWER, M.VERIFY, M.PUBLISH, at=at)
    case = rate(desk, case, at + HOUR, good=False)
    case = move(desk, case, M.REOPEN, at + 2 * HOUR, reason="仍未解决")
    if not late:
        case = desk.moved(case, M.CONTACT, M.ANSWER, M.VERIFY, M.PUBLISH, at=at + 3 * HOUR)
        rate(desk, case, at + 4 * HOUR, good=True)


def test_the_database_counts_as_the_rules_do(busy):
    for hours in (0, 0.5, 1.5, 2.5, 4.5, 30, 24 * 15, 24 * 20 + 1.5, 24 * 40):
        asks = wanted(busy, AT + hours * HOUR)
        table = asked.figures_of(asks)
        every = asked.cases_behind(asks, FigureName.RECEIVED, is_of=True, key="")
        facts = [one.facts for one in asked.figured(every, asks.now)]

        assert facts
        for figure in FIGURES:
            told = table.total.figures[figure.name]
            assert told == counted(facts, figure), (figure.name, hours)


def test_behind_each_number_are_exactly_its_cases(busy):
    for by in Dimension:
        asks = wanted(busy, by=by, unit=busy.town.area)
        table = asked.figures_of(asks)

        assert len(table.rows) > 1, by
        for row in (*table.rows, table.total):
            for figure in FIGURES:
                told = row.figures[figure.name]
                found = asked.cases_behind(asks, figure.name, is_of=False, key=row.key)
                assert found.count() == told.count, (row.key, figure.name)
        row, figure = table.rows[0], FigureName.ANSWERED_ON_TIME
        found = asked.cases_behind(asks, figure, is_of=True, key=row.key)
        assert found.count() == row.figures[figure].of


def test_what_happens_later_changes_no_figure_of_before(desk):
    case = desk.published(matter_code="52999")
    rate(desk, case, AT + HOUR, good=True)
    asks = [wanted(desk, AT + 2 * HOUR, by) for by in (Dimension.UNIT, Dimension.MATTER)]
    before = [asked.figures_of(one) for one in asks]
    case.refresh_from_db()
    case = move(desk, case, M.REOPEN, AT + 3 * HOUR, reason="又来了")
    case = desk.moved(case, M.SEND_BACK, at=AT + 4 * HOUR)
    lift = {"matter": Matter.objects.get(code=LIFT), "unit": desk.town.grids[1]}
    move(desk, case, M.CLASSIFY, AT + 5 * HOUR, **lift)

    assert [asked.figures_of(one) for one in asks] == before
    after = asked.figures_of(wanted(desk, by=Dimension.MATTER))
    assert [row.key for row in after.rows] == [LIFT]
    assert total(desk, "solved", AT + 2 * HOUR) == Counted(1, 1)
    assert total(desk, "solved") == Counted(0, 0)


def test_rows_are_what_lies_right_below_the_unit_looked_at(desk):
    desk.opened()
    desk.opened(unit=desk.town.grids[3].pk)
    desk.opened(unit=None)  # of the town as a whole
    in_town = asked.figures_of(wanted(desk, unit=desk.town.town))
    in_maple = asked.figures_of(wanted(desk, unit=desk.town.maple))
    given = (desk.town.maple.path, desk.town.pine.path)
    of_two = asked.figures_of(wanted(desk, paths=given))

    assert len(in_town.rows) >= 2
    assert sum(row.figures[FigureName.RECEIVED].count for row in in_town.rows) == 3
    assert [row.thing for row in in_maple.rows] == [desk.town.grids[0].name]
    assert [row.unit for row in of_two.rows] == [desk.town.maple.pk, desk.town.pine.pk]


def test_nothing_outside_the_readers_part_is_counted_and_no_old_case_of_elsewhere(desk):
    desk.opened()
    desk.opened(channel=CaseChannel.IMPORTED)

    assert total(desk, "received", paths=(desk.town.pine.path,)).count == 0
    assert total(desk, "received", paths=("/",)).count == 1
    assert total(desk, "received", since=date(2026, 3, 11)).count == 0


def test_a_table_costs_the_same_however_many_cases(desk):
    def costs():
        found = []
        for by in Dimension:
            with versions.steady(), CaptureQueriesContext(connection) as queries:
                asked.figures_of(wanted(desk, by=by))
            found.append(len(queries))
        return found

    desk.opened()
    costs()
    one = costs()
    for unit in desk.town.grids[:3]:
        desk.opened(unit=unit.pk)

    # grouped, names, and for matters the stamp of the catalogue
    assert costs() == one == [3, 3, 3, 1, 2]


def test_a_town_changes_a_weight_by_another_row(desk):
    seed_rules(RULES)
    code, day = "case.figures.12345.satisfied", date(2026, 4, 1)
    RuleValue.objects.filter(code=code).update(valid_to=day)
    RuleValue.objects.create(code=code, value=50, source="test", valid_from=day)
    march, april = (asked.weighted_sets(date(2026, n, 15))[0] for n in (3, 4))
    rate(desk, desk.published(), AT + HOUR, good=True)

    assert march.weights[FigureName.SATISFIED] == 40
    assert april.weights[FigureName.SATISFIED] == 50
    assert asked.figures_of(wanted(desk), march).total.score == 95
    assert asked.figures_of(wanted(desk), april).total.score == 105
