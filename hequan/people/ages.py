"""Ages (年龄): whom the law calls a child or a minor, by the day of birth.

Under fourteen personal data is of the strictest class and a guardian decides (PIPL art. 31); under
eighteen somebody is a minor, whose guardians act for her (Civil Code art. 17 and 23).
"""

from datetime import date

CHILD_UNDER = 14
ADULT_FROM = 18
OLDEST = 130


def age_on(born_on: date, day: date) -> int:
    """Return the whole years lived on that day; somebody born on 29 February turns on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def is_child(born_on: date | None, day: date) -> bool:
    """Tell whether somebody is under fourteen; without a day of birth nobody is one."""
    return born_on is not None and age_on(born_on, day) < CHILD_UNDER


def is_minor(born_on: date | None, day: date) -> bool:
    """Tell whether somebody is under eighteen."""
    return born_on is not None and age_on(born_on, day) < ADULT_FROM


def is_adult(born_on: date | None, day: date) -> bool:
    """Tell whether somebody is known to be eighteen or older."""
    return born_on is not None and age_on(born_on, day) >= ADULT_FROM


def can_be_born(born_on: date, day: date) -> bool:
    """Tell whether somebody alive on that day can have been born on the other."""
    return born_on <= day and age_on(born_on, day) <= OLDEST
