"""The field tags (字段标签) of tables that are not ours: Django's and allauth's.

A label whose app is not installed is left out, so a change of the installed apps cannot make a tag
lie.
"""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from hequan.core.personal import (
    FACT,
    MAIL,
    SECRET,
    Basis,
    DataClass,
    OnErase,
    Purpose,
    TableTags,
    Tag,
    plain,
    references,
)

_SIGN_IN = FACT.of(purpose=Purpose.SIGN_IN, basis=Basis.CONTRACT)
# ours are core.session, which know their account; these are of an installation before them
_SESSION = Tag(DataClass.SENSITIVE, Purpose.SIGN_IN, Basis.CONTRACT, retention=1, stays=True)

TAGS = {
    "auth.group": TableTags(plain("id name")),
    "auth.group_permissions": TableTags(plain("id group permission")),
    "auth.permission": TableTags(plain("id name content_type codename")),
    "contenttypes.contenttype": TableTags(plain("id app_label model")),
    "sessions.session": TableTags(
        {**plain("session_key expire_date"), "session_data": _SESSION},
        ends="expire_date",
        on_end=OnErase.DELETE,
    ),
    "account.emailaddress": TableTags(
        {**plain("id verified primary"), **references("user"), "email": MAIL},
        subject="account:user",
        on_erase=OnErase.DELETE,
        title=_("Your e-mail addresses"),
    ),
    "account.emailconfirmation": TableTags(
        {
            **plain("id sent"),
            **references("email_address"),
            "created": _SIGN_IN.of(retention=30),
            "key": SECRET,
        },
        subject="account:email_address__user",
        on_erase=OnErase.DELETE,
        ends="created",
        title=_("E-mail addresses to be confirmed"),
    ),
    "mfa.authenticator": TableTags(
        {
            **plain("id"),
            **references("user"),
            **dict.fromkeys(("type", "created_at", "last_used_at"), _SIGN_IN),
            "data": SECRET,
        },
        subject="account:user",
        on_erase=OnErase.DELETE,
        title=_("Your second factors"),
    ),
    "socialaccount.socialapp": TableTags(
        plain("id provider provider_id name client_id secret key settings")
    ),
    "socialaccount.socialaccount": TableTags(
        {
            **plain("id"),
            **references("user"),
            **dict.fromkeys(("provider", "uid", "last_login", "date_joined"), _SIGN_IN),
            "extra_data": _SIGN_IN.of(mask="all"),
        },
        subject="account:user",
        on_erase=OnErase.DELETE,
        title=_("Sign-in through other services"),
    ),
    "socialaccount.socialtoken": TableTags(
        {
            **plain("id app"),
            **references("account"),
            **dict.fromkeys(("token", "token_secret"), SECRET),
            "expires_at": _SIGN_IN,
        },
        subject="account:account__user",
        on_erase=OnErase.DELETE,
        title=_("Tokens of other services"),
    ),
}


def installed_tags() -> dict[str, TableTags]:
    """Return the tags of those tables that are installed."""
    return {label: tags for label, tags in TAGS.items() if apps.is_installed(_app_of(label))}


def _app_of(label: str) -> str:
    name = label.partition(".")[0]
    ours = {"auth": "django.contrib.auth", "contenttypes": "django.contrib.contenttypes"}
    ours["sessions"] = "django.contrib.sessions"
    return ours.get(name, f"allauth.{name}")
