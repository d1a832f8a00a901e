"""What is open nearby while a patrol is reported: the phone chooses, or without scripts we do."""

import pytest

from hequan.cases.models import Case, Follower
from tests.cases.cast import LIFT, RUBBISH
from tests.world import place

pytestmark = pytest.mark.django_db
FOUND = {"words": "又满了", "matter": RUBBISH}


def at(x, y):
    lon, lat = place(x, y)
    return {"lon": lon, "lat": lat}


def here(x, y):
    return "{lon:.5f},{lat:.5f}".format(**at(x, y))


@pytest.fixture
def phone(client, desk):
    client.force_login(desk.handler)
    return client


def test_the_phone_is_given_what_is_open_around_its_part_and_tells_no_place(phone, desk):
    near = desk.opened(words="垃圾堆着", unit=None, **at(110, 100))
    other = desk.opened(words="不给别人看", unit=None, **at(500, 100))  # of the committee
    secret = desk.opened(words="保密的", unit=None, is_confidential=True, **at(100, 100))
    far = desk.opened(words="青松的", unit=None, **at(110, 300))
    found = phone.get("/field/around/").json()
    told = {one["number"]: one for one in found["open"]}

    assert told.keys() == {near.number, other.number}
    assert secret.number not in told
    assert far.number not in told
    assert (told[near.number]["words"], told[near.number]["lon"]) == ("垃圾堆着", near.lon)
    assert told[other.number]["words"] == ""
    assert told[other.number]["lon"] != other.lon  # as public pages show it
    assert found["metres"] == 250
    assert phone.post("/field/around/", {"here": here(1, 1)}).status_code == 405


def test_one_chosen_on_the_phone_is_followed_once(phone, desk):
    case = desk.opened(unit=None, **at(110, 100))
    said = FOUND | {"account": desk.handler.pk, "form_key": "k1", "here": here(120, 100)}
    first = phone.post("/field/send/", said | {"follow": case.number})
    again = phone.post("/field/send/", said | {"follow": case.number})

    assert first.json() == again.json()
    assert first.json()["number"] == case.number
    assert Follower.objects.get().words == "又满了"
    assert Case.objects.count() == 1


def test_one_that_is_not_near_is_refused_and_nothing_is_lost(phone, desk):
    case = desk.opened(matter_code=LIFT, unit=None, **at(110, 100))
    said = FOUND | {"account": desk.handler.pk, "form_key": "k1", "here": here(120, 100)}
    answer = phone.post("/field/send/", said | {"follow": case.number})

    assert answer.status_code == 422
    assert answer.json()["refused"]
    assert Follower.objects.count() == 0


def test_without_scripts_what_is_near_is_shown_before_it_is_taken_in(phone, desk):
    case = desk.opened(unit=None, **at(110, 100))
    sent = FOUND | {"form_key": "k1", "here": here(120, 100)}
    page = phone.post("/field/report/", sent).content.decode()
    assert case.number in page
    assert "把我写的补进去" in page
    assert Case.objects.count() == 1

    page = phone.post("/field/report/", sent | {"follow": case.number}, follow=True)
    assert "已补进" in page.content.decode()
    phone.post("/field/report/", sent | {"form_key": "k2", "looked": "1"})
    assert (Case.objects.count(), Follower.objects.count()) == (2, 1)
