"""Who may be a minor's guardian (监护人规则): plain values in, the reason for a refusal out."""

from collections.abc import Collection
from datetime import date

from hequan.people.ages import is_adult, is_minor


def guardian_refusal(
    minor: int,
    guardian: int,
    minor_born_on: date | None,
    guardian_born_on: date | None,
    since: date,
    day: date,
    wards_of_minor: Collection[int],
) -> str | None:
    """Return why this guardianship cannot be entered on that day, None where it can.

    `oneself`, `circle` (the guardian is herself in the minor's care), `birth_unknown`,
    `not_minor`, `guardian_birth_unknown`, `not_adult`, `future`.
    """
    if minor == guardian:
        return "oneself"
    if guardian in wards_of_minor:
        return "circle"
    if minor_born_on is None:
        return "birth_unknown"
    if guardian_born_on is None:
        return "guardian_birth_unknown"
    if not is_minor(minor_born_on, day):
        return "not_minor"
    if not is_adult(guardian_born_on, since):
        return "not_adult"
    return "future" if since > day or since < minor_born_on else None
