"""Numbers that lead to a person are starred however they are written; dates and counts stay."""

import pytest

from hequan.cases.without_numbers import without_numbers

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "said",
    [
        *("13800138000", "138 0013 8000", "138-0013-8000", "１３８００１３８０００"),
        *("+86 13800138000", "021-66783456", "(021) 6678 3456", "一三八零零一三八零零零"),
        *("310113199001011234", "31011319900101123X", "沪A12345", "沪A·D12345"),
        *("wang.ming@example.com.cn", "微信 13800138000"),
    ],
)
def test_a_number_of_a_person_is_starred(said):
    told = without_numbers(f"请找{said}联系")

    assert "***" in told
    assert not any(sign.isdigit() for sign in told)
    assert "@" not in told
    assert "一三八" not in told


@pytest.mark.parametrize("said", ["2026-03-09", "3号楼502室", "共12户", "9:30到11:00", "五六次"])
def test_what_leads_to_nobody_stays(said):
    assert without_numbers(f"在{said}发现") == f"在{said}发现"
