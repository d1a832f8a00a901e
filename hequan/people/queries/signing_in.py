"""Who signs in with a proved phone (登录人): only what that needs, by a statement composed once."""

from datetime import datetime
from typing import Any

from hequan.core.accounts import Account
from hequan.core.sealed import match_candidates
from hequan.core.sign_in.beginning import STANDING, moment_of
from hequan.people.models import Person
from hequan.people.phones import contact_phone

# what standing_persons() and the order of persons_with_phone() say
_WHO = f"""
SELECT account.*, person.id AS person_id, person.name AS person_name, {STANDING}
FROM people_person person LEFT JOIN core_account account ON account.id = person.account_id
WHERE person.phone_match IN ({{marks}})
    AND person.merged_into_id IS NULL AND person.erased_at IS NULL
ORDER BY person.id
"""  # noqa: S608 - our own words


def persons_signing_in(phone: str, at: datetime) -> list[Person]:
    """Return whom a phone in its one form stands for: id, name and account, nothing else."""
    matches = match_candidates(contact_phone(phone))
    values = {f"match{n}": one for n, one in enumerate(matches)}
    statement = _WHO.format(marks=", ".join(f"%({name})s" for name in values))
    rows = Account.objects.raw(statement, values | {"at": moment_of(at)})
    return [_person(row) for row in rows]


def _person(row: Any) -> Person:
    account = row if row.pk is not None else None
    said = (row.person_id, row.person_name, account and account.pk)
    person = Person.from_db(row._state.db, ("id", "name", "account_id"), said)
    person.account = account
    return person
