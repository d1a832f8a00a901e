"""Jobs of people and organisations: load, call one action."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hequan.core.accounts import system_account
from hequan.core.jobs import job
from hequan.core.outbox import listen
from hequan.people import actions
from hequan.territory.heirs import heirs_told

FOLLOW = "people.follow_units"


@job(FOLLOW)
def follow_units(payload: Mapping[str, Any], at: datetime) -> None:
    """Give the organisations of ended units to the heirs."""
    actions.move_organisations_to_heirs(heirs=heirs_told(payload), by=system_account(), at=at)


def announce() -> None:
    """Listen to news of the territory."""
    listen("territory.units_merged", FOLLOW)
    listen("territory.unit_split", FOLLOW)
