import pytest
from hypothesis import given
from hypothesis import strategies as st

from hequan.people.errors import BadPhoneError
from hequan.people.phones import contact_phone, is_mobile, normal_phone

MOBILE = "13812345678"


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        " 138 1234 5678 ",
        "138-1234-5678",
        "+86 138-1234 5678",
        "+8613812345678",
        "0086 13812345678",
        "86 13812345678",
        "(+86)13812345678",
        "１３８１２３４５６７８",
        "＋８６－１３８１２３４５６７８",
    ],
)
def test_a_mobile_number_has_one_form_however_it_is_written(text):
    assert normal_phone(text) == MOBILE
    assert contact_phone(text) == MOBILE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1381234567",
        "138123456789",
        "12812345678",
        "+1 2125550123",
        "021-66783456",
        "١٣٨١٢٣٤٥٦٧٨",
    ],
)
def test_what_is_no_mobile_number_is_refused_without_repeating_it(text):
    with pytest.raises(BadPhoneError) as refusal:
        normal_phone(text)
    assert not text or text not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("021 6678 3456", "021-66783456"),
        ("(021)66783456", "021-66783456"),
        ("+86 21 66783456", "021-66783456"),
        ("0512-6678345", "0512-6678345"),
        ("021-66783456转12", "021-66783456-12"),
        ("021-66783456 ext 12", "021-66783456-12"),
        ("400 820 8820", "4008208820"),
    ],
)
def test_a_landline_keeps_its_area_code(text, kept):
    assert contact_phone(text) == kept
    assert not is_mobile(kept)


@pytest.mark.parametrize("text", ["66783456", "021-123", "110", "0999", "000-66783456"])
def test_a_number_nobody_outside_could_call_is_refused(text):
    with pytest.raises(BadPhoneError):
        contact_phone(text)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_the_one_form_stays_as_it_is(number):
    assert normal_phone(number) == number
    assert contact_phone(contact_phone(number)) == number
    assert is_mobile(number)


@given(st.text(max_size=24))
def test_any_text_is_a_number_or_refused(text):
    try:
        kept = contact_phone(text)
    except BadPhoneError:
        return
    assert contact_phone(kept) == kept
