"""Sealed text (加密字段): a personal value that lies encrypted in its column and shows as a mask.

A model's attribute holds a `Sealed`: printing it gives the mask, only `open()` gives the value. So
a template, a log line or an export that forgets about masks leaks nothing. `match_of` finds rows by
keyed hash without opening any.
"""

import base64
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from hequan.core.keyring import KeyPurpose, keyring
from hequan.core.masks import MASKS

_NONCE = 12


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
        """Return the value; cryptography's InvalidTag when the token was tampered with.

        Whoever shows it to somebody records that: see `core.personal_reads`.
        """
        if not self.token:
            return ""
        key_id, _, body = self.token.partition(":")
        raw = base64.urlsafe_b64decode(body)
        cipher = keyring().key(KeyPurpose.DATA, key_id).cipher
        return cipher.decrypt(raw[:_NONCE], raw[_NONCE:], key_id.encode()).decode()

    @property
    def key_id(self) -> str:
        """Return the id of the key it is encrypted with, empty for no value."""
        return self.token.partition(":")[0]

    def __bool__(self) -> bool:
        return bool(self.token)

    def __str__(self) -> str:
        return MASKS[self.mask](self.open())

    __repr__ = __str__


class _SealedAttribute(DeferredAttribute):
    """Turns what is set into a `Sealed`, so that the plain value is never kept on the object."""

    def __set__(self, row: models.Model, value: object) -> None:
        if isinstance(value, str):
            value = Sealed.of(value, self.field.mask)
        row.__dict__[self.field.attname] = value


class SealedText(models.TextField):  # type: ignore[type-arg]
    """A column of encrypted text; `mask` names one of core.masks.MASKS."""

    descriptor_class = _SealedAttribute

    def __init__(self, *args: Any, mask: str = "all", **kwargs: Any) -> None:
        self.mask = mask
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave the mask out: it changes no table."""
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
    """Return the keyed hash by which a value is found: 32 hex digits, empty for no value."""
    if not value:
        return ""
    key = keyring().current(KeyPurpose.MATCH)
    return hmac.digest(key.secret, value.encode(), "sha256").hex()[:32]
