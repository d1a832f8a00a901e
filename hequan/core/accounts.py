"""Accounts (账号): whoever signs in, and the system account that signs for jobs."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

SYSTEM = "system"


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the name Django expects."""

    def create_user(self, username: str, password: str | None = None, name: str = "") -> "Account":
        """Save an account; without a password nobody can sign in with it."""
        account = self.model(username=username, name=name or username)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One sign-in.

    An account that is not active is closed until somebody opens it again; `locked_until` is the
    rest after too many wrong passwords. A demo account has a password everybody knows: it
    needs no second factor, and `hequan check --deploy` refuses an installation that has one.
    """

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    password_set_at = models.DateTimeField(null=True)
    must_change_password = models.BooleanField(default=False)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    objects: ClassVar[AccountManager] = AccountManager()
    # kept by core.grants for the life of this object, seen through a lazy `request.user` too
    grants_kept: Any = None
    grants_withheld = False

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.username

    def is_locked(self, at: datetime) -> bool:
        """Tell whether the account rests after too many wrong passwords."""
        return self.locked_until is not None and self.locked_until > at


class OldPassword(models.Model):
    """The hash of a password an account had, so that it is not taken again too soon."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="old_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id} {self.set_at:%Y-%m-%d}"


def system_account() -> Account:
    """Return the account that jobs, commands and the demo sign their actions with."""
    account, made = Account.objects.get_or_create(username=SYSTEM, defaults={"name": SYSTEM})
    if made:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


def accounts_exist() -> bool:
    """Tell whether anybody but the system has an account, so that someone can sign in."""
    return Account.objects.exclude(username=SYSTEM).exists()
