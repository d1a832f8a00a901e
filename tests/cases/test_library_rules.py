"""Finding write-ups: pairs of characters, ranked; and what is shown beside a case, with why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hequan.cases.library import (
    Candidate,
    WhyShown,
    asked_grams,
    choose_alike,
    grams_of,
    ranked,
    rarest,
    shared_words,
    single,
    span_of,
    weights_of,
)

pytestmark = pytest.mark.once
LAMPS = "楼道灯不亮"
TEXTS = {1: ("加装楼道灯", "老人晚上怕黑"), 2: ("电梯停运", "楼道堆物"), 3: ("路灯不亮", "报修")}


def found(words, texts=TEXTS, least=0.5):
    """Rank texts for a question as the tables would."""
    weights = {pk: weights_of(*text) for pk, text in texts.items()}
    asked = asked_grams(words)

    def borne(gram, pairs):
        if not single(gram):
            return pairs.get(gram)
        low, high = span_of(gram)
        return max((n for one, n in pairs.items() if low <= one <= high), default=None)

    counts = {g: sum(borne(g, pairs) is not None for pairs in weights.values()) for g in asked}
    postings = [
        (g, pk, n) for g in rarest(counts) for pk, p in weights.items() if (n := borne(g, p))
    ]
    return [hit.write_up for hit in ranked(postings, counts, len(texts), least)]


def test_what_bears_all_the_words_comes_first_and_what_bears_few_is_not_found():
    assert found("楼道灯") == [1, 2]  # the other bears half of it
    assert found("楼道灯光太暗") == []
    assert found("电梯") == [2]
    assert found("游泳池") == []
    assert found("") == found("。！ ") == []


def test_the_title_counts_more_than_the_rest():
    assert found("楼道")[0] == 1  # in the title of one, in the text of the other
    assert set(found("楼道")) == {1, 2}


def test_one_character_finds_every_run_that_holds_it():
    assert found("梯") == [2]
    assert found("灯") == [3, 1] or found("灯") == [1, 3]
    assert found("修") == [3]  # the last of its run


def test_width_and_capitals_do_not_matter():
    assert asked_grams("ＷＩＦＩ") == asked_grams("wifi")
    assert found("Wifi", {7: ("公共WiFi覆盖", "装了三处")}) == [7]


def test_words_do_not_run_over_a_comma():
    assert found("亮老", {1: ("灯不亮", "亮，老人")}) == []


def test_of_equals_the_newer_comes_first():
    assert found("加装电梯", {4: ("加装电梯", "x"), 9: ("加装电梯", "x")}) == [9, 4]


def test_a_compound_is_found_where_its_parts_stand_apart():
    assert found("电梯维修", {1: ("电梯停了", "维修三天"), 2: ("路灯", "x")}) == [1]


def test_a_word_nobody_wrote_weighs_against_every_hit():
    assert found("电梯游泳池管理办法") == []
    assert found("电梯游泳池管理办法", least=0.01) == [2]


@settings(max_examples=30)
@given(some.text(max_size=60))
def test_any_text_is_cut_into_pairs_and_finds_itself(text):
    for number in grams_of(text):
        assert 0 < number < 2**63
    if asked_grams(text):
        assert found(text, {1: (text, "")}) == [1]


def test_only_so_many_rows_are_read_the_rarest_first():
    assert rarest({1: 10, 2: 5, 3: 0, 4: 5000}, most=20) == (2, 1)
    assert rarest({4: 5000}, most=20) == (4,)
    assert len(rarest(dict.fromkeys(range(1, 99), 1))) == 16


def test_beside_a_case_its_matter_first_then_alike_words_then_its_class():
    rows = [
        Candidate(1, "52998"),
        Candidate(2, "03001", 4.0),
        Candidate(3, "52999"),
        Candidate(4, "03002"),
        Candidate(5, "52999", 2.0),
    ]
    told = choose_alike("52999", rows, most=9)

    assert [one.write_up for one, _why in told] == [5, 3, 2, 1]
    assert told[0][1] == (WhyShown.SAME_MATTER, WhyShown.ALIKE_WORDS)
    assert told[3][1] == (WhyShown.SAME_CLASS,)
    assert [len(choose_alike("52999", rows)), choose_alike("", rows[:1])] == [3, ()]


def test_the_words_two_texts_share_are_told_as_words():
    assert shared_words("昨晚楼道灯又不亮了", set(grams_of("楼道灯坏了，不亮"))) == (
        "楼道灯",
        "不亮",
    )
    assert shared_words("灯", set(grams_of("灯"))) == ()
