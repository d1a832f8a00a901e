"""The pages of people: the list, one person, somebody new, corrections, guardians."""

import pytest
from django.urls import reverse

from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from hequan.people.models import Guardianship, Person
from tests.world_people import WANG_LI_PHONE


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def test_people_are_listed_with_masks(officer, world):
    said = text_of(officer.get(reverse("web:board-people")))

    assert "王丽" in said
    assert "135****0001" in said
    assert WANG_LI_PHONE not in said
    assert "101室" not in said


def test_a_child_stands_in_the_list_by_a_masked_name(officer, world):
    said = text_of(officer.get(reverse("web:board-people")))
    assert "王小宝" not in said
    assert "王*宝" in said


def test_the_list_is_searched_and_asks_little(officer, world, django_assert_max_num_queries):
    officer.get(reverse("web:board-people"))  # the rules are kept from now on
    with django_assert_max_num_queries(8):  # two of them count how often she searches
        said = text_of(officer.get(reverse("web:board-people"), {"words": "wl"}))
    assert "王丽" in said
    assert "张伟" not in said


def test_a_person_is_shown_with_her_roles_and_wards(officer, world):
    said = text_of(officer.get(reverse("web:board-person", args=[world.cast.wang_li.pk])))
    assert "王丽" in said
    assert "王*宝" in said
    assert WANG_LI_PHONE not in said
    assert "1988" not in said


def test_a_merged_row_leads_to_whoever_stands_for_it(officer, world):
    Person.objects.filter(pk=world.cast.sun_mei.pk).update(merged_into=world.cast.wang_li)
    answer = officer.get(reverse("web:board-person", args=[world.cast.sun_mei.pk]))
    assert answer["Location"] == reverse("web:board-person", args=[world.cast.wang_li.pk])


@pytest.mark.parametrize("who", ["clerk", "viewer", "stranger", "resident", "sysadmin"])
def test_whoever_may_not_see_people_finds_no_page(sign_in, world, who):
    client = sign_in(who)
    pk = world.cast.wang_li.pk
    for name, args in (
        ("board-people", []),
        ("board-person", [pk]),
        ("board-person-new", []),
        ("board-person-edit", [pk]),
        ("board-duplicates", []),
        ("board-duplicate", [pk, world.cast.shan_jianguo.pk]),
    ):
        assert client.get(reverse(f"web:{name}", args=args)).status_code == 404


def test_people_next_door_are_not_found(sign_in, world):
    give_grants(
        account=world.clerk,
        capabilities=[Capability.SEE_PEOPLE],
        path=world.maple.path,
        by=world.system,
        at=world.at,
    )
    client = sign_in("clerk")
    found = client.get(reverse("web:board-person", args=[world.cast.wang_li.pk]))
    assert found.status_code == 200
    assert reverse("web:board-person-edit", args=[world.cast.wang_li.pk]) not in text_of(found)
    hidden = client.get(reverse("web:board-person", args=[world.cast.sun_mei.pk]))
    assert hidden.status_code == 404


def test_somebody_new_is_entered(officer, world):
    entered = {
        "name": "赵云",
        "phone": "138 1234 5678",
        "unit": "红枫居委会",
        "born_on": "1990-01-01",
    }
    answer = officer.post(reverse("web:board-person-new"), entered)
    made = Person.objects.get(name="赵云")
    assert answer["Location"] == reverse("web:board-person", args=[made.pk])
    assert (made.phone.open(), made.unit) == ("13812345678", world.maple)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "王5"}, "name"),
        ({"phone": "123"}, "phone"),
        ({"born_on": "2199-01-01"}, "born_on"),
        ({"unit": "不存在"}, "unit"),
        ({"unit": ""}, "unit"),
    ],
)
def test_a_wrong_entry_is_said_beside_its_field(officer, world, changed, field):
    entered = {"name": "赵云", "phone": "", "unit": "红枫居委会", "born_on": ""} | changed
    answer = officer.post(reverse("web:board-person-new"), entered)
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert not Person.objects.filter(name="赵云").exists()


def test_a_correction_shows_nothing_personal_and_keeps_what_is_blank(officer, world):
    row = world.cast.wang_li
    where = reverse("web:board-person-edit", args=[row.pk])
    said = text_of(officer.get(where))
    assert WANG_LI_PHONE not in said
    assert "1988" not in said

    officer.post(where, {"name": "王莉", "unit": "青松居委会", "forget": ["address"]})
    row.refresh_from_db()
    assert (row.name, row.phone.open(), row.address) == ("王莉", WANG_LI_PHONE, "")
    assert (row.unit, str(row.born_on)) == (world.pine, "1988-05-01")


def test_a_childs_data_is_not_corrected_without_approval(officer, world):
    child = world.cast.wang_xiaobao
    where = reverse("web:board-person-edit", args=[child.pk])
    answer = officer.post(where, {"name": "王大宝", "unit": "红枫居委会"})
    assert answer["Location"] == reverse("web:board-person", args=[child.pk])
    child.refresh_from_db()
    assert child.name == "王小宝"


def test_a_guardian_is_added_and_ended(officer, world):
    child = world.cast.wang_xiaobao
    where = reverse("web:board-guardian-add", args=[child.pk])
    entered = {"guardian": "单建国", "kind": "parent", "document": "household_register"}
    officer.post(where, entered)
    row = Guardianship.objects.get(minor=child, guardian=world.cast.shan_jianguo)
    officer.post(reverse("web:board-guardian-end", args=[row.pk]))
    row.refresh_from_db()
    assert row.valid_to is not None


def test_a_guardian_who_cannot_be_one_is_refused_on_the_page(officer, world):
    where = reverse("web:board-guardian-add", args=[world.cast.wang_xiaobao.pk])
    entered = {"guardian": "单小雨", "kind": "sibling", "document": "household_register"}
    answer = officer.post(where, entered)
    assert answer.status_code == 200
    assert answer.context["guardian_form"].errors["guardian"]
