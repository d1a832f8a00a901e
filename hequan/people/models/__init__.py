"""Tables of people: organisations, persons and what ties them, each in the file named by its thing."""

from hequan.people.models.organisations import Organisation
from hequan.people.models.persons import Person

__all__ = ["Organisation", "Person"]
