"""Old cases: their own numbers and days, no clock, nobody told, never twice; real sets read."""

import gzip
from datetime import UTC, date, datetime, timedelta

import pytest

from hequan.cases.actions import make_move
from hequan.cases.actions.moving import Given
from hequan.cases.models import Case, CaseSource, CaseStep
from hequan.cases.moves import Doer, MoveName
from hequan.cases.queries.figure_facts import stood_at
from hequan.core.audit import AuditEntry
from hequan.core.clock import now
from hequan.core.jobs import Job
from hequan.core.kinds import Fate
from hequan.files.errors import FileError
from tests.cases.cast import RUBBISH
from tests.import_steps import csv_file, fates, plan, run  # noqa: F401 - fixtures
from tests.realdata import real_data
from tests.world import AT, MAPLE, TOWN, place

HEAD = ["工单号", "受理时间", "办结时间", "截止时间", "状态", "事项", "内容", "地址", "居村代码"]
CLOSED = [
    *("G-1", "2024-03-01 09:12", "2024-03-04", "2024-03-08", "已办结", RUBBISH, "垃圾", "三门路"),
    MAPLE,
]
OPEN = ["G-2", "2024/3/2", "", "", "办理中", "无此类", "电梯坏了", "", MAPLE]
OWN = {"extra": {"source": "旧热线"}}


def test_a_case_keeps_its_number_and_days_and_runs_no_clock(desk, csv_file, run):  # noqa: F811
    jobs = Job.objects.count()
    assert fates(run("old-cases", csv_file(HEAD, CLOSED, OPEN), **OWN)) == {"new": 2}

    closed = Case.objects.get(source__number="G-1")
    assert (closed.state, closed.channel, closed.matter.code) == ("closed", "imported", RUBBISH)
    assert closed.opened_at == datetime(2024, 3, 1, 1, 12, tzinfo=UTC)
    assert closed.closed_at == datetime(2024, 3, 3, 16, 0, tzinfo=UTC)
    assert closed.source.due_at == datetime(2024, 3, 7, 16, 0, tzinfo=UTC)
    assert closed.number.startswith("240301-")
    still_open = Case.objects.get(source__number="G-2")
    assert (still_open.state, still_open.due_at) == ("triage", None)
    assert still_open.words == "无此类: 电梯坏了"
    assert Job.objects.count() == jobs  # nobody hears of it
    assert CaseStep.objects.filter(move="import").count() == 2
    assert AuditEntry.objects.filter(verb="cases.imported").count() == 1
    assert not stood_at(date(2024, 1, 1), date(2024, 12, 31), now()).exists()  # no figure counts it


def test_the_same_file_again_changes_nothing_and_a_newer_one_what_it_may(desk, csv_file, run):  # noqa: F811
    run("old-cases", csv_file(HEAD, CLOSED, OPEN), **OWN)
    assert fates(run("old-cases", csv_file(HEAD, CLOSED, OPEN), **OWN)) == {"same": 2}
    assert (Case.objects.count(), CaseSource.objects.count()) == (2, 2)

    ended = [*OPEN[:2], "2024-03-09", *OPEN[3:]]
    assert fates(run("old-cases", csv_file(HEAD, CLOSED, ended), **OWN)) == {
        "changed": 1,
        "same": 1,
    }
    assert Case.objects.get(source__number="G-2").state == "closed"
    elsewhere = {"extra": {"source": "另一处"}}
    assert fates(run("old-cases", csv_file(HEAD, CLOSED), **elsewhere)) == {"new": 1}


def test_a_case_that_is_handled_here_is_left_alone(desk, csv_file, run, plan):  # noqa: F811
    run("old-cases", csv_file(HEAD, OPEN), **OWN)
    case = Case.objects.get()
    given = Given(reason="已另行处理")
    make_move(
        case=case,
        name=MoveName.WITHDRAW,
        doers={Doer.DISPATCHER},
        given=given,
        by=desk.dispatcher,
        at=AT,
    )
    ended = [*OPEN[:2], "2024-03-09", *OPEN[3:]]
    row = run("old-cases", csv_file(HEAD, ended), **OWN).fates[0]

    assert (row.fate, len(row.warnings)) == (Fate.SAME, 1)
    case.refresh_from_db()
    assert case.state == "withdrawn"


def test_every_row_that_is_not_taken_says_why(desk, csv_file, plan, run):  # noqa: F811
    future = (now() + timedelta(days=3)).strftime("%Y-%m-%d")
    bad = {
        "stands in row 2 already": CLOSED,
        "is not a day": ["G-3", "irgendwann", *CLOSED[2:]],
        "closes before it opens": ["G-4", "2024-03-09", "2024-03-01", *CLOSED[3:]],
        "lies in the future": ["G-5", future, "", *CLOSED[3:]],
        "there is no such unit": ["G-6", *CLOSED[1:-1], "NO-1"],
        "the place is not known": ["G-7", *CLOSED[1:-1], ""],
        "too long": ["G-8", *CLOSED[1:6], "字" * 5001, "", MAPLE],
        "blank": ["", *CLOSED[1:]],
    }
    found = run("old-cases", csv_file(HEAD, CLOSED, *bad.values()), **OWN)

    assert fates(found) == {"new": 1, "refused": len(bad)}
    assert Case.objects.count() == 1
    told = [str(row.refusals[0].text) for row in found.fates[1:]]
    assert len(set(told)) == len(bad)


def test_points_elsewhere_are_refused_or_placed_in_the_unit_that_is_named(desk, csv_file, plan):  # noqa: F811
    lon, lat = place(100, 100)
    head = ["number", "opened_at", "lon", "lat"]
    path = csv_file(head, ["A", "2024-01-01", lon, lat], ["B", "2024-01-01", -73.9, 40.7])

    refused = plan("old-cases", path)
    assert [row.fate for row in refused.fates] == [Fate.NEW, Fate.REFUSED]
    placed = plan("old-cases", path, extra={"unit": TOWN})
    assert fates(placed) == {"new": 2}
    assert placed.fates[1].warnings
    with pytest.raises(FileError):
        plan("old-cases", path, extra={"unit": "NO-1"})
    only_pine = plan("old-cases", path, paths=(desk.town.pine.path,))
    assert fates(only_pine) == {"refused": 2}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "file", "preset", "told"),
    [
        ("service-requests-nyc-council", "cases-2015-2020.csv.gz", "nyc-council", {"new": 300}),
        (
            *("service-requests-st-louis", "january_2018.csv.gz", "st-louis"),
            {"new": 294, "refused": 6},
        ),
    ],
)
def test_the_published_sets_are_read_by_their_presets(
    desk,
    run,  # noqa: F811
    tmp_path,
    folder,
    file,
    preset,
    told,
):
    path = tmp_path / "old.csv"
    with gzip.open(real_data(folder) / file, "rt", encoding="utf-8") as lines:
        path.write_text("".join(line for line, _ in zip(lines, range(301), strict=False)))
    asked = {"extra": {"preset": preset, "unit": TOWN}}

    assert fates(run("old-cases", path, **asked)) == told
    again = fates(run("old-cases", path, **asked))
    assert again == {"same": told["new"]} | {k: v for k, v in told.items() if k == "refused"}
    assert CaseSource.objects.filter(source=preset).count() == Case.objects.count() == told["new"]
