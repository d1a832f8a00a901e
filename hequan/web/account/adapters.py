"""What allauth asks of us (登录适配): who may sign in, how a session begins, who a newcomer is."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib import messages
from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from hequan.core import clock
from hequan.core.sealed import Sealed
from hequan.core.sign_in.beginning import surely_without_factor
from hequan.core.sign_in.changes import open_resident_account
from hequan.core.sign_in.second_factors import has_factor
from hequan.people.actions.sign_in import account_of_person
from hequan.people.errors import BadPhoneError
from hequan.people.phones import normal_phone
from hequan.people.queries import persons_with_phone
from hequan.web.account.begin import begin_session, remember_device
from hequan.web.account.provider_newcomers import account_words, keep_newcomer


class AccountAdapter(DefaultAccountAdapter):
    """One way into a session, whatever the method was."""

    def get_login_stages(self) -> list[str]:
        """Ask for the second factor of whoever has one; nothing else stands between."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def login(self, request: HttpRequest, user: Any) -> None:
        """Begin the session."""
        begin_session(request, user)

    def post_login(self, request: HttpRequest, user: Any, **said: Any) -> HttpResponse:
        """Lead on, and let this device be known to the account."""
        response: HttpResponse = super().post_login(request, user, **said)
        remember_device(request, response, user)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Say that the account is closed."""
        messages.error(request, _("This account is closed. Ask your administrator."))
        return HttpResponseRedirect(reverse("web:sign-in"))

    def add_message(self, *_: Any, **__: Any) -> None:
        """Say nothing in allauth's words: our pages say what happened."""

    def is_safe_url(self, url: str) -> bool:
        """Allow addresses of this site only, never another host's."""
        return bool(url_has_allowed_host_and_scheme(url, allowed_hosts=None))


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Whom somebody stands for who comes from another provider."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Lead a newcomer whose phone the provider vouches for to the person with that phone."""
        sociallogin.email_addresses = []
        process = sociallogin.state.get("process")
        if process == "connect" or sociallogin.is_existing:
            return
        person = _person_vouched_for(sociallogin)
        if person is not None and (person.account is not None or not account_words()):
            sociallogin.connect(request, account_of_person(person=person, at=clock.now()))
        else:
            keep_newcomer(request, person)

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Ask a newcomer first where there are words to agree to; only who she is there is kept."""
        sociallogin.account.extra_data, sociallogin.token = {}, None
        return account_words() is None

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Any:
        """Take the name, and no e-mail address."""
        user = sociallogin.user
        user.name = str(data.get("name") or data.get("username") or "")[:64]
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Any:
        """Open an account that is granted nothing for somebody nobody knows."""
        name = sociallogin.user.name or _("Resident")
        sociallogin.user = open_resident_account(name=name, at=clock.now())
        sociallogin.save(request, connect=True)
        return sociallogin.user

    def validate_disconnect(self, account: Any, accounts: Any) -> None:
        """Allow it always: whoever has a phone or a password still gets in."""

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Lead back to the page of one's own sign-ins."""
        return reverse("web:own-security")

    def on_authentication_error(self, request: HttpRequest, provider: Any, **said: Any) -> None:
        """Say on our own page that it did not work; the reason may hold what the provider said."""
        text = _("Signing in there did not work. Try again, or sign in another way.")
        messages.error(request, text)
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("web:sign-in")))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors sealed."""

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Tell whether the account has set up a second factor of these types, or any."""
        if user.is_anonymous or surely_without_factor(user):
            return False
        return has_factor(user.pk, types)

    def encrypt(self, text: str) -> str:
        """Seal with the data key."""
        return Sealed.of(text).token

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return Sealed(encrypted_text).open()


def _person_vouched_for(sociallogin: SocialLogin) -> Any:
    app = sociallogin.provider.app
    if not app or not app.settings.get("trust_phone"):
        return None
    said = sociallogin.account.extra_data
    said = said.get("userinfo") or said.get("id_token") or said
    if said.get("phone_number_verified") is not True:
        return None
    try:
        phone = normal_phone(str(said.get("phone_number", "")))
    except BadPhoneError:
        return None
    persons = persons_with_phone(phone)
    # several who share a phone cannot be told apart by it
    return persons[0] if len(persons) == 1 else None


def _keep_nothing(instance: SocialAccount, **_: Any) -> None:
    instance.extra_data = {}


pre_save.connect(_keep_nothing, sender=SocialAccount, dispatch_uid="hequan.provider_data")
