"""What a withdrawn consent ends elsewhere (撤回同意的后果), told before and done at once.

A higher app says by `follow_withdrawal` what it keeps only on a consent, as it may not be called
from here: the roster ends the registrations of whoever takes back her consent to them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hequan.people.protection_kinds import ConsentPurpose

End = Callable[[tuple[int, ...], Any, datetime], None]


@dataclass(frozen=True)
class Following:
    """What ends with a consent: one sentence for whoever is about to withdraw it, and the write.

    `end` takes the ids of all rows of the person, the account that withdraws, and the moment; it
    runs in the transaction of the withdrawal.
    """

    words: Any
    end: End


_followings: dict[ConsentPurpose, list[Following]] = {}


def follow_withdrawal(purpose: ConsentPurpose, following: Following) -> None:
    """Register what ends with the consents of a purpose; registered twice it is once."""
    there = _followings.setdefault(purpose, [])
    if following not in there:
        there.append(following)


def followings_of(purpose: ConsentPurpose) -> tuple[Following, ...]:
    """Return all that ends with a consent of this purpose."""
    return tuple(_followings.get(purpose, ()))
