"""The place of a report: looked up by address or first letters, picked, told, left out again."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hequan.cases.models import Case
from tests.cases.cast import RUBBISH
from tests.world import place

pytestmark = pytest.mark.django_db
SAID = {"words": "垃圾两天没人收", "matter": RUBBISH, "contact_name": "李四"}
IN_MAPLE = ",".join(f"{part:.5f}" for part in place(100, 100))


def picked(page: str) -> list[str]:
    return re.findall(r'name="pick" value="([^"]+)"', page)


def entry(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"(?: value="([^"]*)")?', page)
    return found[1] or "" if found else "?"


def test_what_is_typed_is_answered_with_places_and_kept_by_no_address(client, desk):
    page = client.post("/report/place/", {"place_words": "hfl 11号"}).content.decode()

    assert "红枫路11号" in page
    assert len(picked(page)) == 1
    assert client.get("/report/place/?place_words=hfl").status_code == 405


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"place_words": "天边"}, ""),  # while it is being typed nothing is said against it
        ({"place_words": "天边", "find": "1"}, "没有找到“天边”"),
        ({"place_words": " ", "find": "1"}, "请先填地址"),
        ({"place_words": "长" * 999, "find": "1"}, "请先填地址"),
    ],
)
def test_what_is_not_found_is_told_to_whoever_asked(client, desk, sent, said):
    page = client.post("/report/place/", sent).content.decode()

    assert picked(page) == []
    assert said in page
    assert ("fault" in page) == bool(said)


def test_a_point_is_told_by_the_names_it_lies_in(client, desk):
    page = client.post("/report/place/", {"here": IN_MAPLE}).content.decode()

    assert "高境镇 · 红枫居委会" in page
    assert f'data-committee="{desk.town.maple.pk}"' in page


@pytest.mark.parametrize("here", ["0.0,0.0", "121.47000,31.31000"])
def test_a_point_outside_the_town_is_told_so(client, desk, here):
    page = client.post("/report/place/", {"here": here}).content.decode()

    assert "data-place-outside" in page
    assert "不在本街镇范围内" in page


@pytest.mark.parametrize("here", ["", "NaN,1", "x"])
def test_no_point_is_told_nowhere(client, desk, here):
    assert "<p" not in client.post("/report/place/", {"here": here}).content.decode()


def test_without_scripts_a_place_is_found_picked_and_sent(client, desk):
    found = client.post("/report/", SAID | {"place_words": "hfl 11号", "find": "1"})
    page = found.content.decode()
    assert Case.objects.count() == 0
    assert "垃圾两天没人收" in page
    assert entry(page, "contact_name") == "李四"

    sent = SAID | {"place_words": "hfl 11号", "pick": picked(page)[0]}
    page = client.post("/report/", sent).content.decode()
    assert entry(page, "here") == picked(found.content.decode())[0]
    assert entry(page, "place_words") == "红枫路11号"
    assert f'<option value="{desk.town.maple.pk}" selected>' in page
    assert "红枫居委会 · " in page

    client.post("/report/", SAID | {"place_words": "红枫路11号", "here": entry(page, "here")})
    case = Case.objects.get()
    assert case.unit in desk.town.grids[:3]
    assert f"{case.lon:.5f},{case.lat:.5f}" == entry(page, "here")


def test_a_place_picked_can_be_left_out_again(client, desk):
    page = client.post("/report/", SAID | {"here": IN_MAPLE, "pick": ""}).content.decode()

    assert entry(page, "here") == ""
    assert 'class="place-told"' not in page


def test_a_form_with_a_fault_still_says_its_place_and_drops_one_outside(client, desk):
    wrong = SAID | {"contact_phone": "12"}
    page = client.post("/report/", wrong | {"here": IN_MAPLE}).content.decode()
    assert 'class="place-told"' in page
    assert entry(page, "here") == IN_MAPLE

    page = client.post("/report/", wrong | {"here": "0.0,0.0"}).content.decode()
    assert "data-place-outside" in page
    assert entry(page, "here") == ""


def test_the_counter_and_the_patrol_take_a_point_too(client, desk):
    client.force_login(desk.handler)
    page = client.post("/board/cases/new/", {"place_words": "hfl 11号", "find": "1"})
    here = picked(page.content.decode())[0]
    client.post("/board/cases/new/", SAID | {"channel": "counter", "here": here})
    assert Case.objects.get().unit in desk.town.grids[:3]

    page = client.post("/field/report/", SAID | {"place_words": "hfl 11号", "find": "1"})
    assert picked(page.content.decode()) == [here]
    assert "place-found" not in client.get("/field/shell/").content.decode()


def report(client, **sent):
    """Send the report page's form; return its answer."""
    return client.post("/report/", SAID | {"looked": "1", "form_key": "k"} | sent)


def test_words_that_name_another_place_do_not_go_out_with_the_point_picked_before(client, desk):
    sent = {"here": IN_MAPLE, "named": "红枫路11号", "committee": str(desk.town.maple.pk)}
    page = report(client, **sent, place_words="青松路2号").content.decode()

    assert "您选过“红枫路11号”" in page
    assert (entry(page, "here"), entry(page, "named")) == ("", "")
    assert 'class="place-told"' not in page
    assert f'value="{desk.town.maple.pk}" selected' not in page
    assert not Case.objects.exists()
    assert report(client, **sent, place_words="红枫路11号 门口").status_code == 302


def test_a_picked_place_keeps_its_name_beside_the_point_without_scripts(client, desk):
    words = {"place_words": "hfl 11号 门口"}
    (there,) = picked(client.post("/report/", SAID | words | {"find": "1"}).content.decode())
    page = client.post("/report/", SAID | words | {"pick": there}).content.decode()

    assert (entry(page, "here"), entry(page, "named")) == (there, "红枫路11号")
    page = client.post("/report/", SAID | {"here": there, "named": "x", "pick": ""})
    assert entry(page.content.decode(), "named") == ""


def test_a_town_or_a_committee_is_no_point(client, desk):
    for name in ("高境镇", "红枫居委会", "第一片区"):
        page = client.post("/report/place/", {"place_words": name, "find": "1"}).content.decode()
        assert not any(f">{name}" in chip for chip in re.findall(r"<button[^/]*", page)), page


def test_photos_sent_while_a_place_is_looked_for_are_asked_for_again(client, desk):
    photo = SimpleUploadedFile("a.jpg", b"x", "image/jpeg")
    sent = SAID | {"place_words": "天边", "find": "1", "photos": photo}
    assert "请重新选择照片" in client.post("/report/", sent).content.decode()
