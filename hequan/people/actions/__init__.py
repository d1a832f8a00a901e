"""Writes to people and organisations, each in the file named by its noun."""

from hequan.people.actions.organisations import (
    OrganisationFacts,
    OrganisationsSaved,
    differences,
    move_organisations_to_heirs,
    save_organisations,
)

__all__ = [
    "OrganisationFacts",
    "OrganisationsSaved",
    "differences",
    "move_organisations_to_heirs",
    "save_organisations",
]
