"""Tables of codes and names: levels and parents from codes, every row's fate, nothing guessed."""

import io

import openpyxl
import pytest

from hequan.core.errors import ImportChangedError
from hequan.core.import_runs import note_import, write_import
from hequan.core.imports import ImportOptions, import_kind
from hequan.files.errors import FileError
from hequan.files.wording import say
from hequan.territory.actions import rename_unit
from hequan.territory.kinds import Level
from hequan.territory.models import Unit
from hequan.territory.queries import unit_with_code, units_below
from tests.import_steps import fates, notes, refusals
from tests.world import AT, MAPLE, TOWN

HEAD = ["code", "name"]


def test_state_tables_need_only_code_and_name(run, csv_file):
    run("territory", csv_file(HEAD, ["310113", "宝山区"]))
    run("territory", csv_file(HEAD, ["310113111", "高境镇"]))
    found = run(
        "territory", csv_file(HEAD, ["310113111001", "新居委会"], ["310113111002", "旧居委会"])
    )

    assert fates(found) == {"new": 2}
    assert unit_with_code("310000").name == "上海市"
    town = unit_with_code("310113111")
    assert (town.level, town.parent.name) == (Level.TOWN, "宝山区")
    assert units_below(town, Level.COMMITTEE).count() == 2


def test_importing_again_finds_everything_the_same(run, csv_file):
    path = csv_file(HEAD, ["310113", "宝山区"], ["310113111", "高境镇"])
    run("territory", path)

    assert fates(run("territory", path)) == {"same": 2}
    assert Unit.objects.count() == 3


def test_a_changed_name_is_told_with_old_and_new(world, run, csv_file):
    found = run("territory", csv_file(HEAD, [TOWN, "高境街道"]))

    assert found.fates[0].changes == {"name": ("高境镇", "高境街道")}
    assert Unit.objects.get(pk=world.town.pk).name == "高境街道"


def test_blank_cells_leave_what_is_known(world, run, csv_file):
    head = ["代码", "名称", "户数", "小区类型"]

    found = run("territory", csv_file(head, [MAPLE, "红枫居委会", "", ""]))

    assert fates(found) == {"same": 1}
    assert (world.maple.households, world.maple.estate_type) == (1200, "old_public")


def test_a_committee_below_an_area_stays_there(world, run, csv_file):
    """The state's code says town; the town's own area in between is kept."""
    found = run("territory", csv_file(HEAD, [MAPLE, "红枫居委会"]))

    assert fates(found) == {"same": 1}
    assert world.area == Unit.objects.get(pk=world.maple.pk).parent


def test_a_town_brings_its_own_areas_and_grids(world, run, csv_file):
    head = ["层级", "代码", "名称", "上级代码", "区域类型", "户数", "生效日期"]
    rows = [
        ["微网格", "GJ-N1", "新网格", "310113111009", "小区", "３００", "2026年1月5日"],
        ["片区", "GJ-B", "第二片区", TOWN, "", "", "46027"],
        ["居委会", "310113111009", "新居委会", "GJ-B", "", "1 200", ""],
    ]

    found = run("territory", csv_file(head, *rows))

    assert fates(found) == {"new": 3}
    grid = unit_with_code("GJ-N1")
    assert (grid.level, grid.zone_kind, grid.households) == (Level.GRID, "estate", 300)
    assert str(grid.valid_from) == "2026-01-05"
    assert grid.parent.parent.name == "第二片区"


def test_a_committee_whose_town_is_unknown_is_refused(world, plan, csv_file):
    found = plan("territory", csv_file(HEAD, ["310113199001", "无主居委会"]))

    (said,) = refusals(found)
    assert said.startswith("2 code 310113199: the unit above, 310113199, is not known")
    assert "Import the unit above first" in said


def test_children_of_a_refused_row_are_refused_too(world, plan, csv_file):
    found = plan("territory", csv_file(HEAD, ["3101139X1", "坏镇"], ["310113112001", "好居委会"]))

    assert fates(found) == {"refused": 2}


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("31011", "6, 9 or 12 digits"),
        ("31O113", "digits only"),
        ("990101", "no province"),
        ("310113911", "seventh digit"),
        ("", "cell is blank"),
    ],
)
def test_bad_codes_are_refused_with_the_reason(world, plan, csv_file, code, part):
    (said,) = refusals(plan("territory", csv_file(HEAD, [code, "某处"])))

    assert part in said


def test_a_code_that_stands_twice_is_refused_the_second_time(world, plan, csv_file):
    rows = [["310113112", "庙行镇"], ["３１０１１３１１２", "庙行镇"]]

    found = plan("territory", csv_file(HEAD, *rows))

    assert fates(found) == {"new": 1, "refused": 1}
    assert "stands in row 2 already" in refusals(found)[0]


def test_a_level_that_contradicts_the_code_is_refused(world, plan, csv_file):
    found = plan("territory", csv_file(["层级", *HEAD], ["居委会", "310113112", "庙行镇"]))

    assert "does not belong to a unit of this level" in refusals(found)[0]


def test_a_word_that_is_no_level_is_refused_with_the_words_there_are(world, plan, csv_file):
    found = plan("territory", csv_file(["层级", *HEAD], ["王国", "310113112", "庙行镇"]))

    assert "building_group" in refusals(found)[0]


