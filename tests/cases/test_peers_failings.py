"""What open peers fail in, tried on ours (同类系统的缺陷): docs/reference/peers-failings.md.

Here stand the failings that no other test was about; the table names the tests of all of them.
"""

import json
import re
from copy import copy
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from hequan.cases.actions import Given, Judgement, follow_case, make_move, rate_answer
from hequan.cases.actions.helping import HelpWanted, ask_for_help
from hequan.cases.actions.public_words import release_words
from hequan.cases.actions.revealing import reveal_contact
from hequan.cases.errors import ReopenLateError
from hequan.cases.figures import Dimension, FigureName
from hequan.cases.kinds import CaseQueue, CaseState, LimitUnit
from hequan.cases.models import Case, PublicWords
from hequan.cases.moves import MOVES, Doer, MoveName
from hequan.cases.queries import figures, queues_of, status_of
from hequan.cases.sla import Limit
from hequan.core.audit import AuditEntry
from hequan.people.queries import person_of
from tests.world import AT

TABLE = Path(__file__).parents[2] / "docs/reference/peers-failings.md"
GOOD = Judgement(True, True, True, True)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
in_database = pytest.mark.django_db


@pytest.mark.once
def test_every_test_the_table_names_is_there():
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", TABLE.read_text(encoding="utf-8"))
    root = TABLE.parents[2]

    assert len(named) > 30
    for file, name in named:
        assert f"\ndef {name}(" in (root / file).read_text(encoding="utf-8"), f"{file}::{name}"


@pytest.mark.once
def test_no_row_of_the_table_is_without_a_test_or_a_reason():
    rows = [row for row in TABLE.read_text(encoding="utf-8").splitlines() if row.startswith("| ")]
    told = [row.strip("| ").split(" | ") for row in rows if not row.startswith("| failing")]

    assert len(told) > 30
    for cells in told:
        assert len(cells) == 3, cells
        assert "::" in cells[2] or cells[1].startswith("no"), cells


@pytest.mark.once
def test_no_judgement_reopens_a_case_by_itself():
    judging = (MoveName.RATE_GOOD, MoveName.RATE_BAD, MoveName.CLOSE_UNRATED)
    moves = [move for move in MOVES if move.name in judging]

    assert moves
    for move in moves:
        assert CaseState.HANDLING not in (move.target, *move.or_else)
        assert CaseState.TRIAGE not in (move.target, *move.or_else)


@pytest.mark.once
def test_days_moments_and_amounts_are_no_strings():
    kinds = {"_at": models.DateTimeField, "_on": models.DateField, "_times": models.IntegerField}
    for model in apps.get_app_config("cases").get_models():
        for field in model._meta.get_fields():
            ending = next((one for one in kinds if field.name.endswith(one)), None)
            if ending and isinstance(field, models.Field):
                assert isinstance(field, kinds[ending]), f"{model.__name__}.{field.name}"


@in_database
def test_the_oldest_of_more_than_a_hundred_is_the_first_of_the_first_page(desk):
    first = desk.opened(AT - 9 * DAY)
    rows = []
    for number in range(120):  # all of them newer, entered later
        row = copy(first)
        row.pk, row.number, row.link = None, f"260310-{number:05}", f"link-{number}"
        row.due_at = first.due_at + (number + 1) * MINUTE
        rows.append(row)
    Case.objects.bulk_create(reversed(rows))

    for queue in (CaseQueue.MINE, CaseQueue.LATE, CaseQueue.OPEN):
        queues = queues_of(desk.handler, AT)
        found = queues.lines(queues.keys(queue)[:25])
        assert found[0].number == first.number
        assert [one.due_at for one in found] == sorted(one.due_at for one in found)


@in_database
def test_nothing_that_is_said_of_a_case_moves_its_clocks(desk):
    case = desk.moved(desk.opened(contact_phone="13612340004"), MoveName.ACCEPT, MoveName.CONTACT)
    clocks = ("due_at", "solve_due_at", "contact_due_at", "accept_due_at")
    before = Case.objects.values_list(*clocks).get()
    later, by = AT + DAY, desk.handler
    case = make_move(
        case=case, name=MoveName.CONTACT, doers={Doer.HANDLER}, given=Given(note="又问了一次"),
        by=by, at=later,
    )  # fmt: skip
    case = make_move(
        case=case, name=MoveName.ASK_FOR_TIME, doers={Doer.HANDLER}, given=Given(reason="配件"),
        by=by, at=later,
    )  # fmt: skip
    case = make_move(
        case=case, name=MoveName.SUPERVISE, doers={Doer.HEAD}, given=Given(note="请尽快"),
        by=desk.chief, at=later,
    )  # fmt: skip
    follow_case(case=case, asking=desk.asking(words="我也遇到"), by=desk.town.system, at=later)
    release_words(case=case, words="垃圾没收", by=desk.dispatcher, at=later)
    wanted = HelpWanted("帮忙", Limit(1, LimitUnit.WORK_DAY), post=desk.lists.director)
    ask_for_help(case=case, wanted=wanted, doers={Doer.HANDLER}, by=by, at=later)
    reveal_contact(case=case, by=desk.dispatcher, at=later)

    assert Case.objects.values_list(*clocks).get() == before


@in_database
def test_the_page_offers_to_reopen_exactly_as_long_as_the_action_takes_it(desk):
    case = rate_answer(case=desk.published(), judgement=GOOD, by=desk.town.system, at=AT)
    until = status_of(case, AT).reopens_until
    last, late = AT + 15 * DAY - MINUTE, AT + 15 * DAY
    asked = {"case": case, "name": MoveName.REOPEN, "doers": {Doer.ASKER}, "by": desk.town.system}

    assert until == date(2026, 3, 25)
    assert status_of(case, last).reopens_until == until
    assert status_of(case, late).reopens_until is None
    with pytest.raises(ReopenLateError):
        make_move(**asked, given=Given(reason="又来了"), at=late)
    assert make_move(**asked, given=Given(reason="又来了"), at=last).state == CaseState.HANDLING


@in_database
def test_a_day_of_figures_is_the_towns_own_from_midnight_to_midnight(desk):
    midnight = AT.replace(day=9, hour=16, minute=0)  # of the tenth in Shanghai
    for at in (midnight - MINUTE, midnight, midnight + DAY - MINUTE, midnight + DAY):
        desk.opened(at)

    def received(since, until):
        asked = figures.Wanted(
            now=AT + 5 * DAY, unit=None, by=Dimension.UNIT,
            since=since, until=until, paths=(desk.town.town.path,),
        )  # fmt: skip
        return figures.figures_of(asked).total.figures[FigureName.RECEIVED].count

    assert received(date(2026, 3, 10), date(2026, 3, 10)) == 2
    assert received(date(2026, 3, 9), date(2026, 3, 10)) == 3
    assert received(date(2026, 3, 1), date(2026, 3, 8)) == 0


@in_database
def test_words_that_were_taken_back_are_kept_nowhere(desk):
    case, signed = desk.opened(words="垃圾没收"), {"by": desk.dispatcher, "at": AT}
    release_words(case=case, words="三楼张家的垃圾没收", **signed)
    release_words(case=case, words="", **signed)
    told = AuditEntry.objects.values_list("before", "after")

    assert not PublicWords.objects.exists()
    assert "张家" not in json.dumps(list(told), ensure_ascii=False)


@in_database
def test_whoever_has_no_post_reads_the_cases_of_her_part_and_no_empty_board(desk):
    case = desk.opened()

    assert person_of(desk.chief) is None
    assert list(queues_of(desk.chief, AT).keys(CaseQueue.OPEN)) == [case.pk]
