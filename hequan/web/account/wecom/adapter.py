"""WeCom's way of signing in (企业微信登录), which only resembles OAuth 2.

The browser comes back with a code. The corporation's own access token, had by corpid and secret,
asks who the code stands for; there is no token of the member's. Addresses: authorize at
`login/wwlogin/sso/login`, token at `cgi-bin/gettoken`, member at `cgi-bin/auth/getuserinfo`, name
at `cgi-bin/user/get`. Written from WeCom's developer pages and tested against a made-up endpoint
only (tests/web/account/fake_wecom.py): try it with a corporation of yours before relying on it.
"""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView
from django.http import HttpRequest
from django.utils.http import urlencode


class WecomClient(OAuth2Client):
    """Builds WeCom's address and takes the corporation's token for the member's."""

    app: SocialApp

    def get_redirect_url(
        self, authorization_url: str, scope: list[str], extra_params: dict[str, Any]
    ) -> str:
        """Return the address of WeCom's own page for signing in to an app of the corporation."""
        asked = {
            "login_type": "CorpApp",
            "appid": self.consumer_key,
            "agentid": self.app.settings["agent_id"],
            "redirect_uri": self.callback_url,
            "state": self.state,
        }
        return f"{authorization_url}?{urlencode(asked)}"

    def get_access_token(self, code: str, **_: Any) -> dict[str, Any]:
        """Return the corporation's token; OAuth2Error with WeCom's number for a refusal."""
        asked = {"corpid": self.consumer_key, "corpsecret": self.consumer_secret}
        return ask_wecom(f"{self.app.settings['server']}/cgi-bin/gettoken", asked)


class WecomAdapter(OAuth2Adapter):
    """Tells who came back from WeCom."""

    provider_id = "wecom"
    client_class = WecomClient

    @property
    def settings(self) -> dict[str, Any]:
        """Return the settings of the corporation's app."""
        found: dict[str, Any] = self.get_provider().app.settings
        return found

    @property
    def authorize_url(self) -> str:
        """Return the page that shows the code to be scanned."""
        return f"{self.settings['login']}/wwlogin/sso/login"

    @property
    def access_token_url(self) -> str:
        """Return where the corporation's token is had."""
        return f"{self.settings['server']}/cgi-bin/gettoken"

    def get_client(self, request: HttpRequest, app: SocialApp) -> WecomClient:
        """Give the client the app's settings, which WeCom's addresses need."""
        client: WecomClient = super().get_client(request, app)
        client.app = app
        return client

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **_: Any
    ) -> SocialLogin:
        """Ask who the code stands for; OAuth2Error for somebody outside the corporation."""
        server = self.settings["server"]
        asked = {"access_token": token.token, "code": request.GET.get("code", "")}
        found = ask_wecom(f"{server}/cgi-bin/auth/getuserinfo", asked)
        member = found.get("userid") or found.get("UserId")
        if not member:
            raise OAuth2Error("not a member of the corporation")
        asked = {"access_token": token.token, "userid": member}
        told = ask_wecom(f"{server}/cgi-bin/user/get", asked)
        said = {"userid": str(member), "name": str(told.get("name", ""))}
        return self.get_provider().sociallogin_from_response(request, said)


def ask_wecom(address: str, asked: dict[str, str]) -> dict[str, Any]:
    """Return WeCom's answer; it says 200 to everything, so a refusal is its `errcode`."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(address, params=asked)
        answer.raise_for_status()
        said: dict[str, Any] = answer.json()
    if said.get("errcode"):
        raise OAuth2Error(f"WeCom refused with {said['errcode']}")
    return said


callback = OAuth2CallbackView.adapter_view(WecomAdapter)
