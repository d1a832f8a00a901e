"""What a text looks like: rightly often enough, with its words, and never more than it says."""

import csv
from importlib.resources import files

import pytest

from bench.cases.hints import held_out, ranks, starter_rows, voices
from hequan.cases.class_hints import hints_of, known_matters
from hequan.roster.matters import MatterRow

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def known():
    """What a town knows that starts with our catalogue."""
    return known_matters(starter_rows())


def trained():
    text = files("hequan.cases").joinpath("labelled_words.csv").read_text(encoding="utf-8")
    return [(row["matter"], row["words"]) for row in csv.DictReader(text.splitlines())]


def test_of_requests_never_seen_nine_in_ten_come_first_and_nearly_all_among_three(known):
    for texts in (held_out(), voices()):
        found = ranks(known, texts)

        assert sum(one == 1 for one in found) / len(found) >= 0.9
        assert sum(one > 0 for one in found) / len(found) >= 0.96


def test_the_requests_kept_apart_are_no_others_and_both_sets_reach_every_matter():
    codes = {row.code for row in starter_rows()}
    ours, apart = trained(), held_out() + voices()

    assert len(ours) + len(held_out()) >= 240
    assert len(voices()) >= 120
    assert {words for _code, words in ours}.isdisjoint(words for _code, words in apart)
    assert {code for code, _words in ours} == {code for code, _words in apart} == codes


def test_a_hint_tells_the_very_words_that_spoke(known):
    words = "电梯又停了，老人困在里面"
    first = hints_of(words, known)[0]

    assert first.code == "51998"
    assert first.words
    assert all(one in words for one in first.words)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("六楼的电瓶车拉到屋里充电", "53999", ("电瓶车", "充电")),
        ("外墙瓷砖掉下来了", "51996", ("外墙", "瓷砖掉下来")),
        ("单元门口有小偷", "53993", None),  # 单元门口 is no door of the house
    ],
)
def test_whole_words_are_told_and_those_of_the_matter_first(known, words, code, told):
    hint = next(one for one in hints_of(words, known) if one.code == code)

    assert hint.words == told if told else "单元门" not in "".join(hint.words)


def test_no_word_is_told_in_pieces(known):
    """Every word told is one of the vocabulary, with its way perhaps, or a whole clause."""
    for _code, words in held_out():
        for hint in hints_of(words, known):
            for told in hint.words:
                whole = {told, told[:-2]} & known.words.keys()
                assert whole or told.removesuffix("…") in words


@pytest.mark.parametrize("words", ["", "   ", "你好", "我想问一下", "asdf", "🗑️", "哈哈哈哈", "1"])
def test_words_that_say_nothing_suggest_nothing(known, words):
    assert hints_of(words, known) == ()


@pytest.mark.parametrize("words", ["电梯" * 50_000, "'; DROP TABLE", "a" * 100_000, "שלום 电梯"])
def test_any_text_is_read_and_at_most_three_are_told(known, words):
    assert len(hints_of(words, known)) <= 3


def test_a_matter_of_the_towns_own_is_known_by_its_name_and_a_retired_one_by_nothing():
    rows = [one for one in starter_rows() if one.code != "51998"]
    own = MatterRow(1, "61880", "61", "龙舟队训练", "", (), "龙舟租借、码头使用")
    known = known_matters([*rows, own])

    assert hints_of("我们想租龙舟训练", known)[0].code == "61880"
    assert "51998" not in {one.code for one in hints_of("电梯困人", known)}


def test_nothing_is_said_twice_in_one_hint(known):
    for one in hints_of("垃圾没收，垃圾满了，垃圾臭", known):
        assert len(set(one.words)) == len(one.words)
