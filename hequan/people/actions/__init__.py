"""Writes to people and organisations, each in the file named by its noun."""

from hequan.people.actions.guardianships import (
    GuardianFacts,
    end_guardianship,
    save_guardian,
)
from hequan.people.actions.organisations import (
    OrganisationFacts,
    OrganisationsSaved,
    differences,
    move_organisations_to_heirs,
    save_organisations,
)
from hequan.people.actions.persons import move_persons_to_heirs, save_person, tie_account
from hequan.people.facts import PersonFacts

__all__ = [
    "GuardianFacts",
    "OrganisationFacts",
    "OrganisationsSaved",
    "PersonFacts",
    "differences",
    "end_guardianship",
    "move_organisations_to_heirs",
    "move_persons_to_heirs",
    "save_guardian",
    "save_organisations",
    "save_person",
    "tie_account",
]
