"""Sealed text: shown as a mask, opened only by who asks, told apart when somebody altered it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hequan.core import keyring as keyring_file
from hequan.core.keyring import KeyPurpose, add_key, keyring
from hequan.core.sealed import BrokenSealError, Sealed, match_candidates, match_of
from hequan.people.models import Person
from tests.world import AT

PHONE = "13812341234"


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.KEYRING = str(tmp_path / "keyring.json")
    return tmp_path / "keyring.json"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_what_is_sealed_opens_to_itself(text):
    assert Sealed.of(text).open() == text


def test_the_same_value_sealed_twice_looks_different():
    assert Sealed.of(PHONE).token != Sealed.of(PHONE).token


def test_printing_shows_the_mask_only():
    sealed = Sealed.of(PHONE, "phone")

    assert f"{sealed} {sealed!r} {[sealed]}" == "138****1234 138****1234 [138****1234]"


@pytest.mark.parametrize("at", [4, 20, -3])
def test_an_altered_token_is_refused_and_shown_as_unreadable(at, caplog):
    token = Sealed.of(PHONE).token
    letter = "A" if token[at] != "A" else "B"
    altered = Sealed(token[:at] + letter + token[at:][1:], "phone")

    with pytest.raises(BrokenSealError):
        altered.open()
    assert str(altered) == "?"
    assert PHONE not in caplog.text


@pytest.mark.parametrize("token", ["nonsense", "k9-000000:AAAA", "k1:", ":", "k1-ab:不"])
def test_what_is_no_token_is_refused(token):
    with pytest.raises(BrokenSealError):
        Sealed(token).open()


def test_a_ring_lost_and_made_anew_is_named_by_its_missing_key(ring):
    sealed = Sealed.of(PHONE)
    ring.unlink()

    with pytest.raises(BrokenSealError, match=sealed.key_id):
        sealed.open()


def test_no_value_stays_no_value():
    assert (Sealed.of("").token, Sealed("").open(), match_of(""), match_candidates("")) == (
        "",
        "",
        "",
        [],
    )


def test_a_value_is_found_by_every_match_key_the_current_first():
    old = match_of(PHONE)
    add_key(KeyPurpose.MATCH)

    assert match_candidates(PHONE) == [match_of(PHONE), old]
    assert old != match_of(PHONE)


@pytest.mark.django_db
def test_a_page_that_prints_a_person_prints_no_number():
    person = Person.objects.create(name="王丽", phone=PHONE, registered_at=AT)
    person.refresh_from_db()

    assert str(person.phone) == "138****1234"
    assert PHONE not in str(Person.objects.filter(pk=person.pk).values())


@pytest.mark.django_db
def test_a_row_with_a_broken_seal_breaks_no_list():
    person = Person.objects.create(name="王丽", registered_at=AT)
    Person.objects.filter(pk=person.pk).update(phone=Sealed("k1-000000:AAAAAAAAAAAAAAAAAAAAAAAA"))

    assert [str(one.phone) for one in Person.objects.all()] == ["?"]


def test_the_kept_ring_follows_its_file(ring):
    first = keyring()
    keyring_file.write_keyring(ring, first.with_new(KeyPurpose.DATA))

    assert len(keyring().keys[KeyPurpose.DATA]) == 2
