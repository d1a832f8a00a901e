"""Accounts (账号): whoever signs in, and the system account that signs for jobs."""

from typing import ClassVar

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
    """One sign-in."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.username


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
