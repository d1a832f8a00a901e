"""What was erased is in no file of the embedded database, its journal included."""

import pytest

from hequan.core.accounts import system_account
from hequan.people.actions import PersonFacts, erase_person, save_person
from tests.house.installations import AT

pytestmark = pytest.mark.slow
NAME, ADDRESS = "鄢倩影", "独一无二路4711号"


@pytest.mark.parametrize("installed", ["sqlite"], indirect=True)
def test_an_erased_name_is_in_no_file(installed):
    with installed.entered():
        by = system_account()
        person = save_person(facts=PersonFacts(NAME, address=ADDRESS), by=by, at=AT)
        assert any(NAME in text for text in _files(installed))
        erase_person(person=person, by=by, at=AT)

        assert not [text for text in _files(installed) if NAME in text or ADDRESS in text]


def _files(installed):
    return [
        path.read_bytes().decode("utf-8", "ignore")
        for path in installed.home.glob("hequan.sqlite3*")
    ]
