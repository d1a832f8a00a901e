"""Words of the protection pages: every kind and every field a person is shown has one."""

from enum import StrEnum

import pytest
from django.utils import translation

from hequan.core import personal
from hequan.core.personal_rows import tagged_models
from hequan.people import protection_kinds
from hequan.people.queries.own_data import shown_columns
from hequan.web.protection_words import FIELD_WORDS, field_words
from hequan.web.words import WORDS, word

KINDS = [
    thing
    for module in (protection_kinds, personal)
    for thing in vars(module).values()
    if isinstance(thing, type) and issubclass(thing, StrEnum) and thing is not StrEnum
]


def is_chinese(text):
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_value_has_a_word_in_both_languages(kind):
    assert set(WORDS[kind]) == set(kind)
    with translation.override("zh-hans"):
        assert all(is_chinese(str(word(value))) for value in kind)
    with translation.override("en"):
        assert all(str(word(value)).isascii() for value in kind)


def test_every_field_a_person_is_shown_has_a_word():
    shown = {name for model, tags in tagged_models() for name in shown_columns(model, tags)}

    assert sorted(shown - set(FIELD_WORDS)) == []


def test_every_word_of_a_field_and_every_title_is_chinese_in_chinese():
    with translation.override("zh-hans"):
        assert [name for name in FIELD_WORDS if not is_chinese(str(field_words(name)))] == []
        titles = [str(tags.title) for _model, tags in tagged_models() if tags.subject]
        assert [title for title in titles if not is_chinese(title)] == []


def test_every_purpose_and_basis_is_one_that_has_a_word():
    for _model, tags in tagged_models():
        for tag in tags.fields.values():
            assert tag.purpose in WORDS[personal.Purpose]
            assert tag.basis in WORDS[personal.Basis]
