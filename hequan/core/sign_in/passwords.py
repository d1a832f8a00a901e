"""Password rules (口令规则): what 等保 level 2 asks of a staff member's password.

The numbers are rows of the rule values (`core.sign_in.rules`); here is only what follows from them.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class PasswordFault(StrEnum):
    """Why a password is not taken."""

    SHORT = "short"
    PLAIN = "plain"  # too few kinds of characters
    NAMED = "named"  # holds the sign-in name
    COMMON = "common"
    REPEATED = "repeated"  # one of the last ones


@dataclass(frozen=True)
class PasswordRules:
    """The numbers in force: characters, kinds of four, days, and how many old ones stay barred."""

    least_characters: int = 8
    least_classes: int = 3
    most_days: int = 180
    history: int = 5


def password_classes(password: str) -> int:
    """Return how many of the four kinds it has: capitals, small letters, digits, all others."""
    return len({_class_of(letter) for letter in password})


def password_faults(password: str, username: str, rules: PasswordRules) -> Iterator[PasswordFault]:
    """Return what can be told against a password by looking at it."""
    if len(password) < rules.least_characters:
        yield PasswordFault.SHORT
    if password_classes(password) < rules.least_classes:
        yield PasswordFault.PLAIN
    if len(username) >= 4 and username.casefold() in password.casefold():
        yield PasswordFault.NAMED


def is_too_old(set_at: datetime, rules: PasswordRules, at: datetime) -> bool:
    """Tell whether a password of that moment must be changed now; 0 days is never."""
    return bool(rules.most_days) and at - set_at > timedelta(days=rules.most_days)


def _class_of(letter: str) -> str:
    category = unicodedata.category(letter)
    return category if category in {"Lu", "Ll", "Nd"} else "other"
