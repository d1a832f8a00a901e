"""What others may ask about people and organisations, each in the file named by its noun."""

from hequan.people.queries.organisations import (
    organisation_with_credit_code,
    organisations_by_credit_code,
    organisations_by_name,
    organisations_matching,
)
from hequan.people.queries.persons import (
    person_of,
    person_with_id,
    person_with_phone,
    persons_matching,
    persons_with_ids,
    persons_with_phone,
    standing,
    standing_persons,
)

__all__ = [
    "organisation_with_credit_code",
    "organisations_by_credit_code",
    "organisations_by_name",
    "organisations_matching",
    "person_of",
    "person_with_id",
    "person_with_phone",
    "persons_matching",
    "persons_with_ids",
    "persons_with_phone",
    "standing",
    "standing_persons",
]
