"""Every word of the plain commands stands in both languages."""

import re
import string

import pytest

from hequan.cli import DJANGO_COMMANDS, PLAIN_COMMANDS
from hequan.cli.words import _WORDS, Words
from hequan.planner.profiles import PROFILES

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAME_IN_BOTH = {"error", "note.file"}


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", _WORDS)
def test_a_word_stands_in_both_languages_with_the_same_gaps(key):
    english, chinese = _WORDS[key]

    assert gaps(english) == gaps(chinese)
    assert english.strip()
    assert not CHINESE.search(english) or key == "overview"
    assert CHINESE.search(chinese) or key in SAME_IN_BOTH


@pytest.mark.parametrize("code", PROFILES)
def test_every_walker_has_a_name(code):
    assert Words("zh").knows(f"profile.{code}")


@pytest.mark.parametrize("name", [*PLAIN_COMMANDS, *DJANGO_COMMANDS])
def test_every_command_is_explained(name):
    assert Words("en")(f"command.{name}")


def test_numbers_and_shares_are_written_for_people():
    words = Words("zh-Hans")

    assert words.language == "zh"
    assert words.number(812935.4) == "812,935"
    assert words.percent(0.4114) == "41.1%"
    assert words.percent(float("nan")) == "–"
