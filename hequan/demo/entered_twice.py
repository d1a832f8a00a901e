"""People entered twice (重复登记): as it happens between a counter, a list and a form.

One was taken up again with nothing but her number, one by ear, so that her name is written with
another character of the same sound, and one has a new number. The page of suspected duplicates
then has something to show, and merging something to be tried on.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from hequan.core.accounts import Account
from hequan.people.actions import PersonFacts, save_persons
from hequan.people.models import Person

NEW_NUMBER = "15499990002"  # beside the numbers that PeopleNames hands out
# characters of given names that sound alike
_ALIKE = {"文": "雯", "佳": "嘉", "欣": "心", "怡": "仪", "晓": "小", "志": "智", "慧": "惠"}


def enter_some_twice(persons: Sequence[Person], *, by: Account, at: datetime) -> int:
    """Enter again up to three of these people, all different ones; return how many."""
    again = list(_again(persons))
    save_persons(persons=((None, facts) for facts in again), by=by, at=at)
    return len(again)


def _again(persons: Sequence[Person]) -> Iterator[PersonFacts]:
    rest = list(persons)
    by_ear = next((one for one in rest if _as_heard(one.name) != one.name), None)
    if by_ear is not None:
        rest.remove(by_ear)
        phone = by_ear.phone.open()
        yield PersonFacts(_as_heard(by_ear.name), phone, None, by_ear.unit_id)
    for one in rest[:1]:
        yield PersonFacts(one.name, one.phone.open(), None, one.unit_id)
    for one in rest[1:2]:
        yield PersonFacts(one.name, NEW_NUMBER, one.born_on, one.unit_id)


def _as_heard(name: str) -> str:
    """Return the name with one character of its given name written as another that sounds so."""
    for place, sign in enumerate(name[1:], start=1):
        if sign in _ALIKE:
            return name[:place] + _ALIKE[sign] + name[place + 1 :]
    return name
