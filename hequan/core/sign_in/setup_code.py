"""The setup code (安装码): who may set an installation up is whoever can read the server's screen.

An address is open to everybody from its first minute, so the first visitor is not believed to be
the owner. `hequan serve` prints the code while nobody has an account; afterwards its file is gone.
"""

import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another


def setup_code() -> str:
    """Return this installation's setup code, made on first use: twelve letters in threes."""
    path = _path()
    try:
        out = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    code = "-".join(groups)
    with os.fdopen(out, "w", encoding="ascii") as file:
        file.write(code)
    return code


def is_setup_code(typed: str) -> bool:
    """Tell whether this is the code, in capitals or not, with or without its dashes."""
    return hmac.compare_digest(_bare(typed).encode(), _bare(setup_code()).encode())


def drop_setup_code() -> None:
    """Remove the code: the installation has its accounts."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    path = Path(settings.SETUP_CODE)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _bare(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())
