"""Roster as a Django app."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """Posts, teams, duty, matters, responsibility lists."""

    name = "hequan.roster"
