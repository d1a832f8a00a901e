"""Sealed text (加密字段): a personal value that lies encrypted in its column and shows as a mask.

A model's attribute holds a `Sealed`: printing it gives the mask, only `open()` gives the value. So
a template, a log line or an export that forgets about masks leaks nothing. `match_of` finds rows by
keyed hash without opening any.
"""

import base64
import binascii
import hmac
import logging
import secrets
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError
from hequan.core.keyring import Key, KeyPurpose, NoSuchKeyError, keyring
from hequan.core.masks import MASKS

UNREADABLE = "?"
_NONCE = 12
_MATCH_LETTERS = 32
log = logging.getLogger(__name__)


class BrokenSealError(HequanError):
    """A token that was altered, cut short, or sealed with a key that is not on the ring."""

    text = _(
        "A sealed value cannot be opened: it was altered, or its key %(key)s is missing from the "
        "keyring. Tell the system administrator; restore the row or the keyring from a backup."
    )


@dataclass(frozen=True)
class Sealed:
    """An encrypted value: `token` is `key id:base64`, empty for no value."""

    token: str
    mask: str = "all"

    @classmethod
    def of(cls, value: str, mask: str = "all") -> "Sealed":
        """Encrypt a value with the current data key."""
        if not value:
            return cls("", mask)
        key = keyring().current(KeyPurpose.DATA)
        nonce = secrets.token_bytes(_NONCE)
        body = key.cipher.encrypt(nonce, value.encode(), key.key_id.encode())
        return cls(f"{key.key_id}:{base64.urlsafe_b64encode(nonce + body).decode()}", mask)

    def open(self) -> str:
        """Return the value; BrokenSealError when it was tampered with or its key is gone.

        Whoever shows it to somebody records that: see `core.audit.record_reading`.
        """
        if not self.token:
            return ""
        key_id, _colon, body = self.token.partition(":")
        try:
            raw = base64.urlsafe_b64decode(body)
            cipher = keyring().key(KeyPurpose.DATA, key_id).cipher
            return cipher.decrypt(raw[:_NONCE], raw[_NONCE:], key_id.encode()).decode()
        except (InvalidTag, NoSuchKeyError, binascii.Error, ValueError) as error:
            raise BrokenSealError(key=key_id[:40]) from error

    @property
    def key_id(self) -> str:
        """Return the id of the key it is encrypted with, empty for no value."""
        return self.token.partition(":")[0]

    def __bool__(self) -> bool:
        return bool(self.token)

    def __str__(self) -> str:
        """Return the mask; a list of people must not fail for one broken row."""
        try:
            return MASKS[self.mask](self.open())
        except BrokenSealError:
            log.exception("a sealed value cannot be opened")
            return UNREADABLE

    __repr__ = __str__


class _SealedAttribute(DeferredAttribute):
    """Turns what is set into a `Sealed`, so that the plain value is never kept on the object."""

    def __set__(self, row: models.Model, value: object) -> None:
        if isinstance(value, str):
            value = Sealed.of(value, self.field.mask)  # type: ignore[attr-defined]
        row.__dict__[self.field.attname] = value


class SealedText(models.TextField):
    """A column of encrypted text.

    `mask` names one of core.masks.MASKS, `match` the column that holds the keyed hash of the value,
    which is written anew when the match key changes.
    """

    # what mypy's Django plugin reads: a text may be set, a `Sealed` is got
    _pyi_private_set_type: "str | Sealed"  # type: ignore[assignment]
    _pyi_private_get_type: Sealed  # type: ignore[assignment]

    descriptor_class = _SealedAttribute

    def __init__(self, *args: Any, mask: str = "all", match: str = "", **kwargs: Any) -> None:
        self.mask = mask
        self.match = match
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave mask and match out: they change no table."""
        return super().deconstruct()

    def from_db_value(self, value: str | None, *_: object) -> Sealed | None:
        """Wrap what the column holds; nothing is decrypted yet."""
        return None if value is None else Sealed(value, self.mask)

    def to_python(self, value: object) -> Any:
        """Leave a `Sealed` as it is."""
        return value

    def get_prep_value(self, value: object) -> str | None:
        """Return the token for the column."""
        if value is None or isinstance(value, Sealed):
            return value.token if value else ("" if value is not None else None)
        return Sealed.of(str(value), self.mask).token

    def value_to_string(self, row: models.Model) -> str:
        """Return the token, never the value, for dumps."""
        return self.get_prep_value(self.value_from_object(row)) or ""


def match_of(value: str) -> str:
    """Return the keyed hash to write beside a value: 32 hex digits, empty for no value."""
    return _hash(keyring().current(KeyPurpose.MATCH), value) if value else ""


def match_candidates(value: str) -> list[str]:
    """Return the hashes a value may be found by, one a match key, the current one first.

    While the match key is changed, some rows bear the old hash and some the new: look up with
    `column__in=match_candidates(value)`.
    """
    if not value:
        return []
    keys = keyring().keys[KeyPurpose.MATCH].values()
    return [_hash(key, value) for key in reversed(keys)]


def _hash(key: Key, value: str) -> str:
    return hmac.digest(key.secret, value.encode(), "sha256").hex()[:_MATCH_LETTERS]
