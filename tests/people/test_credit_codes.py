"""Unified social credit codes by GB 32100-2015."""

import pytest

from hequan.people.credit_codes import is_credit_code

GOOD = "91110000600037341L"


def test_a_real_code_passes():
    assert is_credit_code(GOOD)


@pytest.mark.parametrize(
    "code",
    ["", GOOD[:-1], f"{GOOD}0", "91110000600037341M", "9111000060003734IL", "911100006000373410"],
)
def test_anything_else_is_refused(code):
    assert not is_credit_code(code)


def test_one_wrong_character_is_always_noticed():
    wrong = [
        GOOD[:place] + other + GOOD[place + 1 :]
        for place in range(8, 17)
        for other in "0123456789ABCDEFGH"
        if other != GOOD[place]
    ]

    assert not any(is_credit_code(code) for code in wrong)
