"""Core as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Accounts, grants, audit, jobs, imports."""

    name = "hequan.core"
