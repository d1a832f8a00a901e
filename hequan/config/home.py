"""The data folder: everything one installation owns that is not in the database.

`HEQUAN_HOME` names it; without it the folder is `data` in the working folder. It holds the
embedded database, walking networks, uploads, the secret key and compiled kernels.
"""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """Return the data folder, made on first use."""
    folder = Path(os.environ.get("HEQUAN_HOME", "data")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key() -> str:
    """Return the secret key from `HEQUAN_SECRET_KEY`, else from a file made once."""
    given = os.environ.get("HEQUAN_SECRET_KEY")
    if given:
        return given
    path = home() / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key
