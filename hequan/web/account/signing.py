"""Signing in (登录) with name and password, and out again."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Name and password, with what goes wrong said next to what to do."""

    error_messages = {
        "invalid_login": _(
            "This name and password do not belong together. Check capital letters, or ask your "
            "administrator for a new password."
        ),
        "inactive": _("This account is closed. Ask your administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Call the name what the other pages call it."""
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Sign-in name")


class SignIn(LoginView):
    """The sign-in page; whoever is signed in already goes on to the board."""

    template_name = "account/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Signing out, by POST only."""

    http_method_names = ["post", "options"]
