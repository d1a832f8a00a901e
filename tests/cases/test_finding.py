"""Cases are found by number, by words and by place, and by nobody who may not open them."""

from datetime import timedelta

import pytest

from hequan.cases.models import Case
from hequan.cases.queries.finding import LATELY, cases_found
from tests.world import AT

pytestmark = pytest.mark.django_db


def found(user, words, at=AT):
    return [one.number for one in cases_found(words, user, at, 5)]


def test_by_its_number_and_by_either_end_of_it(desk):
    case, _other = desk.opened(), desk.opened()
    day, drawn = case.number.split("-")

    for words in (case.number, case.number.lower(), drawn, f" {drawn} ", f"{day}-{drawn[:3]}"):
        assert found(desk.dispatcher, words) == [case.number]
    assert len(found(desk.dispatcher, day)) == 2
    assert found(desk.dispatcher, "") == found(desk.dispatcher, "Z" * 30) == []


def test_by_words_and_by_place_the_newest_first(desk):
    old = desk.opened(words="三号楼路灯不亮", at=AT - timedelta(days=3))
    new = desk.opened(words="路灯又坏了", place_words="北门花坛")

    assert found(desk.dispatcher, "路灯") == [new.number, old.number]
    assert found(desk.dispatcher, "花坛") == [new.number]
    assert found(desk.dispatcher, "100%") == found(desk.dispatcher, "_") == []


def test_what_ended_long_ago_is_found_by_its_whole_number_only(desk):
    case = desk.opened(words="路灯不亮")
    Case.objects.update(state="closed")
    later = AT + LATELY + timedelta(days=1)

    assert found(desk.dispatcher, "路灯", later) == []
    assert found(desk.dispatcher, case.number.split("-")[1], later) == []
    assert found(desk.dispatcher, case.number, later) == [case.number]


def test_nobody_finds_what_she_may_not_open(desk):
    case = desk.opened(words="路灯不亮")
    for user in (desk.neighbour, desk.town.stranger, None):
        assert found(user, case.number) == found(user, "路灯") == []
