"""My fifteen minutes: the place, the walker, the time, the stations in two groups."""

import re

import pytest

from hequan.core import versions
from tests.world import place

pytestmark = pytest.mark.django_db


def at(x, y):
    """A place in metres as the address carries it."""
    lon, lat = place(x, y)
    return f"{lon:.4f},{lat:.4f}"


def rows(page):
    """Names, minutes and group of the stations a page lists."""
    text = page.content.decode()
    found = re.findall(
        r'<li class="reach keep( reach-shut)?".*?data-name="([^"]+)">.*?number">(\d+)<', text, re.S
    )
    return [(name, int(minutes), "shut" if shut else "open") for shut, name, minutes in found]


def test_without_a_place_the_page_asks_and_shows_the_categories(client, cast):
    page = client.get("/")

    assert page.status_code == 200
    assert "您在哪里" in page.content.decode()
    assert "/services/?category=elder" in page.content.decode()


def test_stations_open_on_arrival_come_first_then_by_minutes(client, cast):
    page = client.get(f"/?place={at(100, 110)}&when=later&day=tue&time=12:30")

    assert [(name, group) for name, _, group in rows(page)] == [
        ("青松邻里中心", "open"),
        ("骑手驿站", "open"),
        ("红枫党群服务站", "shut"),
    ]


def test_a_slow_walker_needs_more_minutes(client, cast):
    address = f"/?place={at(100, 110)}"

    adult = {name: minutes for name, minutes, _ in rows(client.get(address))}
    elder = {name: minutes for name, minutes, _ in rows(client.get(f"{address}&profile=elder"))}

    assert elder["青松邻里中心"] > adult["青松邻里中心"]


def test_a_committee_from_the_list_is_a_place(client, cast, world):
    page = client.get(f"/?committee={world.maple.pk}")

    assert len(rows(page)) == 3
    assert f'<option value="{world.maple.pk}" selected>红枫居委会</option>' in page.content.decode()


def test_an_address_that_only_one_place_has_is_answered_at_once(client, cast):
    page = client.get("/?words=红枫路1号")

    assert "红枫路1号" in page.content.decode()
    assert len(rows(page)) == 3


def test_words_that_several_places_share_are_asked_back(client, cast):
    page = client.get("/?words=红枫&profile=elder").content.decode()

    assert "您指的是哪里" in page
    links = re.findall(r'<a href="\?([^"]+)#answer"', page)
    assert len(links) > 3
    assert all("profile=elder" in link and "place=" in link for link in links)


def test_words_nobody_knows_are_said_with_what_to_do(english, cast):
    page = english.get("/?words=<Atlantis>").content.decode()

    assert "Nothing here is called “&lt;Atlantis&gt;”" in page


def test_new_words_go_before_the_place_still_in_the_form(client, cast, world):
    page = client.get(f"/?place={at(0, 0)}&committee={world.pine.pk}&words=骑手驿站")

    name, minutes, _ = min(rows(page), key=lambda row: row[1])
    assert (name, minutes) == ("骑手驿站", 1)


def test_a_need_leaves_only_stations_that_meet_it(client, cast):
    page = client.get(f"/?place={at(100, 110)}&need=meals")

    assert [name for name, _, _ in rows(page)] == ["青松邻里中心"]


def test_a_need_nobody_meets_is_said_with_what_to_do(english, cast):
    page = english.get(f"/?place={at(100, 110)}&need=law").content.decode()

    assert "No station within fifteen minutes offers this" in page


def test_far_from_every_street_the_straight_line_is_said_to_be_one(english, cast):
    page = english.get(f"/?place={at(2500, 100)}&profile=adult").content.decode()

    assert "counted in a straight line" in page


def test_a_place_with_no_station_in_reach_names_the_nearest(english, cast):
    page = english.get(f"/?place={at(2500, 100)}").content.decode()

    assert "No station can be reached within fifteen minutes" in page
    assert "The nearest one:" in page
    assert "骑手驿站" in page


@pytest.mark.parametrize(
    "address", ["/?place=x", "/?committee=999999", "/?page=-1&words=", "/?when=later&day=x"]
)
def test_an_address_that_makes_no_sense_shows_the_question(client, cast, address):
    page = client.get(address)

    assert page.status_code == 200
    assert rows(page) == []


def test_the_route_link_keeps_place_walker_and_time(client, cast):
    page = client.get(f"/?place={at(100, 110)}&profile=elder&when=later&day=sat&time=09:00")

    (link,) = re.findall(r'href="(/route/ST-3/[^"]+)"', page.content.decode())
    assert all(
        part in link for part in ("place=121.48", "profile=elder", "day=sat", "time=09%3A00")
    )


def test_the_answer_takes_one_query_once_all_is_known(client, cast, django_assert_num_queries):
    address = f"/?place={at(100, 110)}&profile=elder"
    client.get(address)

    with django_assert_num_queries(1):
        client.get(address)


def test_a_change_shows_on_the_next_page_although_rows_are_kept(client, cast):
    address = f"/?place={at(100, 110)}"
    assert "骑手驿站" in client.get(address).content.decode()

    cast.rest.name = "骑手之家"
    cast.rest.save()
    versions.bump("stations")

    page = client.get(address).content.decode()
    assert "骑手之家" in page
    assert "骑手驿站" not in page


def test_kept_rows_speak_the_language_of_each_visitor(client, cast):
    address = f"/?place={at(100, 110)}"
    chinese = client.get(address).content.decode()
    client.cookies["hequan_language"] = "en"
    english = client.get(address).content.decode()

    assert "能量补给点" in chinese
    assert "Energy point" in english
    assert "能量补给点" not in english


def test_no_cookie_and_no_session_come_of_asking(client, cast):
    client.get(f"/?place={at(100, 110)}")

    assert not client.cookies


def test_asking_by_post_is_refused(client, cast):
    assert client.post("/").status_code == 405


def test_towns_and_their_committees_are_listed_for_a_city(client, cast, world):
    towns = client.get("/committees/").content.decode()
    committees = client.get("/committees/?town=高境镇").content.decode()

    assert "高境镇" in towns
    assert f"/?committee={world.maple.pk}#answer" in committees


def test_a_long_list_of_committees_is_a_link_instead(client, cast, monkeypatch):
    monkeypatch.setattr("hequan.web.public.fifteen.LONGEST_LIST", 1)

    page = client.get("/").content.decode()

    assert 'href="/committees/"' in page
    assert 'id="committee"' not in page
