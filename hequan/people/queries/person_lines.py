"""Persons as pages show them (脱敏展示): what is personal as a mask, a child's name as well.

A value is shown whole only where somebody asked for it with a reason, which is not done here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from hequan.core.masks import mask_address, mask_name
from hequan.people.ages import age_on, is_child
from hequan.people.models import Person


@dataclass(frozen=True)
class PersonLine:
    """One person, fit for a page; `age` is None where it is unknown or a child's."""

    pk: int
    name: str
    phone: str
    unit: str
    address: str
    age: int | None
    is_child: bool
    has_birth: bool
    has_account: bool


def shown_name(person: Person, at: datetime) -> str:
    """Return a person's name as anybody of the board may read it: a child's is masked."""
    child = is_child(person.born_on, timezone.localdate(at))
    return mask_name(person.name) if child else person.name


def person_line(person: Person, at: datetime, *, is_open: bool = False) -> PersonLine:
    """Return a person for a page; a child under fourteen only by a masked name.

    `is_open` says that whoever looks has been allowed to read this child's data.
    """
    day = timezone.localdate(at)
    child = is_child(person.born_on, day)
    hidden = child and not is_open
    age = age_on(person.born_on, day) if person.born_on and not hidden else None
    return PersonLine(
        pk=person.pk,
        name=person.name if is_open else shown_name(person, at),
        phone=str(person.phone),
        unit=person.unit.name if person.unit else "",
        address="" if hidden else mask_address(person.address),
        age=age,
        is_child=child,
        has_birth=person.born_on is not None,
        has_account=person.account_id is not None,
    )


def person_lines(persons: Iterable[Person], at: datetime) -> list[PersonLine]:
    """Return several persons for a page, their units already loaded."""
    return [person_line(person, at) for person in persons]
