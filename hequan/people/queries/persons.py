"""Persons as others ask for them: by phone, by account, by name, tail or pinyin."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from hequan.core.accounts import Account
from hequan.core.questions import Question, key
from hequan.core.sealed import match_candidates
from hequan.people.access import persons_visible
from hequan.people.ages import is_adult
from hequan.people.errors import BadPhoneError
from hequan.people.models import Person
from hequan.people.phones import contact_phone
from hequan.people.queries.prefixes import begins_with

_LETTERS = re.compile(r"[a-z]{2,}")
_TAIL = re.compile(r"[0-9]{4}")


def standing_persons() -> QuerySet[Person]:
    """Return everybody: rows merged into others or erased left out."""
    return Person.objects.filter(merged_into=None, erased_at=None)


def persons_with_phone(phone: str) -> list[Person]:
    """Return everybody reached by this number, however it is written; a family may share one."""
    try:
        matches = match_candidates(contact_phone(phone))
    except BadPhoneError:
        return []
    found = standing_persons().filter(phone_match__in=matches)
    return list(found.select_related("unit", "account").order_by("pk"))


def person_with_phone(phone: str) -> Person | None:
    """Return whom a number stands for: of several who share it, whoever has an account.

    Where none has one, the first entered of the adults, then of all.
    """
    found = persons_with_phone(phone)
    return min(found, key=_as_owner, default=None)


def _as_owner(person: Person) -> tuple[bool, bool, int]:
    day = person.registered_at.date()
    return (person.account_id is None, not is_adult(person.born_on, day), person.pk)


_WITH_ACCOUNT = Question[Person](
    lambda account: Person.objects.filter(account=account).select_related("unit").order_by("pk"),
    account=key(),
)


def person_of(account: object) -> Person | None:
    """Return who signs in with this account, None for nobody and for an erased person."""
    if not isinstance(account, Account) or account.pk is None:
        return None
    return standing(_WITH_ACCOUNT.first(account=account.pk))


def person_with_id(pk: int) -> Person | None:
    """Return a person by id, a merged one as whoever stands for her; None for one erased."""
    return standing(Person.objects.filter(pk=pk).select_related("unit").first())


def persons_with_ids(pks: Iterable[int]) -> dict[int, Person]:
    """Return persons by the ids asked for, merged ones as whoever stands for them."""
    found = {row.pk: row for row in Person.objects.filter(pk__in=set(pks)).select_related("unit")}
    standing_for = {pk: standing(row) for pk, row in found.items()}
    return {pk: row for pk, row in standing_for.items() if row is not None}


def standing(person: Person | None) -> Person | None:
    """Return who stands for this row: herself, or whom it was merged into; None when erased."""
    while person is not None and person.merged_into_id is not None:
        # a merger moves what was merged before, so this is one step
        person = Person.objects.select_related("unit").get(pk=person.merged_into_id)
    return person if person is not None and person.erased_at is None else None


def persons_matching(
    words: str, *, user: object, at: datetime, unit_path: str = ""
) -> QuerySet[Person]:
    """Return the people an account may see whom every word fits.

    A word is the beginning of a name, of its pinyin or its initials, a whole number, or the last
    four digits of one. No words find everybody; the order is by name.
    """
    found = persons_visible(user, at).select_related("unit")
    if unit_path:
        found = found.filter(unit__path__startswith=unit_path)
    for word in words.split():
        found = found.filter(_fits(word))
    return found.order_by("name", "pk")


def _fits(word: str) -> Q:
    letters = word.lower()
    if _TAIL.fullmatch(word):
        return Q(phone_tail=word)
    if _LETTERS.fullmatch(letters):
        return begins_with("initials", letters) | begins_with("pinyin", letters)
    try:
        return Q(phone_match__in=match_candidates(contact_phone(word)))
    except BadPhoneError:
        return begins_with("name", word)
