"""Masks of the audit trail: no personal value enters an entry that nobody can ever delete."""

from datetime import date

import pytest

from hequan.core import personal
from hequan.core.audit.masks import masked
from hequan.core.personal import BIRTH, NAME, PHONE, TableTags, plain, references
from hequan.core.sealed import Sealed

LABEL = "tests.neighbour"


@pytest.fixture(autouse=True)
def _tagged(monkeypatch):
    fields = {"name": NAME, "born_on": BIRTH, "phone": PHONE, "helper": NAME} | plain("id unit")
    fields |= references("guardian")
    monkeypatch.setitem(personal._tags, LABEL, TableTags(fields, subject="self"))


def test_a_personal_field_enters_behind_its_mask():
    values = {"name": "张小三", "born_on": date(1950, 3, 1), "phone": "13812345678"}

    assert masked(LABEL, values) == {"name": "张*三", "born_on": "***", "phone": "138****5678"}


def test_a_field_about_nobody_enters_as_it_is():
    assert masked(LABEL, {"unit": 17, "unit_id": 18}) == {"unit": 17, "unit_id": 18}


def test_text_under_an_unknown_key_of_a_personal_table_is_starred():
    assert masked(LABEL, {"note": "她住在101"}) == {"note": "***"}


def test_text_inside_lists_and_records_under_an_unknown_key_is_starred():
    values = {"changes": [{"who": "张小三"}, "李明"], "rows": 12, "done": True}

    assert masked(LABEL, values) == {
        "changes": [{"who": "***"}, "***"],
        "rows": 12,
        "done": True,
    }


def test_a_key_to_another_row_enters_as_it_is():
    assert masked(LABEL, {"guardian": 5}) == {"guardian": 5}


def test_a_key_named_plain_enters_as_it_is():
    assert masked(LABEL, {"reason": "回访"}, plain=("reason",)) == {"reason": "回访"}


def test_a_key_with_id_takes_the_mask_of_its_field():
    assert masked(LABEL, {"helper_id": "张小三"}) == {"helper_id": "张*三"}


def test_an_emptied_personal_field_still_shows_that_it_was_emptied():
    assert masked(LABEL, {"name": "", "phone": None}) == {"name": "", "phone": None}


def test_a_sealed_value_enters_as_its_mask_even_of_an_untagged_table():
    sealed = Sealed.of("13812345678", "phone")

    assert masked("tests.untagged", {"phone": sealed}) == {"phone": "138****5678"}


def test_values_of_an_untagged_table_enter_as_json_takes_them():
    assert masked("tests.untagged", {"on": date(2026, 3, 1), "name": "红枫站"}) == {
        "on": "2026-03-01",
        "name": "红枫站",
    }


def test_nothing_stays_nothing():
    assert masked(LABEL, None) is None
