"""The numbers of signing in (登录规则): rows with their sources, read once a minute by a process.

GB/T 22239-2019 (等保 2.0) names no figures for level 2: the figures below are what its assessors
usually ask for, and a town sets its own by closing a row and opening another.
"""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from hequan.core.rule_values import rule_values
from hequan.core.sign_in.passwords import PasswordRules

PREFIX = "sign_in."
KEPT_SECONDS = 60.0
_SINCE = date(2000, 1, 1)
_LEVEL_2 = "GB/T 22239-2019 8.1.4.1 (identity); figure: usual in assessments of level 2"
_OURS = "ours: a town sets its own"
_CODES = "GB/T 22239-2019 8.1.4.1 (identity): tries are limited; figure: ours"

SEEDS: dict[str, tuple[Any, str]] = {
    "password.least_characters": (8, _LEVEL_2),
    "password.least_classes": (3, f"{_LEVEL_2}: of capitals, small letters, digits, others"),
    "password.most_days": (180, f"{_LEVEL_2}, staff only; 0 is never"),
    "password.history": (5, _LEVEL_2),
    "lock.failures": (5, f"{_LEVEL_2}: wrong passwords in a row, per account"),
    "lock.minutes": (10, f"{_LEVEL_2}: how long the account rests"),
    "idle.staff_minutes": (30, f"{_LEVEL_2}: unused sessions of staff end"),
    "idle.resident_minutes": (7 * 24 * 60, _OURS),
    "session.staff_hours": (12, f"{_OURS}: one working day, however busy"),
    "session.resident_hours": (30 * 24, _OURS),
    "code.minutes": (5, f"{_CODES}; a code is good for this long"),
    "code.tries": (5, f"{_CODES}; wrong tries of one code"),
    "code.pause_seconds": (60, f"{_OURS}: between two codes for a phone and device"),
    "code.per_phone_hour": (5, f"{_CODES}; codes an hour for a phone, on devices it never used"),
    "code.per_device_hour": (60, f"{_OURS}: a station's tablet serves many residents"),
    "proof.minutes": (30, f"{_OURS}: how long a proved phone counts without an account"),
    "behalf.minutes": (30, f"{_OURS}: how long acting for a person lasts"),
}


@dataclass(frozen=True)
class SignInRules:
    """The numbers in force; times as spans."""

    password: PasswordRules
    failures: int
    lock: timedelta
    idle_staff: timedelta
    idle_resident: timedelta
    session_staff: timedelta
    session_resident: timedelta
    code_lives: timedelta
    code_tries: int
    code_pause: timedelta
    per_phone_hour: int
    per_device_hour: int
    proof_lives: timedelta
    behalf_lives: timedelta


_kept: tuple[float, date, SignInRules] | None = None


def sign_in_rules(at: datetime) -> SignInRules:
    """Return the rules in force on that day: at most one query a minute in each process."""
    global _kept
    day, tick = timezone.localdate(at), time.monotonic()
    if _kept is None or _kept[1] != day or tick - _kept[0] > KEPT_SECONDS:
        found = rule_values(PREFIX, day)
        said = {code: row.value for code, row in found.items()}
        _kept = (tick, day, _rules_of(said))
    return _kept[2]


def forget_sign_in_rules() -> None:
    """Read the rows again at the next question."""
    global _kept
    _kept = None


def seeds() -> dict[str, tuple[Any, str, date]]:
    """Return the rows signing in starts with, for `rule_values.seed_rules`."""
    return {PREFIX + name: (value, source, _SINCE) for name, (value, source) in SEEDS.items()}


def _rules_of(said: dict[str, Any]) -> SignInRules:
    def number(name: str) -> int:
        return int(said.get(PREFIX + name, SEEDS[name][0]))

    return SignInRules(
        password=PasswordRules(
            number("password.least_characters"),
            number("password.least_classes"),
            number("password.most_days"),
            number("password.history"),
        ),
        failures=number("lock.failures"),
        lock=timedelta(minutes=number("lock.minutes")),
        idle_staff=timedelta(minutes=number("idle.staff_minutes")),
        idle_resident=timedelta(minutes=number("idle.resident_minutes")),
        session_staff=timedelta(hours=number("session.staff_hours")),
        session_resident=timedelta(hours=number("session.resident_hours")),
        code_lives=timedelta(minutes=number("code.minutes")),
        code_tries=number("code.tries"),
        code_pause=timedelta(seconds=number("code.pause_seconds")),
        per_phone_hour=number("code.per_phone_hour"),
        per_device_hour=number("code.per_device_hour"),
        proof_lives=timedelta(minutes=number("proof.minutes")),
        behalf_lives=timedelta(minutes=number("behalf.minutes")),
    )
