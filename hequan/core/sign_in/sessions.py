"""Sessions (会话): who is signed in where, encrypted in their table.

What a session says (a phone that was proved, a sign-in half done) lies sealed with the `session`
key of the keyring, so that whoever reads the table learns nothing. A row knows its account, so a
person sees where she is signed in and ends the others. A session nobody used for its `idle_seconds`
is over, whatever its cookie says.
"""

import base64
import json
import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar, cast

from cryptography.exceptions import InvalidTag
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import connection, models, transaction

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.keyring import KeyPurpose, NoSuchKeyError, keyring
from hequan.core.questions import Question

IDLE, AGENT, ACCOUNT = "_idle_seconds", "_agent", "_auth_user_id"
TOUCH_AFTER = timedelta(seconds=60)  # one write a minute, not one for each page
_NONCE = 12


def sealed_text(said: object, bound_to: str = "") -> str:
    """Return a JSON value encrypted with the current session key, good only for `bound_to`."""
    key = keyring().current(KeyPurpose.SESSION)
    nonce = secrets.token_bytes(_NONCE)
    plain = json.dumps(said, separators=(",", ":")).encode()
    body = nonce + key.cipher.encrypt(nonce, plain, bound_to.encode())
    return f"{key.key_id}.{base64.urlsafe_b64encode(body).decode()}"


def opened_text(sealed: str, bound_to: str = "") -> Any:
    """Return what `sealed_text` was given; ValueError for anything it did not make."""
    key_id, _, body = sealed.partition(".")
    try:
        raw = base64.urlsafe_b64decode(body)
        cipher = keyring().key(KeyPurpose.SESSION, key_id).cipher
        return json.loads(cipher.decrypt(raw[:_NONCE], raw[_NONCE:], bound_to.encode()))
    except (NoSuchKeyError, InvalidTag, ValueError):
        raise ValueError("sealed with no key of this ring") from None


class Session(AbstractBaseSession):
    """One session; `account` is nobody's until somebody signs in."""

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    agent = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    idle_seconds = models.PositiveIntegerField(null=True)

    objects: ClassVar[BaseSessionManager] = BaseSessionManager()

    class Meta:
        indexes: ClassVar = []

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        """Return the store of these rows."""
        return SessionStore

    def is_idle(self, at: datetime) -> bool:
        """Tell whether nobody used it for longer than it may rest."""
        return self.idle_seconds is not None and at - self.seen_at > timedelta(
            seconds=self.idle_seconds
        )


class SessionStore(DatabaseStore):
    """The store Django asks: rows of `Session`, sealed for their own key, over when idle."""

    _begun_at: datetime | None = None
    _is_fresh = False
    account: Account | None = None  # as it was read with the session's row

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the table."""
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Seal what the session says; a row copied to another key says nothing there."""
        return sealed_text(session_dict, self.session_key or "")

    def decode(self, session_data: str) -> dict[str, Any]:  # type: ignore[override]
        """Return what the session says, nothing for a foreign seal."""
        try:
            said: dict[str, Any] = opened_text(session_data, self.session_key or "")
        except ValueError:
            return {}
        return said

    def load(self) -> dict[str, Any]:
        """Return what the session says; an idle one says nothing and is removed."""
        at = clock.now()
        row = _ROW.first(session_key=self.session_key, at=at)
        if row is None:
            self._session_key = None
            return {}
        if row.is_idle(at):
            Session.objects.filter(pk=row.pk).delete()
            self._session_key = None
            return {}
        if abs(at - row.seen_at) > TOUCH_AFTER:  # or the clock jumped back
            Session.objects.filter(pk=row.pk).update(seen_at=at)
        self._begun_at, self.account = row.begun_at, row.account
        return self.decode(row.session_data)

    def create(self) -> None:
        """Take a new key; the row is written once, when the answer is ready."""
        self._session_key = self._get_new_session_key()
        self._is_fresh = self.modified = True
        self._begun_at = None

    def save(self, must_create: bool = False) -> None:
        """Write the row: a new one for a new key."""
        if self.session_key is None:
            data = self._get_session(no_load=False)  # type: ignore[attr-defined]
            self.create()
            self._session_cache = data
        if must_create or self._is_fresh:
            _insert(self.create_model_instance(self._get_session(no_load=True)))  # type: ignore[attr-defined]
            self._is_fresh = False
        else:
            super().save(must_create=False)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row to be saved, with the columns its lists and limits need."""
        at = clock.now()
        row = cast(Session, super().create_model_instance(data))
        account = data.get(ACCOUNT)
        row.account_id = int(account) if account else None
        row.agent = data.get(AGENT, "")
        row.idle_seconds = data.get(IDLE)
        row.begun_at = self._begun_at or at
        row.seen_at = at
        return row

    def _get_new_session_key(self) -> str:
        return secrets.token_hex(16)  # 128 bits: none is there already


_ROW = Question[Session](
    lambda session_key, at: Session.objects.filter(
        session_key=session_key, expire_date__gt=at
    ).select_related("account"),
    session_key=models.CharField(max_length=40),
    at=models.DateTimeField(),
)
_COLUMNS = [str(one.column) for one in Session._meta.concrete_fields]
_INSERT = f"""
INSERT INTO core_session ({", ".join(_COLUMNS)})
VALUES ({", ".join(f"%({name})s" for name in _COLUMNS)})
"""  # noqa: S608 - the model's own names
_NOTE = "UPDATE core_account SET last_login = %(begun_at)s WHERE id = %(account_id)s"
_BOTH = f"WITH noted AS ({_NOTE}) {_INSERT}"


def _insert(row: Session) -> None:
    """Write a row, and to its account when it began: each sign-in does, so the ORM is spared."""
    fields = Session._meta.concrete_fields
    values = {
        str(one.column): one.get_db_prep_save(getattr(row, one.attname), connection)
        for one in fields
    }
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_BOTH, values)
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        cursor.execute(_NOTE, values)


def sessions_of(account: Account, at: datetime) -> list[Session]:
    """Return where the account is signed in, the last used first, without what they say."""
    rows = Session.objects.filter(account=account, expire_date__gt=at).defer("session_data")
    return [row for row in rows.order_by("-seen_at") if not row.is_idle(at)]


def end_sessions(account: Account, except_key: str | None = None) -> int:
    """End the sessions of the account, but for the one with this key; return how many."""
    rows = Session.objects.filter(account=account)
    return rows.exclude(pk=except_key).delete()[0] if except_key else rows.delete()[0]


def forget_ended_sessions(at: datetime) -> int:
    """Remove the rows of sessions that are over; return how many."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]
