"""Numbers and links of cases (案件编号、查询链接): one to be said aloud, one unguessable."""

import secrets
from datetime import date

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that looks or sounds like another
_DRAWN = 5


def new_number(on: date) -> str:
    """Return a number such as 261122-7KQ4M; whoever stores it draws again where it is taken."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(_DRAWN))
    return f"{on:%y%m%d}-{drawn}"


def new_link() -> str:
    """Return 128 random bits for the address of the status page."""
    return secrets.token_urlsafe(16)
