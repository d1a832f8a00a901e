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


SECRET_FILES = ("_SECRET_FILE", "_KEY_FILE", "_TOKEN_FILE", "DATABASE_URL_FILE")


def environment() -> dict[str, str]:
    """Return the environment; a secret named by `..._FILE` is read from that file.

    So secrets may lie where only the service reads them, and `ps` and child processes see none.
    """
    found = dict(os.environ)
    for name, path in os.environ.items():
        if name.endswith(SECRET_FILES) and path:
            found[name.removesuffix("_FILE")] = Path(path).read_text(encoding="utf-8").strip()
    return found


def secret_key() -> str:
    """Return the secret key from `HEQUAN_SECRET_KEY` or its file, else from one made once."""
    given = environment().get("HEQUAN_SECRET_KEY")
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
