"""Before sending: what is open nearby; me too; the status page of a follower and a merged case."""

import re

import pytest

from hequan.cases.actions import Given, make_any_move, publish_masked
from hequan.cases.actions.opening import open_case
from hequan.cases.models import Basket, Case, Follower, JointRating
from hequan.cases.moves import Doer, MoveName
from tests.cases.cast import RUBBISH
from tests.cases.test_photos import photo
from tests.web.public.test_reporting import filled, rated
from tests.world import AT, place

pytestmark = pytest.mark.django_db
PHONE = "13612340004"


@pytest.fixture
def here():
    lon, lat = place(100, 100)
    return f"{lon:.5f},{lat:.5f}"


def near(desk, **more):
    lon, lat = place(140, 100)
    return desk.opened(lon=lon, lat=lat, **more)


def test_what_is_open_nearby_is_shown_first_and_tells_nothing_of_anybody(client, desk, here):
    case = near(desk, words=f"李四家门口 {PHONE}", contact_name="李四", place_words="502室")
    page = client.post("/report/", filled(client, here=here, words="我家的话")).content.decode()

    assert Case.objects.count() == 1
    assert case.number in page
    assert "约 40 米" in page
    assert "我也遇到" in page
    assert "我家的话" in page  # what was typed is kept
    for hidden in ("李四", PHONE, "502室", case.link):
        assert hidden not in page
    first = re.search(r'<button[^>]*name="(\w+)"', page[page.index("form_key") :])
    assert first[1] == "looked"  # the Enter key sends her own, it follows nothing


def test_the_list_carries_the_rounded_point_and_a_published_photo_for_its_map(client, desk, here):
    asking = desk.asking(lon=place(140, 100)[0], lat=place(140, 100)[1], form_key="k")
    case = open_case(asking=asking, by=desk.town.system, at=AT, photos=[photo(), photo()])
    shown, hidden = case.photos.order_by("pk")
    publish_masked(photo=shown, masks=(), by=desk.dispatcher, at=AT)
    page = client.post("/report/", filled(client, here=here)).content.decode()

    assert f'data-lon="{case.lon:.3f}" data-lat="{case.lat:.3f}"' in page
    assert f'src="/photos/{shown.pk}/?small"' in page
    assert f"/photos/{hidden.pk}/" not in page
    assert "map-near.js" in page
    assert "data-near-map" in page
    assert "maplibre.js" not in re.sub(r'data-script="[^"]+"', "", page)  # fetched when asked for


def test_a_confidential_case_nearby_is_neither_shown_nor_followed_by_its_number(client, desk, here):
    case = near(desk, is_confidential=True)
    unknown = client.post("/report/", filled(client, here=here, follow="261122-AAAAA"))
    forged = client.post("/report/", filled(client, here=here, follow=case.number))
    told = [re.findall(r'role="alert">([^<]+)', one.content.decode()) for one in (unknown, forged)]

    assert told[0] == told[1] != []
    assert not Follower.objects.exists()
    sent = client.post("/report/", filled(client, here=here))
    assert sent.status_code == 302  # nothing to ask about: it is taken in


def test_none_of_these_sends_her_own_and_sending_it_again_is_the_same_case(client, desk, here):
    near(desk)
    said = filled(client, here=here, looked="1")
    first, second = client.post("/report/", said), client.post("/report/", said)

    assert Case.objects.count() == 2
    assert first.headers["Location"] == second.headers["Location"]


def test_me_too_follows_it_once_however_often_it_is_sent(client, desk, here):
    case = near(desk)
    said = filled(client, here=here, words="我家也是", contact_phone=PHONE, follow=case.number)
    sent = client.post("/report/", said, follow=True)
    client.post("/report/", said)
    row = Follower.objects.get()
    page = sent.content.decode()

    assert (row.case, row.words, Case.objects.count()) == (case, "我家也是", 1)
    assert f"/case/{row.link}/" in page
    assert case.link not in page
    assert "已为您登记跟进" in page


def test_only_what_was_shown_can_be_followed(client, desk, here):
    far = desk.opened(unit=desk.town.pine.pk)
    page = client.post("/report/", filled(client, here=here, follow=far.number)).content.decode()

    assert "已不在办理中" in page
    assert not Follower.objects.exists()


def test_a_follower_judges_by_her_own_link_and_neither_withdraws_nor_reopens(client, desk, here):
    case = desk.published()
    row = Follower.objects.create(case=case, link="of-a-follower", since=AT, words="我家也是")
    page = client.get(f"/case/{row.link}/").content.decode()
    assert "您正在跟进" in page
    assert "我家也是" in page
    assert "垃圾两天没人收" not in page  # the asker's words, which nobody released
    version = {"version": case.version}
    client.post(f"/case/{row.link}/", rated(satisfied="no") | version)

    assert JointRating.objects.get().follower == row
    refused = client.post(f"/case/{row.link}/", {"do": "reopen", "reason": "x"} | version)
    assert refused.status_code == 404
    refused = client.post(f"/case/{row.link}/", {"do": "withdraw", "reason": "x"} | version)
    assert refused.status_code == 404


def test_a_merged_case_says_under_which_number_it_is_handled(client, desk):
    other, lead = desk.opened(words="我的话"), desk.opened(words="别人的话")
    given = Given(lead=lead)
    make_any_move(
        case=other,
        name=MoveName.MERGE,
        doers={Doer.DISPATCHER},
        given=given,
        by=desk.dispatcher,
        at=AT,
    )
    page = client.get(f"/case/{other.link}/").content.decode()

    assert f"现按编号 {lead.number} 一并办理" in page
    assert "我的话" in page
    assert "别人的话" not in page
    assert "另有 1 人反映" in client.get(f"/case/{lead.link}/").content.decode()


def test_the_clerk_lets_the_asker_follow_and_gets_the_page_to_print(client, desk):
    case = desk.opened(words="垃圾没收 13612340004")
    client.force_login(desk.dispatcher)
    said = {"matter": RUBBISH, "place": desk.town.grids[0].name, "words": "没人收"}
    said |= {"channel": "counter", "contact_phone": PHONE}
    page = client.post("/board/cases/new/", said).content.decode()
    assert "垃圾没收 ***" in page
    assert "为来访人登记跟进" in page
    sent = client.post("/board/cases/new/", said | {"follow": case.number}, follow=True)

    visit = f"/basket/{Basket.objects.get().link}/"
    assert visit in sent.content.decode()
    assert f"/case/{Follower.objects.get().link}/" in client.get(visit).content.decode()
    assert Case.objects.count() == 1


def test_a_clerk_lets_follow_a_confidential_case_only_where_she_may_open_it(client, desk):
    case = desk.opened(is_confidential=True)
    client.force_login(desk.dispatcher)
    said = {"matter": RUBBISH, "place": desk.town.grids[0].name, "words": "没人收"}
    said |= {"channel": "counter"}
    assert case.number in client.post("/board/cases/new/", said).content.decode()
    client.post("/board/cases/new/", said | {"follow": case.number})

    assert Follower.objects.get().case == case
