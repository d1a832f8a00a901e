"""The keyring (密钥环): the installation's secret keys, kept in one file outside the database.

Each purpose has its own keys: `data` encrypts personal fields, `match` finds them again by keyed
hash, `audit` signs the audit trail, `session` seals sessions. Every key has an id that is written
beside what it protects, so an old one stays readable until everything has moved to the new one. An
id is never used twice: a ring lost and made anew is told by its ids, not by broken values.
"""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
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


class NoSuchKeyError(LookupError):
    """A key that is not on the ring."""


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
        """Return the key with this id; NoSuchKeyError for one that is not on the ring."""
        found = self.keys[purpose].get(key_id)
        if found is None:
            raise NoSuchKeyError(f"the keyring has no {purpose} key {key_id}")
        return found

    def with_new(self, purpose: KeyPurpose) -> "Keyring":
        """Return the ring with one more key of the purpose; it is the current one from now on."""
        return Keyring(self.keys | {purpose: self.keys[purpose] | _fresh(self.keys[purpose])})

    def without(self, purpose: KeyPurpose, key_id: str) -> "Keyring":
        """Return the ring without an old key; ValueError for the current one."""
        if self.key(purpose, key_id) == self.current(purpose):
            raise ValueError(f"{key_id} is the current {purpose} key")
        left = {one: key for one, key in self.keys[purpose].items() if one != key_id}
        return Keyring(self.keys | {purpose: left})


_kept: tuple[tuple[str, int, int, int], Keyring] | None = None


def keyring() -> Keyring:
    """Return the keyring, read again when its file changed and made where there is none."""
    global _kept
    path = str(settings.KEYRING)
    try:
        found = os.stat(path)  # asked a dozen times a request: no Path is made for it
    except FileNotFoundError:
        make_keyring(Path(path))
        found = os.stat(path)
    mark = (path, found.st_mtime_ns, found.st_size, found.st_ino)
    if _kept is None or _kept[0] != mark:
        _kept = (mark, _read(Path(path)))
    return _kept[1]


def make_keyring(path: Path) -> None:
    """Make a first ring; of several processes at their first start, the first one's stays."""
    fresh = _written_beside(path, new_keyring())
    try:
        os.link(fresh, path)  # refuses where there is one by now
    except FileExistsError:
        pass
    finally:
        os.unlink(fresh)


def new_keyring() -> Keyring:
    """Return a keyring with one fresh key for each purpose."""
    return Keyring({purpose: _fresh({}) for purpose in KeyPurpose})


def add_key(purpose: KeyPurpose) -> Key:
    """Put one more key of the purpose on the installation's ring and return it."""
    with _alone():
        ring = keyring().with_new(purpose)
        write_keyring(Path(settings.KEYRING), ring)
    return ring.current(purpose)


def remove_key(purpose: KeyPurpose, key_id: str) -> None:
    """Take an old key off the installation's ring; what it protects is unreadable from now on."""
    with _alone():
        write_keyring(Path(settings.KEYRING), keyring().without(purpose, key_id))


def write_keyring(path: Path, ring: Keyring) -> None:
    """Put the ring in place of what is there, all or nothing, for its owner alone."""
    os.replace(_written_beside(path, ring), path)


def _written_beside(path: Path, ring: Keyring) -> Path:
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
    return fresh


@contextmanager
def _alone() -> Iterator[None]:
    """Hold off other changes of the ring: the second would lose the first one's key."""
    keyring()
    with open(f"{settings.KEYRING}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fresh(taken: dict[str, Key]) -> dict[str, Key]:
    last = max((_number(key_id) for key_id in taken), default=0)
    key_id = f"k{last + 1}-{secrets.token_hex(3)}"
    return {key_id: Key(key_id, secrets.token_bytes(KEY_BYTES))}


def _number(key_id: str) -> int:
    digits = key_id.partition("-")[0].lstrip("k")
    return int(digits) if digits.isdigit() else 0


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
