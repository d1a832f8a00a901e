"""A table of organisations: codes checked, places compared, nothing guessed."""

import pytest

from hequan.core.imports import import_kind
from hequan.people.kinds import OrganisationKind
from hequan.people.models import Organisation
from tests.import_steps import fates, refusals, warnings
from tests.world import MAPLE, place

HEAD = ["单位名称", "单位类型", "统一社会信用代码", "地址", "居委会代码", "经度", "纬度"]
CODE = "91110000600037341L"


def row(name="枫叶科技", kind="企业", code=CODE, unit=MAPLE, x=50, y=50):
    return [name, kind, code, "红枫路1号", unit, *place(x, y)]


def test_a_list_of_bodies_is_imported_and_imported_again(world, run, csv_file):
    path = csv_file(HEAD, row(), row("便民小店", "商铺", "", "", 450, 350))

    assert fates(run("organisations", path)) == {"new": 2}
    assert fates(run("organisations", path)) == {"same": 2}

    firm = Organisation.objects.get(credit_code=CODE)
    assert (OrganisationKind.FIRM, world.maple) == (firm.kind, firm.unit)
    assert world.grids[5] == Organisation.objects.get(name="便民小店").unit


def test_full_width_and_lower_case_codes_are_read(world, run, csv_file):
    run("organisations", csv_file(HEAD, row(code="９１１１００００６０００３７３４１l")))

    assert Organisation.objects.filter(credit_code=CODE).exists()


def test_a_wrong_check_character_is_refused(world, plan, csv_file):
    (said,) = refusals(plan("organisations", csv_file(HEAD, row(code="91110000600037341M"))))

    assert said.startswith("2 统一社会信用代码 91110000600037341M: this is not a unified")
    assert "Compare it with the licence" in said


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"kind": "王国"}, "none of the words allowed"),
        ({"unit": "310113999999"}, "no unit bears this code"),
        ({"name": ""}, "cell is blank"),
    ],
)
def test_cells_that_cannot_be_used_are_refused(world, plan, csv_file, changed, part):
    (said,) = refusals(plan("organisations", csv_file(HEAD, row(**changed))))

    assert part in said


def test_half_a_place_is_refused(world, plan, csv_file):
    half = row()
    half[5] = ""

    (said,) = refusals(plan("organisations", csv_file(HEAD, half)))

    assert said.startswith("2 经度")


def test_the_same_code_or_name_twice_is_refused(world, plan, csv_file):
    rows = [row(), row("别名"), row("小店", code=""), row("小店", code="")]

    found = plan("organisations", csv_file(HEAD, *rows))

    assert fates(found) == {"new": 2, "refused": 2}
    assert "neither has a code" in refusals(found)[1]


def test_a_place_outside_the_unit_named_is_warned_of(world, plan, csv_file):
    found = plan("organisations", csv_file(HEAD, row(y=350)))

    assert "150 m outside 红枫居委会" in warnings(found)[0]


def test_blank_cells_leave_what_is_known(world, run, csv_file):
    run("organisations", csv_file(HEAD, row()))

    found = run("organisations", csv_file(["name", "uscc"], ["枫叶科技", CODE]))

    assert fates(found) == {"same": 1}


def test_bodies_outside_the_importers_part_are_refused(world, run, plan, csv_file):
    path = csv_file(HEAD, row("松果书店", code="", unit="310113111002", y=350), row())
    reach = {"paths": (world.maple.path,)}

    assert fates(plan("organisations", path, **reach)) == {"new": 1, "refused": 1}


def test_a_body_of_another_part_cannot_be_taken_over(world, run, plan, csv_file):
    run("organisations", csv_file(HEAD, row(unit="310113111002", y=350)))

    found = plan("organisations", csv_file(HEAD, row()), paths=(world.maple.path,))

    assert fates(found) == {"refused": 1}


def test_the_template_can_be_handed_in_as_it_is(world, run, tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(import_kind("organisations").template())

    assert fates(run("organisations", path)) == {"new": 1}
