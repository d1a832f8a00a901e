"""One search over people, organisations, stations and units, each through its own door."""

import pytest
from django.urls import reverse

from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from hequan.people.actions import OrganisationFacts, save_organisation
from tests.world_people import RESIDENT_PHONE


@pytest.fixture
def firm(world):
    facts = OrganisationFacts("红枫科技", unit_id=world.maple.pk)
    return save_organisation(facts=facts, by=world.officer, at=world.at)


def found(client, words, **headers):
    answer = client.get(reverse("web:board-search"), {"q": words}, headers=headers)
    assert answer.status_code == 200
    groups = answer.context["groups"]
    return {group.kind: [getattr(row, "name", row) for row in group.rows] for group in groups}


def test_one_word_finds_organisations_stations_and_units(sign_in, world, stations, firm):
    groups = found(sign_in("officer"), "红枫")
    assert groups["organisation"] == ["红枫科技"]
    assert groups["station"] == ["红枫居委会站1", "红枫居委会站2"]
    assert "红枫居委会" in groups["unit"]


@pytest.mark.parametrize("words", ["zw", "zhangwei", "张伟", "0004", RESIDENT_PHONE])
def test_people_are_found_by_pinyin_name_tail_and_number(sign_in, world, words):
    assert found(sign_in("officer"), words)["person"] == ["张伟"]


def test_an_organisation_is_found_by_its_initials(sign_in, world, firm):
    assert found(sign_in("officer"), "hfkj") == {"organisation": ["红枫科技"]}


def test_nobody_finds_what_lies_next_door(sign_in, world, stations, firm):
    give_grants(
        account=world.viewer,
        capabilities=[Capability.SEE_PEOPLE],
        path=world.pine.path,
        by=world.system,
        at=world.at,
    )
    viewer = sign_in("viewer")
    assert found(viewer, "张伟") == {}
    assert found(viewer, "孙梅") == {"person": ["孙梅"]}
    assert found(viewer, "红枫") == {}


def test_a_board_without_people_finds_none(sign_in, world):
    assert found(sign_in("clerk"), "王丽") == {}


def test_a_childs_name_is_masked_in_the_search_too(sign_in, world):
    assert found(sign_in("officer"), "王小宝")["person"] == ["王*宝"]


def test_a_search_asks_each_app_once(sign_in, world, firm, django_assert_num_queries):
    officer = sign_in("officer")
    found(officer, "warm")
    # session with its account, rate of asking, grants, then people, organisations, stations,
    # units; for cases who she is and her posts besides
    with django_assert_num_queries(10):
        found(officer, "wang")


def test_suggestions_are_a_piece_of_a_page(sign_in, world):
    officer = sign_in("officer")
    whole = officer.get(reverse("web:board-search"), {"q": "王"})
    piece = officer.get(reverse("web:board-search"), {"q": "王"}, headers={"HX-Request": "true"})
    assert b"<html" in whole.content
    assert b"<html" not in piece.content
    assert "王丽" in piece.content.decode()


@pytest.mark.parametrize("words", ["", "   ", "%", "'", "\\", "王" * 500])
def test_odd_words_find_nothing_and_break_nothing(sign_in, world, words):
    assert found(sign_in("officer"), words) == {}


@pytest.mark.parametrize("who", ["officer", "clerk", "viewer"])
def test_the_search_box_stands_in_the_boards_frame(sign_in, world, who):
    said = sign_in(who).get(reverse("web:board-stations")).content.decode()
    assert f'action="{reverse("web:board-search")}"' in said
    assert '<span class="visually-hidden">查询</span>' in said
