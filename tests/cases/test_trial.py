"""Dry run of a list: what another list would send elsewhere, told by class and unit."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hequan.cases.models import Case, CaseStep
from hequan.cases.queries.trial import trial_of
from hequan.cases.trial import by_class, by_unit, codes_touched, turned
from hequan.core import versions
from hequan.roster.answers import Answer, AnsweringPost, Outcome
from hequan.roster.matters import MatterRow
from hequan.roster.responsibilities import ItemFacts, ListFacts, PartyFacts, PartyRole
from tests.cases.cast import LIFT, RUBBISH
from tests.roster.list_cast import ITEMS, A, ItemEntry, draft
from tests.world import AT

DAY = AT.date()
in_database = pytest.mark.django_db


def answer(*posts, organisation=None):
    found = tuple(
        AnsweringPost(one, "grid_head", one, f"p{one}", "maple", PartyRole.ANSWERABLE, "head")
        for one in posts
    )
    outcome = Outcome.ANSWERED if posts or organisation else Outcome.NOBODY
    return Answer(outcome, found, organisation, item_number=4)


@pytest.mark.once
def test_only_other_receivers_are_a_difference():
    cases = {("52", 1): 3, ("52", 2): 5, ("51", 1): 7, ("51", 2): 2}
    before = {
        ("52", 1): answer(1), ("52", 2): answer(1, 2), ("51", 1): answer(), ("51", 2): answer(1)
    }  # fmt: skip
    after = {
        ("52", 1): answer(2), ("52", 2): answer(2, 1), ("51", 1): answer(organisation=9),
        ("51", 2): answer(),
    }  # fmt: skip
    turns = turned(cases, before, after)

    assert [one.pair for one in turns] == [("51", 1), ("52", 1), ("51", 2)]  # most cases first
    assert by_class(turns) == [("51", 9), ("52", 3)]
    assert by_unit(turns) == [(1, 10), (2, 2)]
    assert turns[2].after.is_nobody
    assert (turns[1].after.person, turns[1].after.item) == ("p2", 4)


@pytest.mark.once
def test_a_matter_is_asked_of_where_the_lists_say_otherwise_who_answers():
    matters = {code: MatterRow(1, code, code[:2], code, "", ()) for code in ("51999", "52999")}
    head, firm = PartyFacts(1, "head", post_kind="grid_head"), PartyFacts(2, "firm")
    answerable, does = PartyRole.ANSWERABLE, PartyRole.DOES
    leak = ItemFacts(1, 1, "leak", ("51",), roles=((1, answerable), (2, does)))
    dirt = ItemFacts(2, 2, "dirt", ("52999",), roles=((1, answerable),))

    def sheet(*items):
        return ListFacts(1, 1, 1, "list", DAY, None, (head, firm), items)

    old = sheet(leak, dirt)
    said = {
        "the same": sheet(replace(leak, key=7, text="other words"), dirt),
        "who does it": sheet(replace(leak, roles=((1, answerable),)), dirt),
        "who answers": sheet(replace(leak, roles=((2, answerable),)), dirt),
        "where": sheet(leak, replace(dirt, place_kinds=("estate",))),
        "nothing of it": sheet(leak),
    }
    found = {name: set(codes_touched(old, new, matters)) for name, new in said.items()}

    assert found == {
        "the same": set(), "who does it": set(), "who answers": {"51999"},
        "where": {"52999"}, "nothing of it": {"52999"},
    }  # fmt: skip
    assert codes_touched(None, old, matters) == set(matters)


@pytest.fixture
def other(desk):
    """A draft that gives rubbish to the director instead of the head of the micro-grid."""
    rubbish = ItemEntry(4, "环境卫生", ("52",), roles=(("居委会主任", A),))
    return draft(desk.town, items=(*ITEMS[:3], rubbish))


@in_database
def test_last_years_cases_that_another_list_would_send_elsewhere(desk, other):
    rubbish = desk.opened()
    desk.opened(matter_code=LIFT)
    desk.opened(matter_code="")
    desk.opened(unit=None)
    steps = CaseStep.objects.count()
    trial = trial_of(other, desk.chief, DAY, DAY, AT)

    assert (trial.asked, list(trial.keys)) == (2, [rubbish.pk])
    (line,) = trial.lines(trial.keys, AT)
    assert (line.before.person, line.after.person) == ("王丽", "赵强")
    assert (line.before.item, line.after.item) == (4, 4)
    assert [(row.code, n) for row, n in trial.classes(AT)] == [(RUBBISH, 1)]
    assert trial.units() == [("红枫第1微网格", 1)]
    rubbish.refresh_from_db()
    assert (rubbish.post, rubbish.version) == (desk.lists.head, 0)  # nothing was written
    assert CaseStep.objects.count() == steps


@in_database
def test_the_list_in_force_sends_nothing_elsewhere(desk):
    desk.opened()

    assert not trial_of(desk.lists.sheet, desk.chief, DAY, DAY, AT).keys


@in_database
def test_only_cases_one_may_open_are_asked_of(desk, other):
    desk.opened()

    assert trial_of(other, desk.neighbour, DAY, DAY, AT).asked == 0


@in_database
def test_a_dry_run_costs_the_same_however_many_cases_there_are(desk, other):
    def cost():
        with versions.steady(), CaptureQueriesContext(connection) as asked:
            trial = trial_of(other, desk.chief, DAY, DAY, AT)
            trial.lines(trial.keys[:25], AT), trial.units(), trial.classes(AT)
        return len(asked)

    desk.opened()
    cost()
    one = cost()
    for grid in desk.town.grids[:3]:
        desk.opened(unit=grid.pk)
    assert Case.objects.count() == 4

    assert cost() == one <= 30


@in_database
def test_the_page_tells_where_each_would_go_and_why(client, desk, other):
    case = desk.opened()
    client.force_login(desk.town.officer)
    address = f"/board/responsibilities/{other.pk}/trial/?since=2026-03-01&until=2026-03-31"
    page = client.get(address).content.decode()

    assert case.number in page
    assert "赵强" in page
    assert "环境卫生" in page
    assert "试算" in client.get(f"/board/responsibilities/{other.pk}/").content.decode()
    client.force_login(desk.dispatcher)  # edits no list
    assert client.get(address).status_code == 404


@in_database
def test_of_very_many_cases_the_newest_are_tried_and_the_page_says_so(
    client, desk, other, monkeypatch
):
    desk.opened()
    newest = desk.opened(AT + timedelta(hours=1))
    monkeypatch.setattr("hequan.cases.queries.trial.MOST_READ", 1)
    trial = trial_of(other, desk.chief, DAY, DAY, AT)
    client.force_login(desk.town.officer)
    page = client.get(f"/board/responsibilities/{other.pk}/trial/?since=2026-03-01").content

    assert (trial.asked, trial.is_cut, list(trial.keys)) == (1, True, [newest.pk])
    assert "只试算了最近的 1 件" in page.decode()
    monkeypatch.undo()
    assert not trial_of(other, desk.chief, DAY, DAY, AT).is_cut
