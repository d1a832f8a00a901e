"""The one-time code kept for a phone and device (验证码留存): written and used up by one statement.

All SQL of codes stands here. Nothing readable is kept: `match`, `mark` and `hashed` are keyed
hashes of phone, device and code.
"""

from datetime import datetime
from typing import Any

from django.db import connection

from hequan.core.clock import CLOCKS_DIFFER
from hequan.people.models import SignInCode
from hequan.people.sign_in_codes import same

_KEEP = """
INSERT INTO people_signincode (phone_match, device, code_hash, created_at, expires_at, tries)
VALUES (%(match)s, %(device)s, %(hash)s, %(at)s, %(end)s, 0)
ON CONFLICT (phone_match, device) DO UPDATE SET code_hash = excluded.code_hash,
    created_at = excluded.created_at, expires_at = excluded.expires_at, tries = 0, used_at = NULL
"""
# A code from further ahead than clocks differ was sent before the clock jumped back, and would
# otherwise live longer than it was given.
# One statement counts the try and uses the code up: of many who enter it at once one is told yes,
# and many guesses at once are no more than `tries`.
_USE = """
UPDATE people_signincode SET
    tries = tries + 1,
    used_at = CASE WHEN code_hash = %(hash)s THEN %(at)s END,
    known_at = CASE WHEN code_hash = %(hash)s THEN %(at)s ELSE known_at END
WHERE phone_match = %(match)s AND device = %(device)s
    AND used_at IS NULL AND expires_at > %(at)s AND created_at <= %(ahead)s AND tries < %(tries)s
RETURNING code_hash
"""
_USE_POSTGRES = _USE.replace("THEN %(at)s", "THEN %(at)s::timestamptz")


def keep_code(match: str, mark: str, hashed: str, expires_at: datetime, at: datetime) -> None:
    """Keep a fresh code in place of the last one of this phone and device."""
    values = {"match": match, "device": mark, "hash": hashed}
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values | {"at": _moment(at), "end": _moment(expires_at)})


def use_code(match: str, mark: str, hashed: str, tries: int, at: datetime) -> bool:
    """Count a try; tell whether it is the code, fresh and unused. It is used up by that."""
    values = {"match": match, "device": mark, "hash": hashed, "tries": tries, "at": _moment(at)}
    values["ahead"] = _moment(at + CLOCKS_DIFFER)
    with connection.cursor() as cursor:
        cursor.execute(_USE_POSTGRES if connection.vendor == "postgresql" else _USE, values)
        told = cursor.fetchone()
    # compared here: SQLite 3.40 answers `used_at IS NULL` in RETURNING as if it knew the old row
    return told is not None and same(told[0], hashed)


def _moment(at: datetime) -> Any:
    return SignInCode._meta.get_field("used_at").get_db_prep_value(at, connection)
