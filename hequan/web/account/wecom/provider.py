"""WeCom as a provider of allauth's: whom WeCom names by her user id in the corporation."""

from typing import Any

from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider

from hequan.web.account.wecom.adapter import WecomAdapter


class WecomAccount(ProviderAccount):
    """One member of the corporation."""


class WecomProvider(OAuth2Provider):
    """Members of one corporation; whoever is not one has no user id and is turned away."""

    id = "wecom"
    name = "WeCom"
    account_class = WecomAccount
    oauth2_adapter_class = WecomAdapter

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Return the corporation's id with the member's: user ids are unique in one only."""
        return f"{self.app.client_id}:{data['userid']}"

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep nothing of what WeCom says."""
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the name, where WeCom tells it."""
        return {"name": data.get("name", "")}


provider_classes = [WecomProvider]
