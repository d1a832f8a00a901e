"""Early warnings from the tables: counted in one grouped query, and the cases behind each."""

from copy import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hequan.cases.kinds import CaseState
from hequan.cases.models import Case
from hequan.cases.queries.warnings import cases_warned_of, warnings_for
from tests.cases.cast import LIFT, RUBBISH
from tests.world import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def months(desk):
    """Half a year: rubbish twice a fortnight in maple 1, lately nine times; one lift."""
    rubbish = desk.opened()
    for number in range(1, 13):
        copied(rubbish, AT - (14 * number + 3) * DAY, 2)
    copied(rubbish, AT - DAY, 8)
    desk.opened(matter_code=LIFT)
    return desk


def copied(case, at, times):
    """Enter the case again, as asked at another moment; opening is tried elsewhere."""
    rows = []
    for number in range(times):
        row = copy(case)
        row.pk, row.number = None, f"{at:%y%m%d}-{number}"
        row.link, row.opened_at = row.number, at + number * timedelta(minutes=1)
        rows.append(row)
    Case.objects.bulk_create(rows)


def told(desk, paths=None, at=AT):
    found = warnings_for(paths or (desk.town.town.path,), at)
    return [(one.unit_name, one.matter.code, one.now, one.usual, one.most) for one in found.lines]


def test_nine_where_two_are_usual(months):
    maple = months.town.grids[0]

    assert told(months) == [(maple.name, RUBBISH, 9, 2.0, 2)]
    assert told(months, (months.town.pine.path,)) == []
    assert told(months, (maple.path,)) == told(months, ("/",)) == told(months)
    assert told(months, at=AT + 30 * DAY) == []


def test_behind_a_warning_are_its_cases_as_far_as_the_reader_may_open_them(months):
    (one,) = warnings_for((months.town.town.path,), AT).lines
    unit, matter = months.town.grids[0], one.matter_id

    assert cases_warned_of(months.dispatcher, unit, matter, AT).count() == one.now
    assert not cases_warned_of(months.neighbour, unit, matter, AT).exists()


def test_what_was_merged_withdrawn_or_refused_does_not_recur(months):
    recent = Case.objects.filter(opened_at__gte=AT - 2 * DAY).order_by("pk")
    for row, state in zip(recent[1:3], (CaseState.WITHDRAWN, CaseState.REFUSED), strict=True):
        Case.objects.filter(pk=row.pk).update(state=state)

    assert told(months)[0][2] == 7


def test_without_a_past_nothing_is_told(desk):
    copied(desk.opened(), AT - DAY, 20)
    found = warnings_for((desk.town.town.path,), AT)

    assert (found.lines, found.spans, found.knows_enough) == ((), 0, False)


def test_one_grouped_query_however_many_cases(months):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        warnings_for((months.town.town.path,), AT)
    grouped = [one for one in seen.captured_queries if "GROUP BY" in one["sql"]]

    assert len(grouped) == 1


def test_of_very_many_cases_the_past_is_read_less_far_and_the_page_says_so(
    client, months, monkeypatch
):
    monkeypatch.setattr("hequan.cases.queries.warnings.MOST_COUNTED", 21)
    found = warnings_for((months.town.town.path,), AT)
    client.force_login(months.town.officer)
    monkeypatch.setattr("hequan.core.clock.now", lambda: AT)
    page = client.get("/board/warnings/").content.decode()

    assert found.is_cut
    assert found.spans < 6 <= warnings_uncut(months, monkeypatch).spans
    assert "未比较更早的" in page


def warnings_uncut(months, monkeypatch):
    monkeypatch.undo()
    found = warnings_for((months.town.town.path,), AT)
    assert not found.is_cut
    return found
