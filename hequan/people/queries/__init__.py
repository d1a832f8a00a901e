"""What others may ask about people and organisations, each in the file named by its noun."""

from hequan.people.queries.organisations import (
    organisation_with_credit_code,
    organisations_by_credit_code,
    organisations_by_name,
    organisations_matching,
)

__all__ = [
    "organisation_with_credit_code",
    "organisations_by_credit_code",
    "organisations_by_name",
    "organisations_matching",
]
