"""Making and checking one-time codes (验证码): six digits, good once, for one phone and device."""

import hmac
import secrets

from hequan.core.sealed import match_of

DIGITS = 6


def fresh_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def code_hash(phone: str, device: str, code: str) -> str:
    """Return the keyed hash under which a code is kept; it fits this phone and device only."""
    return match_of(f"sign-in code\n{phone}\n{device}\n{code}")


def typed_digits(text: str) -> str:
    """Return the digits of what was typed or pasted: `204 981`, `２０４９８１`, `204981。`."""
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())[: DIGITS + 1]


def same(one: str, other: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
