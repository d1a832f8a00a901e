"""Matters and responsibility lists from spreadsheets: fates, refusals, drafts only."""

import pytest

from hequan.core.imports import import_kind
from hequan.files.errors import FileError
from hequan.people.models import Organisation
from hequan.roster.models import Matter, ResponsibilityList
from hequan.roster.queries.matters import catalogue_on
from hequan.roster.queries.responsibilities import list_facts
from tests.import_steps import fates, notes, refusals, warnings
from tests.roster.list_cast import DAY, TODAY, numbers
from tests.world import MAPLE, TOWN

MATTERS = ["编码", "名称", "适用区域", "生效日期"]
LIST = ["序号", "责任事项", "对应事项", "适用区域", "网格长", "居委会主任", "物业公司", "城管所"]


def draft() -> ResponsibilityList:
    return ResponsibilityList.objects.get(state="draft")


def test_a_catalogue_is_imported_and_imported_again(world, run, csv_file):
    path = csv_file(MATTERS, ["51999", "漏水", "小区、老公房", ""], ["51", "住房", "不限", ""])

    assert fates(run("matters", path)) == {"new": 2}
    assert fates(run("matters", path)) == {"same": 2}
    leak = catalogue_on(TODAY).by_code["51999"]
    assert (leak.place_kinds, leak.valid_from) == (("estate", "old_public"), TODAY)


def test_a_change_of_a_matter_holds_from_the_imports_day(world, run, csv_file):
    run("matters", csv_file(MATTERS, ["51", "住房", "", "2026-01-01"]))
    found = run("matters", csv_file(MATTERS, ["51", "物业与住房", "", ""]))

    assert found.fates[0].changes["name"] == ("住房", "物业与住房")
    assert catalogue_on(DAY).by_code["51"].name == "住房"
    assert catalogue_on(TODAY).by_code["51"].name == "物业与住房"


@pytest.mark.parametrize(
    ("row", "part"),
    [
        (["519", "漏水", "", ""], "a class has 2 digits"),
        (["52001", "漏水", "", ""], "no such class"),
        (["51001", "漏水", "月球", ""], "none of the words allowed"),
        (["51001", "漏" * 81, "", ""], "too long"),
        (["51001", "", "", ""], "blank"),
        (["51", "住房", "", ""], "stands in row 2 already"),
    ],
)
def test_rows_that_are_no_matter_are_refused(world, plan, csv_file, row, part):
    found = plan("matters", csv_file(MATTERS, ["51", "住房", "", ""], row))

    assert fates(found) == {"new": 1, "refused": 1}
    assert part in refusals(found)[0]


def test_a_day_before_what_holds_now_is_refused(world, run, plan, csv_file):
    run("matters", csv_file(MATTERS, ["51", "住房", "", "2026-03-01"]))
    found = plan("matters", csv_file(MATTERS, ["51", "别的", "", "2026-01-01"]))

    assert "holds from a later day" in refusals(found)[0]


def test_the_template_is_the_starter_catalogue(world, run, tmp_path):
    path = tmp_path / "matters.xlsx"
    path.write_bytes(import_kind("matters").template())

    run("matters", path)
    assert Matter.objects.count() == 113


@pytest.fixture
def listed(lists):
    """The town with its published list and a city management office."""
    Organisation.objects.create(name="城管所", kind="department", unit=lists.town.town)
    return lists


def imported(reader, path, unit=TOWN, **extra):
    return reader("responsibilities", path, extra={"unit": unit} | extra)


def test_a_matrix_goes_into_a_draft_and_the_published_list_stays(listed, run, csv_file):
    before = list_facts(listed.sheet)
    path = csv_file(
        LIST,
        [1, "房屋与物业", "51", "", "", "主责", "实施", ""],
        [5, "占道设摊", "垃圾未清运；51998", "街区", "配合", "", "", "A"],
    )
    found = imported(run, path)

    assert fates(found) == {"new": 1, "same": 1}
    assert "网格长、居委会主任、物业公司、城管所" in notes(found)
    assert "stay as they are: 2, 3, 4" in notes(found)
    facts = list_facts(draft())
    assert (numbers(facts), facts.version) == ([1, 2, 3, 4, 5], 2)
    stalls = facts.items[-1]
    names = {one.key: one.name for one in facts.parties}
    assert {("网格长", "helps"), ("城管所", "answerable")} == {
        (names[key], role) for key, role in stalls.roles
    }
    assert (stalls.matters, stalls.place_kinds) == (("51998", "52999"), ("street",))
    office = next(one for one in facts.parties if one.name == "城管所")
    assert (office.resolves_by, bool(office.organisation_id)) == ("organisation", True)
    assert before == list_facts(listed.sheet)


