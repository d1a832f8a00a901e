"""Keys of other systems (接口密钥): which system sends, and in whose name it does.

A key is shown once, when it is made; what is kept is its hash, sealed, and a keyed hash to find it
by. Each key has an account of its own that nobody signs in with and that is granted nothing: what
the other system sends bears that account's name for ever, and opens no door.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account, accounts_exist
from hequan.core.audit import record
from hequan.core.errors import HequanError
from hequan.core.limit_rules import take_by_rule
from hequan.core.sealed import Sealed, SealedText, match_candidates, match_of

NAME_LENGTH = 64
LIMIT = "send.key"
_PREFIX = "hq_"
_SECRET_BYTES = 24
_LONGEST = 100


class ApiKeyNameError(HequanError):
    """A second key of the same name, or one without a name."""

    text = _("Give the key a name of its own: “%(name)s” is in use or blank.")


class ApiKeyTooEarlyError(HequanError):
    """A key made before anybody has an account: the first start would be skipped."""

    text = _("Set the installation up first, in the browser: nobody has an account yet.")


class NoSuchApiKeyError(HequanError):
    """A key that does not exist or was ended already."""

    text = _("There is no such key, or it was ended already.")


class ApiKey(models.Model):
    """One key; `mark` is the keyed hash it is found by, `digest` what that is made of."""

    name = models.CharField(max_length=NAME_LENGTH)
    mark = models.CharField(max_length=32, unique=True)
    digest = SealedText(match="mark")
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="api_key")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(ended_at=None), name="api_key_name_in_use_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class MadeKey:
    """A key just made: the only moment its text is known."""

    row: ApiKey
    text: str


def api_keys() -> list[ApiKey]:
    """Return all keys, those in use first, the newest first: one query."""
    order = (models.F("ended_at").desc(nulls_first=True), "-pk")
    return list(ApiKey.objects.select_related("account").order_by(*order))


def api_key_in_use(text: str) -> ApiKey | None:
    """Return the key of this text, None where it is none or was ended."""
    if not text.startswith(_PREFIX) or len(text) > _LONGEST:
        return None
    rows = ApiKey.objects.select_related("account").filter(ended_at=None, account__is_active=True)
    return rows.filter(mark__in=match_candidates(_digest(text))).first()


def wait_of(key: ApiKey, at: datetime) -> int:
    """Count one more use of the key; return 0 if it may go on, else the seconds it has to wait."""
    return take_by_rule(LIMIT, str(key.pk), at)


@transaction.atomic
def make_api_key(*, name: str, by: Account, at: datetime) -> MadeKey:
    """Make a key with its own account; ApiKeyNameError for a name in use or blank.

    ApiKeyTooEarlyError while nobody has an account.
    """
    name = name.strip()[:NAME_LENGTH]
    if not accounts_exist():
        raise ApiKeyTooEarlyError
    if not name or ApiKey.objects.filter(name=name, ended_at=None).exists():
        raise ApiKeyNameError(name=name)
    text = _PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    digest = _digest(text)
    try:
        with transaction.atomic():
            row = ApiKey.objects.create(
                name=name,
                mark=match_of(digest),
                digest=Sealed.of(digest),
                account=Account.objects.create_user(f"api-{secrets.token_hex(6)}", name=name),
                made_at=at,
            )
    except IntegrityError:  # made by somebody else at the same moment
        raise ApiKeyNameError(name=name) from None
    record(verb="core.api_key_made", by=by, at=at, thing=row, after={"name": name})
    return MadeKey(row, text)


@transaction.atomic
def end_api_key(*, key: int, by: Account, at: datetime) -> None:
    """End a key from now on; NoSuchApiKeyError where it is none or ended already."""
    if not ApiKey.objects.filter(pk=key, ended_at=None).update(ended_at=at):
        raise NoSuchApiKeyError
    row = ApiKey.objects.get(pk=key)
    record(verb="core.api_key_ended", by=by, at=at, thing=row, before={"name": row.name})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
