"""Whose session it is (会话账号): the account read together with its session, on every page.

Passwords are checked by Django's own backend, which stands beside this one.
"""

from contextvars import ContextVar
from typing import Any

from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from hequan.core.accounts import Account
from hequan.core.questions import Question, key

_ACCOUNT = Question[Account](lambda pk: Account.objects.filter(pk=pk), pk=key())
_read_with_session: ContextVar[Account | None] = ContextVar("read_with_session", default=None)


class SessionBackend(BaseBackend):
    """Finds the account of a session, and signs nobody in."""

    def get_user(self, user_id: Any) -> Account | None:
        """Return the account, None for one that is closed or gone."""
        found = _read_with_session.get()
        if found is None or found.pk != user_id:
            found = _ACCOUNT.first(pk=user_id)
        return found if found is not None and found.is_active else None


def user_of(request: HttpRequest) -> Account | AnonymousUser:
    """Return who is signed in, as Django proves it; the account is not asked for a second time."""
    request.session.get(SESSION_KEY)  # reads the session's row, and the account with it
    token = _read_with_session.set(getattr(request.session, "account", None))
    try:
        return get_user(request)
    finally:
        _read_with_session.reset(token)
