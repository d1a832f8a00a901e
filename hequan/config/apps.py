"""Config as a Django app: it brings the checks before going live, and no table."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings and their checks."""

    name = "hequan.config"

    def ready(self) -> None:
        """Register the checks."""
        from hequan.config import checks  # noqa: F401
