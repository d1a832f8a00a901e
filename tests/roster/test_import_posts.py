"""Posts from a table: the dry run tells every row's fate, the write is all or nothing."""

from datetime import date

import pytest
from django.utils import translation

from hequan.core import clock
from hequan.core.grants import forget_grants, is_granted
from hequan.core.imports import ImportOptions
from hequan.core.kinds import Capability, Fate
from hequan.people.models import Organisation
from hequan.roster.errors import MoreThanOneHoldsError
from hequan.roster.imports.posts import posts_template, read_posts
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post
from tests.roster.cast import make_person
from tests.world import AT, MAPLE

HEAD = "姓名,手机号,岗位,居村代码,站点编号,统一社会信用代码,任职日期,离任日期\n"


@pytest.fixture
def read(tmp_path, monkeypatch, people, cast):
    """Return the dry run of a table with these lines."""
    monkeypatch.setattr(clock, "now", lambda: AT)

    def _read(*lines, **options):
        path = tmp_path / "posts.csv"
        path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
        return read_posts(path, "posts.csv", ImportOptions(**options))

    return _read


def fates(plan):
    return [one.fate for one in plan.fates]


def test_a_table_of_posts_is_written_with_its_grants(world, read, people):
    plan = read(
        f"王丽娟,138 0000 0001,书记,{MAPLE},,,2026-01-01,",
        "赵强,13800000002,grid_head,GJ-M1,,,2026-01-01,2026-12-31",
        "李梅,,窗口人员,,ST-1,,,",
    )
    assert fates(plan) == [Fate.NEW] * 3
    plan.write(world.officer, AT)

    assert Post.objects.count() == 3
    assert Post.objects.get(person=people.li).valid_from == date(2026, 3, 10)
    forget_grants(people.wang.account)
    assert is_granted(people.wang.account, Capability.EDIT_PEOPLE, world.maple.path, AT)
    assert fates(read(f"王丽娟,13800000001,书记,{MAPLE},,,2026-01-01,")) == [Fate.SAME]


def test_an_end_in_the_table_ends_the_post(world, read, people):
    read(f"王丽娟,13800000001,书记,{MAPLE},,,2026-01-01,").write(world.officer, AT)
    plan = read(f"王丽娟,13800000001,书记,{MAPLE},,,2026-01-01,2026-06-01")
    assert fates(plan) == [Fate.CHANGED]
    plan.write(world.officer, AT)

    assert Post.objects.get().valid_to == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("钱一,13800000009,书记,{maple},,,,", "nobody of this name"),
        ("赵强,13800000001,书记,{maple},,,,", "nobody of this name"),
        ("钱一,,书记,{maple},,,,", "nobody bears this name"),
        ("王丽娟,12,书记,{maple},,,,", "no telephone number"),
        ("王丽娟,13800000001,书记,999,,,,", "no unit bears"),
        ("王丽娟,13800000001,窗口人员,,ST-77,,,", "no station bears"),
        ("王丽娟,13800000001,联络员,,,91110000600037341L,,", "no organisation bears"),
        ("王丽娟,13800000001,书记,,,,,", "name one place"),
        ("王丽娟,13800000001,书记,{maple},ST-1,,,", "name one place"),
        ("王丽娟,13800000001,书记,GJ-M1,,,,", "not held at such a place"),
        ("王丽娟,13800000001,书记,{maple},,,2026-02-01,2026-01-01", "does not lie after"),
        ("王丽娟,13800000001,镇长,{maple},,,,", "镇长"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_what_to_do(read, line, said):
    (fate,) = read(line.format(maple=MAPLE)).fates

    assert fate.fate == Fate.REFUSED
    with translation.override("en"):
        assert said in " ".join(f"{one.text} {one.value}" for one in fate.refusals)
    assert all(one.remedy for one in fate.refusals)


def test_two_heads_of_one_place_in_one_table_are_refused(read):
    plan = read(
        "王丽娟,,微网格长,GJ-M1,,,,", "赵强,,微网格长,GJ-M1,,,,", "王丽娟,,微网格长,GJ-M1,,,,"
    )

    assert fates(plan) == [Fate.NEW, Fate.REFUSED, Fate.SAME]


def test_a_name_two_people_bear_takes_a_telephone(read):
    make_person("王丽娟", "13800000008")
    (fate,) = read("王丽娟,,微网格长,GJ-M1,,,,").fates

    assert "2" in str(fate.refusals[0].text)


def test_a_place_outside_the_importers_part_is_refused(world, read):
    (fate,) = read("王丽娟,,微网格长,GJ-P1,,,,", paths=(world.maple.path,)).fates

    assert fate.fate == Fate.REFUSED


def test_an_import_gives_nobody_more_than_the_importer_holds(world, read, people):
    office = Organisation.objects.create(
        name="城管中队", kind="department", unit=world.maple, credit_code="91110000600037341L"
    )
    plan = read("李梅,,微网格长,GJ-M1,,,,", f"王丽娟,,部门工作人员,,,{office.credit_code},,")
    assert fates(plan) == [Fate.NEW] * 2
    with pytest.raises(MoreThanOneHoldsError):
        plan.write(world.clerk, AT)

    assert not Post.objects.exists()
    plan.write(people.sun, AT)
    assert Post.objects.filter(kind=PostKind.DEPARTMENT_OFFICER).exists()


def test_the_template_reads_back(read, tmp_path, people):
    path = tmp_path / "template.xlsx"
    path.write_bytes(posts_template())
    plan = read_posts(path, "template.xlsx", ImportOptions())

    assert len(plan.fates) == 2


def test_thousands_of_rows_take_a_few_queries(world, read, people, django_assert_max_num_queries):
    lines = [
        "王丽娟,13800000001,协管员,GJ-M1,,,,",
        *(f"无{n},,协管员,GJ-M2,,,," for n in range(900)),
    ]
    with django_assert_max_num_queries(12):
        read(*lines)
