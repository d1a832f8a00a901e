"""A table of people: known again by number and name, and their numbers kept off the page."""

import pytest

from hequan.core import import_uploads
from hequan.core.grants import give_grants
from hequan.core.import_report import remark_words
from hequan.core.kinds import Capability
from hequan.people.actions import PersonFacts, save_person
from hequan.people.models import Person, phone_columns
from tests.import_steps import fates, refusals, warnings
from tests.world import MAPLE, PINE
from tests.world_people import WANG_LI_PHONE

HEAD = ["姓名", "手机号码", "出生日期", "居委会代码", "住址"]


def row(name="赵云", phone="138 1234 5678", born="1990-01-01", unit=MAPLE, address="红枫路9号"):
    return [name, phone, born, unit, address]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_people_are_imported_and_imported_again(world, run, csv_file, encoding):
    path = csv_file(HEAD, row(), row("钱多", "", "1950/2/3"), encoding=encoding)

    assert fates(run("persons", path)) == {"new": 2}
    assert fates(run("persons", path)) == {"same": 2}

    made = Person.objects.get(name="赵云")
    assert (made.phone.open(), made.phone_tail, made.unit) == ("13812345678", "5678", world.maple)
    assert made.initials == "zy"


def test_somebody_known_is_corrected_where_the_row_says_something(world, run, csv_file):
    found = run("persons", csv_file(HEAD, row("王丽", WANG_LI_PHONE, "", "", "红枫路2号")))

    (fate,) = found.fates
    assert fates(found) == {"changed": 1}
    assert fate.changes == {"address": ("红枫路***", "红枫路***")}
    world.cast.wang_li.refresh_from_db()
    assert world.cast.wang_li.address == "红枫路2号"
    assert world.cast.wang_li.born_on is not None


def test_a_number_is_added_to_somebody_known_by_name_and_birth(world, run, csv_file):
    found = run("persons", csv_file(HEAD, row("单小雨", "13800001111", "2009-09-09", "", "")))
    assert fates(found) == {"changed": 1}
    world.cast.shan_xiaoyu.refresh_from_db()
    assert world.cast.shan_xiaoyu.phone.open() == "13800001111"


def test_a_number_for_an_officers_account_is_left_to_herself(world, plan, csv_file):
    """Whoever imports could sign in as her with it."""
    officer = world.cast.officer
    Person.objects.filter(pk=officer.pk).update(**phone_columns(""))
    found = plan(
        "persons", csv_file(HEAD, row("周敏", "13800001111", str(officer.born_on), "", ""))
    )

    assert fates(found) == {"refused": 1}


def test_the_same_name_with_another_number_is_somebody_else(world, plan, csv_file):
    found = plan("persons", csv_file(HEAD, row("王丽", "13800001111", "1988-05-01")))
    assert fates(found) == {"new": 1}


def test_a_family_number_is_warned_of(world, plan, csv_file):
    (said,) = warnings(plan("persons", csv_file(HEAD, row("单建华", WANG_LI_PHONE))))
    assert "family" in said


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"name": ""}, "cell is blank"),
        ({"name": "王5"}, "letters only"),
        ({"phone": "12812345678"}, "not a telephone number"),
        ({"born": "2026-99-01"}, "day"),
        ({"born": "2199-01-01"}, "future"),
        ({"unit": "310113999999"}, "no unit bears this code"),
    ],
)
def test_cells_that_cannot_be_used_are_refused(world, plan, csv_file, changed, part):
    (said,) = refusals(plan("persons", csv_file(HEAD, row(**changed))))
    assert part in said


