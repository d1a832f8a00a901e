"""Words of refused files follow the language of whoever looks."""

from django.utils import translation

from hequan.core.file_words import remark_of, remark_of_note, words_of_file_error
from hequan.files.wording import Note, ReadError

NEGATIVE = ReadError("negative", file="homes.xlsx", sheet="人口", row=3, column="人数", value=-5)


def said(thing, language):
    with translation.override(language):
        return str(thing)


def test_a_refusal_names_file_row_column_value_and_remedy_in_both_languages():
    words = words_of_file_error(NEGATIVE)

    english, chinese = said(words, "en"), said(words, "zh-hans")

    for part in ("homes.xlsx", "3", "人数", "-5"):
        assert part in english
        assert part in chinese
    assert "a count cannot be negative" in english
    assert "数量不能为负数" in chinese
    assert "Correct this cell" in english
    assert "请改正此单元格" in chinese


def test_a_remark_keeps_column_and_value_apart_from_the_words():
    remark = remark_of(NEGATIVE)

    assert (remark.column, remark.value) == ("人数", "-5")
    assert said(remark.text, "en") == "a count cannot be negative"
    assert said(remark.remedy, "zh-hans").startswith("请改正")


def test_a_note_of_a_reader_is_translated_too():
    remark = remark_of_note(Note("read-as", {"encoding": "gb18030", "delimiter": ","}))

    assert "gb18030" in said(remark.text, "en")
    assert "编码" in said(remark.text, "zh-hans")