def test_the_same_matrix_again_changes_nothing(listed, run, csv_file):
    path = csv_file(LIST, [5, "占道设摊", "52999", "街区", "配合", "", "", "主责"])

    assert fates(imported(run, path)) == {"new": 1}
    assert fates(imported(run, path)) == {"same": 1}
    assert ResponsibilityList.objects.filter(state="draft").count() == 1


def test_an_emptied_cell_is_emptied_and_other_parties_keep_theirs(listed, run, csv_file):
    run_, path = run, csv_file(["序号", "责任事项", "居委会主任"], [4, "环境卫生", "主责"])
    found = imported(run_, path)

    assert fates(found) == {"changed": 1}
    assert "two parties are answerable" in warnings(found)[0]
    facts = list_facts(draft())
    names = {one.key: one.name for one in facts.parties}
    assert {("网格长", "answerable"), ("居委会主任", "answerable")} == {
        (names[key], role) for key, role in facts.items[3].roles
    }
    assert facts.items[3].matters == ("52",)


@pytest.mark.parametrize(
    ("row", "part"),
    [
        (["x", "占道", "52999", "", "主责", "", "", ""], "序号"),
        ([0, "占道", "52999", "", "主责", "", "", ""], "numbers go from 1"),
        ([9, "", "52999", "", "主责", "", "", ""], "blank"),
        ([9, "占道", "88001", "", "主责", "", "", ""], "no matter of the catalogue"),
        ([9, "占道", "52999", "月球", "主责", "", "", ""], "none of the words"),
        ([9, "占道", "52999", "", "√", "主责", "", ""], "none of the words"),
        ([9, "占" * 201, "52999", "", "主责", "", "", ""], "too long"),
        ([8, "占道", "52999", "", "主责", "", "", ""], "stands in row 2 already"),
    ],
)
def test_rows_that_are_no_item_are_refused(listed, plan, csv_file, row, part):
    good = [8, "设摊", "52999", "", "主责", "", "", ""]
    found = imported(plan, csv_file(LIST, good, row))

    assert fates(found) == {"new": 1, "refused": 1}
    assert part in refusals(found)[0]
    assert not ResponsibilityList.objects.filter(state="draft").exists()


def test_what_the_check_would_find_is_warned_of(listed, plan, csv_file):
    found = imported(plan, csv_file(LIST, [9, "占道", "", "", "配合", "", "", ""]))

    assert [one.split(": ", 1)[1].split(":")[0].split(" |")[0] for one in warnings(found)] == [
        "nobody is answerable",
        "no matter is named",
    ]


def test_a_party_nobody_knows_is_read_and_must_be_set(listed, run, csv_file):
    head = ["序号", "责任事项", "对应事项", "联勤联动办", "备注"]
    found = imported(run, csv_file(head, [9, "占道", "52999", "主责", "见附件"]))

    assert "how these parties are found: 联勤联动办" in notes(found)
    assert "备注" not in {one.name for one in list_facts(draft()).parties}


@pytest.mark.parametrize("unit", ["", "310113999"])
def test_the_unit_must_be_one_there_is(listed, plan, csv_file, unit):
    with pytest.raises(FileError):
        imported(plan, csv_file(LIST, [9, "占道", "52999", "", "主责", "", "", ""]), unit=unit)


def test_another_parts_list_is_out_of_reach(listed, plan, csv_file):
    path = csv_file(LIST, [9, "占道", "52999", "", "主责", "", "", ""])

    with pytest.raises(FileError):
        plan("responsibilities", path, extra={"unit": MAPLE}, paths=(listed.town.pine.path,))


def test_a_table_without_roles_is_refused(listed, plan, csv_file):
    with pytest.raises(FileError):
        imported(plan, csv_file(["序号", "责任事项", "备注"], [1, "占道", "无"]))


def test_the_template_reads_as_it_is(listed, plan, tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(import_kind("responsibilities").template())

    found = imported(plan, path)
    assert len(found.fates) == 2
    assert all("no matter of the catalogue" in one for one in refusals(found))
