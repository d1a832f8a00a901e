"""The service catalogue and the page of each service."""

import re

import pytest

from hequan.stations import actions
from hequan.stations.records import ServiceRecord
from tests.world import AT, place
from tests.world_rows import KeptRows

pytestmark = pytest.mark.django_db


def _make_catalogue(cast):
    """Enter 300 services more."""
    for number in range(300):
        category = ("law", "jobs", "sports")[number % 3]
        record = ServiceRecord(f"X-{number}", f"服务{number:03d}", category, "on_the_spot")
        actions.save_service(service=None, record=record, by=cast.by, at=AT)
    return cast


kept_catalogue = KeptRows(_make_catalogue)


@pytest.fixture
def catalogue(cast):
    """300 services more, as new for the test."""
    return kept_catalogue.get(cast)


def names(page):
    return re.findall(r'<a href="/services/[^"/?]+/">([^<]+)</a>', page.content.decode())


def test_300_services_come_in_pages_with_their_number(client, catalogue):
    page = client.get("/services/")

    assert len(names(page)) == 40
    assert "302 项服务" in page.content.decode()
    assert "第 1 页，共 8 页" in page.content.decode()
    assert len(names(client.get("/services/?page=8"))) == 22


@pytest.mark.parametrize("page", ["0", "-3", "99", "x", "9" * 50])
def test_a_page_beyond_the_last_is_a_page_all_the_same(client, catalogue, page):
    assert client.get(f"/services/?page={page}").status_code == 200


def test_search_category_and_mode_narrow_the_catalogue(client, catalogue):
    assert names(client.get("/services/?words=助餐")) == ["助餐送餐"]
    assert names(client.get("/services/?category=culture")) == ["图书借阅"]
    assert names(client.get("/services/?mode=by_order")) == ["助餐送餐"]
    assert names(client.get("/services/?words=助餐&category=culture")) == []


def test_categories_count_under_the_other_filters_and_keep_them(client, catalogue):
    page = client.get("/services/?words=服务0").content.decode()

    assert re.search(
        r'href="\?words=[^"]*&amp;category=law">法律调解 <span class="number">34<', page
    )


def test_nothing_found_is_said_with_what_to_do(english, catalogue):
    assert "Nothing found" in english.get("/services/?words=zzz").content.decode()


def test_a_service_tells_papers_duration_fee_and_for_whom(english, cast):
    page = english.get("/services/SV-2/").content.decode()

    assert "助餐送餐" in page
    assert "30 minutes" in page
    assert "60岁以上" in page
    assert "By order" in page


def test_a_service_lists_who_offers_it(client, cast):
    page = client.get("/services/SV-1/").content.decode()

    assert "红枫党群服务站" in page
    assert "青松邻里中心" in page
    assert "骑手驿站" not in page


def test_the_nearest_comes_first_where_the_place_is_known(client, cast):
    lon, lat = place(490, 300)

    page = client.get(f"/services/SV-1/?place={lon:.4f},{lat:.4f}").content.decode()

    assert page.index("青松邻里中心") < page.index("红枫党群服务站")
    assert "1 分钟" in page


def test_a_place_may_be_given_in_words(english, cast):
    page = english.get("/services/SV-1/?words=红枫路1号").content.decode()

    assert "from 红枫路1号" in page


def test_a_service_nobody_knows_is_not_found(client, cast):
    assert client.get("/services/NONE/").status_code == 404


def test_the_catalogue_takes_one_query(client, catalogue, django_assert_num_queries):
    client.get("/services/")
    with django_assert_num_queries(1):
        client.get("/services/?words=1")
