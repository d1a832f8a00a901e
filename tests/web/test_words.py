"""Every value the domain knows has a word, in both languages."""

import importlib
from enum import StrEnum

import pytest
from django.utils import translation

from hequan.planner.profiles import PROFILES
from hequan.web import words

# drawn on the map or kept in rows only, never said on a page
SILENT = {"LandmarkKind"}


def kinds_of_the_domain():
    """Every enum of every app's kinds.py."""
    for app in ("core", "territory", "people", "stations"):
        module = importlib.import_module(f"hequan.{app}.kinds")
        for name, thing in vars(module).items():
            if isinstance(thing, type) and issubclass(thing, StrEnum) and thing is not StrEnum:
                yield pytest.param(thing, id=name)


@pytest.mark.parametrize("kind", list(kinds_of_the_domain()))
def test_every_value_of_every_kind_has_a_word(kind):
    if kind.__name__ in SILENT:
        return
    assert set(words.WORDS[kind]) == set(kind)


@pytest.mark.parametrize("kind", list(kinds_of_the_domain()))
def test_every_word_is_chinese_in_chinese(kind):
    for value in words.WORDS.get(kind, {}):
        with translation.override("zh-hans"):
            chinese = str(words.word(value))
        with translation.override("en"):
            english = str(words.word(value))
        assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese), chinese
        assert english.isascii() or "é" in english or "–" in english


def test_every_walker_of_the_planner_but_the_planning_default_has_a_word():
    assert set(words.PROFILE_WORDS) == set(PROFILES) - {"planning"}


def test_the_checklist_says_what_is_there_what_is_not_and_what_nobody_has_looked_at():
    with translation.override("en"):
        said = [words.access_line("ramp", value) for value in (True, False, None)]

    assert said == ["Ramp", "No ramp", "Ramp: not checked"]


def test_a_door_is_said_in_centimetres():
    with translation.override("en"):
        assert words.access_line("door_width_cm", 90) == "Door 90 cm wide"
        assert words.access_line("door_width_cm", None) == "Door width: not measured"
