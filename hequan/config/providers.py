"""Sign-in through others (第三方登录): OIDC, Weixin, WeCom, each there when its variables are."""

from collections.abc import Mapping
from typing import Any


def sign_in_providers(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return allauth's settings of the providers that the environment names in full.

    `..._TRUST_PHONE` says that a phone the provider calls verified may lead to the person with
    that phone; without it a new sign-in stands for nobody until its owner links it.
    """
    found = {}
    if "HEQUAN_OIDC_SERVER" in environment:
        found["openid_connect"] = _app(
            environment,
            "OIDC",
            "openid_connect",
            {"server_url": environment["HEQUAN_OIDC_SERVER"], "scope": _oidc_scope(environment)},
        ) | {"OAUTH_PKCE_ENABLED": True}
    if "HEQUAN_WEIXIN_ID" in environment:
        found["weixin"] = _app(environment, "WEIXIN", "weixin", {})
    if "HEQUAN_WECOM_ID" in environment:
        server = environment.get("HEQUAN_WECOM_SERVER", "https://qyapi.weixin.qq.com")
        door = environment.get("HEQUAN_WECOM_LOGIN", "https://login.work.weixin.qq.com")
        ours = {
            "agent_id": environment.get("HEQUAN_WECOM_AGENT", ""),
            "server": server.rstrip("/"),
            "login": door.rstrip("/"),
        }
        found["wecom"] = _app(environment, "WECOM", "wecom", ours)
    return found


def _app(
    environment: Mapping[str, str], prefix: str, provider_id: str, settings: dict[str, Any]
) -> dict[str, Any]:
    def said(name: str, otherwise: str = "") -> str:
        return environment.get(f"HEQUAN_{prefix}_{name}", otherwise)

    trusted = said("TRUST_PHONE").lower() in {"1", "true", "yes", "on"}
    app = {
        "provider_id": provider_id,
        "name": said("NAME"),
        "client_id": said("ID"),
        "secret": said("SECRET"),
        "settings": settings | {"trust_phone": trusted},
    }
    return {"APPS": [app]}


def _oidc_scope(environment: Mapping[str, str]) -> list[str]:
    return environment.get("HEQUAN_OIDC_SCOPE", "openid profile phone").split()
