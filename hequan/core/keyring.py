"""The keyring (密钥环): the installation's secret keys, kept in one file outside the database.

Each purpose has its own keys: `data` encrypts personal fields, `match` finds them again by keyed
hash, `audit` signs the audit trail, `session` seals sessions. Every key has an id that is written
beside what it protects, so an old one stays readable until everything has moved to the new one.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES = 32


class KeyPurpose(StrEnum):
    """What a key is for."""

    DATA = "data"
    MATCH = "match"
    AUDIT = "audit"
    SESSION = "session"


@dataclass(frozen=True)
class Key:
    """One secret key with its id."""

    key_id: str
    secret: bytes = field(repr=False)

    @cached_property
    def cipher(self) -> AESGCM:
        """Return the cipher of this key."""
        return AESGCM(self.secret)


@dataclass(frozen=True)
class Keyring:
    """Every key by purpose, newest last."""

    keys: dict[KeyPurpose, dict[str, Key]]

    def current(self, purpose: KeyPurpose) -> Key:
        """Return the key that new things are protected with."""
        return next(reversed(self.keys[purpose].values()))

    def key(self, purpose: KeyPurpose, key_id: str) -> Key:
        """Return the key with this id; LookupError for one that is not on the ring."""
        found = self.keys[purpose].get(key_id)
        if found is None:
            raise LookupError(f"the keyring has no {purpose} key {key_id}")
        return found


_kept: tuple[tuple[str, int, int], Keyring] | None = None


def keyring() -> Keyring:
    """Return the installation's keyring, read again when its file changed; made if there is none."""
    global _kept
    path = Path(settings.KEYRING)
    try:
        found = path.stat()
    except FileNotFoundError:
        write_keyring(path, new_keyring())
        found = path.stat()
    mark = (str(path), found.st_mtime_ns, found.st_size)
    if _kept is None or _kept[0] != mark:
        _kept = (mark, _read(path))
    return _kept[1]


def new_keyring() -> Keyring:
    """Return a keyring with one fresh key for each purpose."""
    return Keyring({purpose: _fresh({}) for purpose in KeyPurpose})


def with_new_key(ring: Keyring, purpose: KeyPurpose) -> Keyring:
    """Return the ring with one more key of the purpose; it is the current one from now on."""
    return Keyring(ring.keys | {purpose: ring.keys[purpose] | _fresh(ring.keys[purpose])})


def write_keyring(path: Path, ring: Keyring) -> None:
    """Write the ring so that only its owner may read it, all at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = {
        str(purpose): {one.key_id: base64.b64encode(one.secret).decode() for one in keys.values()}
        for purpose, keys in ring.keys.items()
    }
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(rows, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    if path.exists():
        os.replace(fresh, path)
        return
    try:  # two processes at their first start: the first ring stays
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(fresh)


def _fresh(taken: dict[str, Key]) -> dict[str, Key]:
    key_id = f"k{len(taken) + 1}"
    return {key_id: Key(key_id, secrets.token_bytes(KEY_BYTES))}


def _read(path: Path) -> Keyring:
    rows = json.loads(path.read_text())
    return Keyring(
        {
            KeyPurpose(purpose): {
                key_id: Key(key_id, base64.b64decode(secret)) for key_id, secret in keys.items()
            }
            for purpose, keys in rows.items()
        }
    )
