"""The catalogue of a spreadsheet: every row's fate, written once, brought again without change."""

import pytest

from hequan.core.import_runs import plan_import
from hequan.core.imports import ImportOptions, import_kind
from hequan.core.kinds import Fate
from hequan.files.errors import FileError
from hequan.files.sheets import Sheet, workbook_bytes
from hequan.stations.models import Service
from tests.world import AT

pytestmark = pytest.mark.slow
HEADERS = ("编号", "服务名称", "类别", "办理方式", "时长", "材料", "服务对象", "收费标准")
ROWS = [
    ["FW-001", "社区助餐", "助餐", "预约", "３０", "身份证；敬老卡", "60岁以上", "按菜单"],
    ["FW-002", " 图书借阅 ", "文化", "随时", None, None, None, "免费"],
]


def plan(tmp_path, rows, headers=HEADERS, **options):
    path = tmp_path / "services.xlsx"
    path.write_bytes(workbook_bytes([Sheet("服务", headers, rows)]))
    return plan_import("services", path, path.name, ImportOptions(**options))


def written(world, tmp_path, rows, **more):
    found = plan(tmp_path, rows, **more)
    found.write(world.system, AT)
    return found


def test_a_catalogue_is_read_written_and_the_same_again(world, tmp_path):
    first = written(world, tmp_path, ROWS)
    assert first.counts()[Fate.NEW] == 2
    meals = Service.objects.get(code="FW-001")
    assert (meals.category, meals.mode, meals.minutes) == ("meals", "by_order", 30)
    assert meals.papers == ["身份证", "敬老卡"]
    assert Service.objects.get(code="FW-002").name == "图书借阅"
    again = plan(tmp_path, ROWS)
    assert again.counts()[Fate.SAME] == 2


def test_a_changed_row_tells_what_changes_and_blanks_stay(world, tmp_path):
    written(world, tmp_path, ROWS)
    changed = [["FW-001", "社区食堂", None, None, None, None, None, None]]
    (fate,) = written(world, tmp_path, changed).fates
    assert (fate.fate, dict(fate.changes)) == (Fate.CHANGED, {"name": ("社区助餐", "社区食堂")})
    assert Service.objects.get(code="FW-001").minutes == 30


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (["FW-3", "算命", "玄学", None, None, None, None, None], "类别", "玄学"),
        (["FW-3", "算命", None, None, None, None, None, None], "类别", ""),
        (["FW-3", "", "文化", None, None, None, None, None], "服务名称", ""),
        (["FW-3", "太久", "文化", "预约", -5, None, None, None], "时长", "-5"),
        (["FW-3", "太久", "文化", "托梦", None, None, None, None], "办理方式", "托梦"),
        (["FW-3", "长" * 81, "文化", None, None, None, None, None], "服务名称", "长" * 40 + "…"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_cell(world, tmp_path, row, column, value):
    found = written(world, tmp_path, [row])
    (fate,) = found.fates
    assert (fate.fate, fate.row) == (Fate.REFUSED, 2)
    assert fate.refusals[0].column == column
    assert fate.refusals[0].value.removesuffix(".0") == value
    assert str(fate.refusals[0].text)
    assert not Service.objects.exists()


def test_a_code_that_stands_twice_is_refused_the_second_time(world, tmp_path):
    found = plan(tmp_path, [ROWS[0], ROWS[0]])
    assert [fate.fate for fate in found.fates] == [Fate.NEW, Fate.REFUSED]


def test_a_table_without_names_is_refused_whole(world, tmp_path):
    with pytest.raises(FileError):
        plan(tmp_path, [["x"]], headers=("编号",))


def test_the_template_can_be_imported_as_it_is(world, tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(import_kind("services").template())
    found = plan_import("services", path, path.name, ImportOptions())
    assert found.counts()[Fate.NEW] == 2