def test_no_number_or_birth_stands_in_the_dry_run(world, plan, csv_file):
    table = csv_file(
        HEAD,
        row(),
        row("钱多", "138123456789", "1990-01-01"),
        row("孙小", "13812345678", "1990-13-45"),
        row("王丽", WANG_LI_PHONE, "1971-02-03", "", ""),
        row("赵云", "13812345678"),
    )
    found = plan("persons", table)
    said = str(found.fates) + "".join(
        remark_words(remark) for fate in found.fates for remark in (*fate.refusals, *fate.warnings)
    )
    for secret in ("13812345678", "138123456789", "1990-01-01", "1990-13-45", WANG_LI_PHONE):
        assert secret not in said
    assert "1971" not in said


def test_one_person_twice_in_a_file_is_refused(world, plan, csv_file):
    table = csv_file(HEAD, row(), row(phone="+86 13812345678"), row("钱多", ""), row("钱多", ""))
    assert fates(plan("persons", table)) == {"new": 2, "refused": 2}


def test_people_of_another_part_cannot_be_written(world, plan, csv_file):
    maple = (world.maple.path,)
    table = csv_file(HEAD, row(unit=PINE), row("孙梅", "13812340006", "", MAPLE), row())
    found = plan("persons", table, paths=maple)
    assert [str(fate.fate) for fate in found.fates] == ["refused", "refused", "new"]


def test_the_template_can_be_handed_in_as_it_is(world, plan, tmp_path):
    from hequan.people.imports.persons import persons_template

    path = tmp_path / "persons.xlsx"
    path.write_bytes(persons_template())
    assert fates(plan("persons", path)) == {"new": 1}


def receive(world, path, by):
    return import_uploads.receive_upload(
        kind="persons",
        file_name=path.name,
        chunks=[path.read_bytes()],
        options=import_uploads.ImportOptions(),
        by=by,
        at=world.at,
    )


def test_whoever_may_import_files_but_not_edit_people_imports_none(world):
    codes = [kind.code for kind in import_uploads.kinds_for(world.clerk, world.at)]
    assert "organisations" in codes
    assert "persons" not in codes


def test_people_are_written_only_where_both_capabilities_meet(world, csv_file):
    give_grants(
        account=world.clerk,
        capabilities=[Capability.EDIT_PEOPLE],
        path=world.town.path,
        by=world.system,
        at=world.at,
    )
    made = receive(world, csv_file(HEAD, row()), world.clerk)
    assert made.options["paths"] == [world.maple.path]


def test_a_file_about_people_is_forgotten_once_written(
    world, csv_file, django_capture_on_commit_callbacks
):
    made = receive(world, csv_file(HEAD, row()), world.officer)
    folder = import_uploads.uploads_folder()
    kept = folder / made.stored_as
    assert kept.exists()
    with django_capture_on_commit_callbacks(execute=True):
        import_uploads.confirm_upload(run=made, digest=made.digest, by=world.officer, at=world.at)
    assert not kept.exists()
    assert list(folder.iterdir()) == []


def test_a_file_nobody_confirmed_is_forgotten_after_a_day(
    world, csv_file, django_capture_on_commit_callbacks
):
    made = receive(world, csv_file(HEAD, row()), world.officer)
    with django_capture_on_commit_callbacks(execute=True):
        import_uploads.forget_personal_uploads(world.at + import_uploads.PERSONAL_KEPT)
    assert (import_uploads.uploads_folder() / made.stored_as).exists()
    with django_capture_on_commit_callbacks(execute=True):
        import_uploads.forget_personal_uploads(world.at + 2 * import_uploads.PERSONAL_KEPT)
    assert list(import_uploads.uploads_folder().iterdir()) == []
    made.refresh_from_db()
    with pytest.raises(import_uploads.ImportForgottenError):
        import_uploads.plan_of(made)


def test_a_merged_person_is_not_taken_for_somebody_known(world, plan, csv_file):
    twin = save_person(facts=PersonFacts("赵云", "13812345678"), by=world.officer, at=world.at)
    Person.objects.filter(pk=twin.pk).update(merged_into=world.cast.wang_li)
    assert fates(plan("persons", csv_file(HEAD, row()))) == {"new": 1}
