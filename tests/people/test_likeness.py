from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hequan.people.kinds import Likelihood, LikeReason
from hequan.people.likeness import Mark, likeness

BORN, LATER = date(1988, 5, 1), date(1990, 1, 1)


def sure(one: Mark, other: Mark) -> Likelihood | None:
    found = likeness(one, other)
    return found.likelihood if found else None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Mark("王丽", phone="p"), Mark("王丽", phone="p"), Likelihood.SURE),
        (Mark("王丽", "wangli", "p"), Mark("王莉", "wangli", "p"), Likelihood.LIKELY),
        (Mark("王晓丽", "a", "p"), Mark("王小丽", "b", "p"), Likelihood.LIKELY),
        (Mark("王丽", "a", "p"), Mark("单建国", "b", "p"), Likelihood.ASK),
        (Mark("王丽", "", "p", BORN), Mark("王丽", "", "p", LATER), Likelihood.ASK),
        (Mark("王丽", "", "p"), Mark("王丽", "", "q"), None),
        (Mark("王丽", "", "", BORN), Mark("王丽", "", "", BORN), Likelihood.ASK),
        (Mark("王丽", "", "", BORN, 7), Mark("王丽", "", "", BORN, 7), Likelihood.LIKELY),
        (Mark("王丽", "", "", BORN, 7), Mark("王丽", "", "", LATER, 7), None),
        (Mark("王丽", unit=7), Mark("王丽", unit=7), Likelihood.ASK),
        (
            Mark("王丽", unit=7, address="1号"),
            Mark("王丽", unit=7, address="1号"),
            Likelihood.LIKELY,
        ),
        (
            Mark("王丽", "", "p", None, 7, "1号"),
            Mark("王丽", "", "q", None, 7, "1号"),
            Likelihood.ASK,
        ),
        (Mark("王丽", unit=7), Mark("王丽", unit=8), None),
        (Mark("王丽"), Mark("李丽"), None),
    ],
)
def test_how_sure_it_is_that_two_rows_are_one_person(one, other, expected):
    assert sure(one, other) == expected


def test_a_family_that_shares_a_telephone_is_told_by_the_reasons():
    found = likeness(Mark("王丽", "a", "p", unit=7), Mark("单建国", "b", "p", unit=7))
    assert found is not None
    assert found.reasons == (LikeReason.OTHER_NAME, LikeReason.SAME_PHONE, LikeReason.SAME_UNIT)


def test_another_surname_is_another_name():
    found = likeness(Mark("王丽", "a", "p"), Mark("李丽", "b", "p"))
    assert found is not None
    assert LikeReason.OTHER_NAME in found.reasons


MARKS = st.builds(
    Mark,
    st.sampled_from(["王丽", "王莉", "王小丽", "单建国"]),
    st.sampled_from(["", "wangli"]),
    st.sampled_from(["", "p", "q"]),
    st.sampled_from([None, BORN, LATER]),
    st.sampled_from([None, 7, 8]),
    st.sampled_from(["", "1号"]),
)


@given(MARKS, MARKS)
def test_likeness_does_not_depend_on_which_row_is_named_first(one, other):
    assert likeness(one, other) == likeness(other, one)


@given(MARKS, MARKS)
def test_different_days_of_birth_are_never_sure(one, other):
    found = likeness(one, other)
    if one.born_on and other.born_on and one.born_on != other.born_on:
        assert found is None or found.likelihood == Likelihood.ASK
