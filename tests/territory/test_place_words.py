"""How what is typed fits what a place is called; nothing here needs a database."""

import pytest

from hequan.territory.place_words import Fit, fit, readings_of, words_in

pytestmark = pytest.mark.once


def test_letters_stand_apart_from_the_rest_and_wide_signs_are_plain():
    assert words_in("ＨＦＬ11号 二楼") == ["hfl", "11号", "二楼"]
    assert words_in("  ") == []
    assert len(words_in("一 二 三 四 五 六 七 八 九 十")) == 8


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("红枫路11号门口", ["红枫路11号门口", "红枫路11号"]),
        ("红枫路8弄3号 二楼", ["红枫路8弄3号 二楼", "红枫路8弄3号"]),
        ("青松园 北门", ["青松园 北门", "青松园"]),
        ("北门", ["北门"]),
        (" ", []),
    ],
)
def test_what_stands_behind_a_place_is_left_out_in_the_end(typed, readings):
    assert readings_of(typed) == readings


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("青松园", Fit.IS),
        ("qsy", Fit.IS),
        ("qs", Fit.BEGINS),
        ("青松", Fit.BEGINS),
        ("松园", Fit.HOLDS),
        ("红枫路", Fit.BESIDE),
        ("青松 红枫路", Fit.BEGINS),
        ("sy", Fit.NOT),  # two letters in the middle would fit half the town
        ("白桦", Fit.NOT),
        ("", Fit.NOT),
    ],
)
def test_a_name_fits_by_its_words_or_its_first_letters(typed, expected):
    assert fit(words_in(typed), "青松园", "qsy", "红枫路11号") == expected
