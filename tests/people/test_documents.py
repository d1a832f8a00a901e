"""Identity documents: numbers that can be one, kept with consent, found by hash, never in plain."""

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from hequan.core.keyring import KeyPurpose, add_key
from hequan.people import actions, queries
from hequan.people.id_numbers import is_document_number, normal_number
from hequan.people.models import IdDocument
from hequan.people.protection_errors import (
    BadDocumentError,
    ConsentNeededError,
    DocumentTakenError,
)
from hequan.people.protection_kinds import ConsentChannel, ConsentPurpose, DocumentKind
from tests.world import AT

NUMBER = "360426199101010071"  # the example of python-stdnum


@pytest.fixture
def willing(world):
    """Zhang Wei and Wang Li, who let their numbers be kept."""
    text = actions.publish_consent_text(
        purpose=ConsentPurpose.IDENTITY,
        text_zh="同意保存",
        text_en="keep it",
        valid_from=AT,
        by=world.officer,
        at=AT,
    )
    both = (world.cast.resident, world.cast.wang_li)
    for person in both:
        actions.give_consent(
            person=person, text=text, channel=ConsentChannel.PAPER, by=world.officer, at=AT
        )
    return both


def recorded(world, person, number=NUMBER, kind=DocumentKind.RESIDENT):
    return actions.record_document(person=person, kind=kind, number=number, by=world.officer, at=AT)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (DocumentKind.RESIDENT, "360426199101010071"),
        (DocumentKind.RESIDENT, "11010519491231002X"),
        (DocumentKind.HK_MACAO_TAIWAN, "810000199408230021"),
        (DocumentKind.HK_MACAO_TAIWAN, "H12345678"),
        (DocumentKind.FOREIGN_RESIDENT, "ABC123456789012"),
        (DocumentKind.PASSPORT, "E12345678"),
    ],
)
def test_numbers_that_can_be_one(kind, number):
    assert is_document_number(kind, number)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (DocumentKind.RESIDENT, "360426199101010072"),
        (DocumentKind.RESIDENT, "36042619910101007"),
        (DocumentKind.RESIDENT, "360426199102300071"),
        (DocumentKind.RESIDENT, "810000199408230021"),
        (DocumentKind.HK_MACAO_TAIWAN, "360426199101010071"),
        (DocumentKind.PASSPORT, "ABCDEFGH"),
        (DocumentKind.FOREIGN_RESIDENT, "AB123456789012"),
    ],
)
def test_numbers_that_cannot(kind, number):
    assert not is_document_number(kind, number)


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_of_a_resident_number_is_always_found(at, more):
    digits = NUMBER
    wrong = digits[:at] + str((int(digits[at]) + more) % 10) + digits[at + 1 :]

    assert not is_document_number(DocumentKind.RESIDENT, wrong)


@pytest.mark.parametrize("typed", ["360426 19910101 0071", "３６０４２６１９９１０１０１００７１"])
def test_a_number_is_taken_however_it_is_typed(typed):
    assert normal_number(typed) == NUMBER


@pytest.mark.django_db
def test_a_number_is_found_by_its_hash_and_lies_nowhere_in_plain(world, willing):
    document = recorded(world, willing[0])

    assert queries.person_with_document(DocumentKind.RESIDENT, "360426 199101010071") == willing[0]
    assert (str(document.number), document.tail) == ("**************0071", "0071")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_iddocument")
        assert NUMBER not in str(cursor.fetchall())


@pytest.mark.django_db
def test_without_consent_no_number_is_kept(world):
    with pytest.raises(ConsentNeededError):
        recorded(world, world.cast.resident)


@pytest.mark.django_db
def test_a_wrong_number_is_refused_without_repeating_it(world, willing):
    with pytest.raises(BadDocumentError) as refused:
        recorded(world, willing[0], "360426199101010072")

    assert "360426199101010072" not in str(refused.value)


@pytest.mark.django_db
def test_one_number_is_one_persons(world, willing):
    recorded(world, willing[0])

    with pytest.raises(DocumentTakenError):
        recorded(world, willing[1])
    recorded(world, willing[0])
    assert IdDocument.objects.count() == 1


@pytest.mark.django_db
def test_one_number_is_one_persons_while_the_match_key_changes(world, willing, settings, tmp_path):
    settings.KEYRING = str(tmp_path / "keyring.json")
    recorded(world, willing[0])
    add_key(KeyPurpose.MATCH)

    with pytest.raises(DocumentTakenError):
        recorded(world, willing[1])


@pytest.mark.django_db
def test_the_database_holds_it_too(world, willing):
    document = recorded(world, willing[0])
    document.pk, document.person = None, willing[1]

    with pytest.raises(IntegrityError), transaction.atomic():
        document.save(force_insert=True)