def test_a_parent_of_the_same_level_is_refused(world, plan, csv_file):
    head = ["level", "code", "name", "parent_code"]
    found = plan("territory", csv_file(head, ["grid", "GJ-X", "网格", "GJ-M1"]))

    assert "not of a higher level" in refusals(found)[0]


def test_a_grid_without_parent_is_refused(world, plan, csv_file):
    found = plan("territory", csv_file(["level", *HEAD], ["grid", "GJ-X", "网格"]))

    assert "does not say what the unit lies in" in refusals(found)[0]


def test_negative_households_are_refused_with_row_column_and_value(world, plan, csv_file):
    found = plan("territory", csv_file([*HEAD, "户数"], ["310113112", "庙行镇", "-5"]))

    assert refusals(found)[0].startswith("2 户数 -5: a count cannot be negative")


def test_a_gbk_table_with_titles_above_is_read(world, run, csv_file):
    rows = [["高境镇居委会一览表"], ["代码", "名称"], ["310113111008", "　银杏 居委会 "]]

    found = run("territory", csv_file(*rows, encoding="gb18030"))

    assert fates(found) == {"new": 1}
    assert unit_with_code("310113111008").name == "银杏 居委会"


def test_merged_cells_and_numbers_for_codes_in_a_workbook_are_read(world, run, tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    for row in [
        ["层级", "代码", "名称", "上级代码"],
        ["微网格", "GJ-7", "七网格", MAPLE],
        [None, "GJ-8", "八网格", None],
    ]:
        page.append(row)
    page["D2"] = int(MAPLE)
    page.merge_cells("A2:A3")
    page.merge_cells("D2:D3")
    path = tmp_path / "网格.xlsx"
    book.save(path)

    assert fates(run("territory", path)) == {"new": 2}
    assert world.maple == unit_with_code("GJ-8").parent


def test_only_the_part_asked_for_is_read(run, csv_file):
    path = csv_file(HEAD, ["110101", "东城区"], ["310101", "黄浦区"], ["440305", "南山区"])

    found = run("territory", path, extra={"within": "31"})

    assert fates(found) == {"new": 1}
    assert "Rows outside 31 left out: 2" in notes(found)


def test_a_file_of_several_cities_needs_to_be_told_which(plan, csv_file):
    found = plan("territory", csv_file(HEAD, ["110101", "东城区"], ["310101", "黄浦区"]))

    assert fates(found) == {"refused": 2}
    assert "several cities" in refusals(found)[0]


def test_the_only_city_there_is_decides(world, plan, csv_file):
    found = plan("territory", csv_file(HEAD, ["110101", "东城区"], ["310101", "黄浦区"]))

    assert fates(found) == {"new": 1}


def test_a_district_of_a_city_nobody_named_is_refused(plan, csv_file):
    found = plan("territory", csv_file(HEAD, ["440305", "南山区"]))

    assert "440300, is not known" in refusals(found)[0]


def test_a_file_without_the_columns_says_which_there_are(plan, csv_file):
    with pytest.raises(FileError) as refused:
        plan("territory", csv_file(["甲", "乙"], ["310113", "宝山区"]))

    assert "甲, 乙" in str(refused.value)
    assert "甲, 乙" in say(refused.value, "zh")


def test_columns_are_named_where_their_headings_say_nothing(run, csv_file):
    found = run(
        "territory",
        csv_file(["甲", "乙"], ["310113", "宝山区"]),
        columns={"code": "甲", "name": "B"},
    )

    assert fates(found) == {"new": 1}


def test_rows_outside_the_importers_part_are_refused(world, plan, csv_file):
    rows = [[MAPLE, "红枫改名"], ["310113111002", "青松改名"], ["310113112", "庙行镇"]]

    found = plan("territory", csv_file(HEAD, *rows), paths=(world.maple.path,))

    assert fates(found) == {"changed": 1, "refused": 2}
    assert "outside the part of the territory" in refusals(found)[0]


def test_moving_a_unit_away_needs_both_parts(world, plan, csv_file):
    head = ["code", "name", "parent_code", "level"]
    row = ["GJ-M1", "红枫第1微网格", "310113111002", "grid"]

    assert fates(plan("territory", csv_file(head, row), paths=(world.maple.path,))) == {
        "refused": 1
    }
    assert fates(plan("territory", csv_file(head, row), paths=(world.area.path,))) == {"changed": 1}


def test_what_was_confirmed_is_what_is_written_or_nothing(world, plan, csv_file):
    path = csv_file(HEAD, [TOWN, "高境街道"])
    shown = plan("territory", path)
    noted = note_import(plan=shown, stored_as="", options=ImportOptions(), by=world.officer, at=AT)
    rename_unit(unit=world.town, name="高境新镇", by=world.officer, at=AT)

    with pytest.raises(ImportChangedError):
        write_import(run=noted, plan=plan("territory", path), by=world.officer, at=AT)

    assert Unit.objects.get(pk=world.town.pk).name == "高境新镇"


def test_the_template_can_be_handed_in_as_it_is(run, csv_file, tmp_path):
    content = import_kind("territory").template()
    path = tmp_path / "template.xlsx"
    path.write_bytes(content)

    found = run("territory", path)

    assert fates(found) == {"new": 5}
    headings = [
        cell.value for cell in next(openpyxl.load_workbook(io.BytesIO(content)).active.rows)
    ]
    assert headings[1] == "代码 (code)"
