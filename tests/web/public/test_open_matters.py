"""Everybody's list of open matters: released words only, and nobody's name, door or number."""

import pytest

from hequan.cases.actions import release_words
from hequan.cases.models import Case, PublicWords
from hequan.cases.moves import MoveName
from tests.cases.cast import LIFT
from tests.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(desk):
    """The town at work."""
    return desk


def released(town, words="楼下垃圾两天没收，电话13800138000", **more):
    told = {"contact_name": "李小四", "contact_phone": "13612340004", "place_words": "3号楼201室"}
    case = town.opened(words="三楼张家乱倒", **(told | more))
    release_words(case=case, words=words, by=town.dispatcher, at=AT)
    return case


def page(client, **asked):
    return client.get("/open/", asked).content.decode()


def test_a_released_case_shows_class_committee_state_and_day_and_nothing_else(client, town):
    case = released(town)
    text = page(client)

    for said in ("垃圾未清运", town.town.maple.name, "待签收", "2026-03-10", case.number, "***"):
        assert said in text
    for hidden in ("李小四", "1361234", "13800138000", "201室", "张家", case.link):
        assert hidden not in text
    assert town.town.grids[0].name not in text


def test_without_released_words_nothing_of_a_case_is_listed(client, town):
    case = town.opened()

    assert case.number not in page(client)


def test_a_confidential_case_stays_out_though_words_lie_there(client, town):
    case = released(town)
    Case.objects.filter(pk=case.pk).update(is_confidential=True)

    assert PublicWords.objects.exists()
    assert case.number not in page(client)


def test_what_is_answered_leaves_the_list(client, town):
    case = released(town)
    steps = (MoveName.ACCEPT, MoveName.CONTACT, MoveName.ANSWER, MoveName.VERIFY)
    town.moved(case, *steps)
    assert case.number in page(client)

    town.moved(Case.objects.get(pk=case.pk), MoveName.PUBLISH)
    assert case.number not in page(client)


def test_class_and_committee_narrow_the_list_and_nonsense_does_not(client, town):
    rubbish, lift = released(town), released(town, matter_code=LIFT)
    maple, pine = town.town.maple.pk, town.town.pine.pk

    assert lift.number not in page(client, **{"class": "52"})
    assert rubbish.number in page(client, **{"class": "52", "unit": maple})
    assert rubbish.number not in page(client, unit=pine)
    assert rubbish.number in page(client, **{"class": "xx", "unit": "y", "page": "z"})


def test_pages_are_turned_and_ask_no_more_for_more_cases(
    client, town, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr("hequan.web.public.open_matters.PER_PAGE", 2)
    cases = [released(town) for _ in range(3)]
    page(client)
    with django_assert_max_num_queries(12):
        text = page(client, page="2")

    assert cases[0].number in text
    assert cases[2].number not in text
    assert 'href="/open/"' in client.get("/").content.decode()
