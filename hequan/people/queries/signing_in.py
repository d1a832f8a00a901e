"""Who signs in with a proved phone (登录人): only what that needs, by a statement composed once."""

from typing import Any

from hequan.core.accounts import Account
from hequan.core.sealed import match_candidates
from hequan.people.models import Person
from hequan.people.phones import contact_phone

# what standing_persons() and the order of persons_with_phone() say
_WHO = """
SELECT account.*, person.id AS person_id, person.name AS person_name
FROM people_person person LEFT JOIN core_account account ON account.id = person.account_id
WHERE person.phone_match IN ({marks})
    AND person.merged_into_id IS NULL AND person.erased_at IS NULL
ORDER BY person.id
"""


def persons_signing_in(phone: str) -> list[Person]:
    """Return whom a phone in its one form stands for: id, name and account, nothing else."""
    matches = match_candidates(contact_phone(phone))
    statement = _WHO.format(marks=", ".join(["%s"] * len(matches)))
    return [_person(row) for row in Account.objects.raw(statement, matches)]


def _person(row: Any) -> Person:
    account = row if row.pk is not None else None
    said = (row.person_id, row.person_name, account and account.pk)
    person = Person.from_db(row._state.db, ("id", "name", "account_id"), said)
    person.account = account
    return person
