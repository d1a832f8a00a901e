"""Who is known already (已登记人员), for many rows of a table at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from hequan.core.sealed import match_candidates
from hequan.people.errors import BadPhoneError
from hequan.people.facts import PersonFacts
from hequan.people.models import Person
from hequan.people.phones import contact_phone
from hequan.people.queries.persons import standing_persons

_BATCH = 2000


@dataclass(frozen=True)
class KnownPersons:
    """Rows by what tells people apart; of several that fit, the one entered first."""

    by_phone: dict[str, list[Person]]
    by_name: dict[str, list[Person]]

    def row(self, facts: PersonFacts) -> Person | None:
        """Return the person these facts speak of, None for somebody new.

        Known by number and name; without a number in the facts, or in the row, by name and day of
        birth, then by name and unit.
        """
        if facts.phone:
            same = [one for one in self._with_phone(facts.phone) if one.name == facts.name]
            if same:
                return same[0]
        for one in self.by_name.get(facts.name, ()):
            if not (facts.phone and one.phone_match) and _alike(one, facts):
                return one
        return None

    def shares_phone(self, facts: PersonFacts) -> bool:
        """Tell whether somebody of another name has this number."""
        return any(one.name != facts.name for one in self._with_phone(facts.phone))

    def key(self, facts: PersonFacts) -> tuple[object, ...]:
        """Return what tells the facts of somebody new apart from those of others."""
        if facts.phone:
            return ("phone", facts.phone, facts.name)
        return ("name", facts.name, facts.born_on or facts.unit_id)

    def _with_phone(self, phone: str) -> list[Person]:
        hashes = match_candidates(phone) if phone else []
        return [one for value in hashes for one in self.by_phone.get(value, ())]


def known_persons(names: Iterable[str], phones: Iterable[str]) -> KnownPersons:
    """Return everybody who bears one of the names or numbers, however the numbers are written."""
    wanted = {one for text in phones for one in _hashes(text)}
    by_phone = _rows("phone_match", wanted)
    return KnownPersons(by_phone, _rows("name", {name for name in names if name}))


def _alike(one: Person, facts: PersonFacts) -> bool:
    if facts.born_on is not None and one.born_on is not None:
        return one.born_on == facts.born_on
    return facts.unit_id is not None and one.unit_id == facts.unit_id


def _hashes(text: str) -> list[str]:
    try:
        return match_candidates(contact_phone(text))
    except BadPhoneError:
        return []


def _rows(column: str, values: set[str]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    wanted = sorted(values)
    for start in range(0, len(wanted), _BATCH):
        part = standing_persons().filter(**{f"{column}__in": wanted[start : start + _BATCH]})
        for row in part.select_related("unit").order_by("pk"):
            found.setdefault(getattr(row, column), []).append(row)
    return found
