"""Every refusal and notice can be said in both languages."""

import re
import string

import pytest

from hequan.files.errors import FileError
from hequan.files.sentences import NOTICES, SENTENCES
from hequan.files.values import CellError
from hequan.files.wording import Note, ReadError, cell_refused, say, spoken

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def gaps(*texts):
    parts = (part for text in texts for part in string.Formatter().parse(text))
    return {name for _, name, _, _ in parts if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_stands_in_both_languages_with_the_same_gaps(code):
    sentence = SENTENCES[code]

    assert all(sentence)
    assert not CHINESE.search(sentence.problem + sentence.remedy)
    assert CHINESE.search(sentence.zh_problem)
    assert CHINESE.search(sentence.zh_remedy)
    english = gaps(sentence.problem, sentence.remedy)
    assert gaps(sentence.zh_problem, sentence.zh_remedy) <= english


@pytest.mark.parametrize("code", NOTICES)
def test_a_notice_stands_in_both_languages_with_the_same_gaps(code):
    notice = NOTICES[code]
    filled = dict.fromkeys(gaps(notice.text), 3)

    assert gaps(notice.zh_text) <= gaps(notice.text)
    assert CHINESE.search(Note(code, filled).say("zh"))
    assert not CHINESE.search(Note(code, filled).say("en"))


def test_place_value_and_remedy_are_said():
    error = cell_refused(
        CellError("negative", -3), file="a.xlsx", sheet="人口", row=7, column="people"
    )

    assert say(error, "en") == (
        "a.xlsx, sheet 人口, row 7, column people: a count cannot be negative (found “-3”). "
        "Correct this cell, or leave it blank if it is not known."
    )
    assert say(error, "zh-hans").startswith(
        "a.xlsx，工作表“人口”，第 7 行，“people”列：数量不能为负数（读到“-3”）。请改正"
    )
    assert str(error).startswith("a.xlsx, sheet 人口, row 7, column people: a count")
    assert spoken(error, "zh").value == "-3"


def test_a_refusal_without_a_place_begins_with_the_problem():
    assert say(ReadError("file-missing"), "en") == "there is no such file. Check the path."
    assert say(ReadError("file-missing"), "zh") == "没有这个文件。请检查路径。"


def test_a_refusal_known_in_english_only_keeps_its_place_in_chinese():
    error = FileError("other", "The way has no nodes.", file="a.osm", row=3, remedy="Export again.")

    assert say(error, "zh") == "a.osm，第 3 行：The way has no nodes。Export again."
