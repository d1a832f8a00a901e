"""Jobs of people and organisations: load, call one action."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hequan.core.accounts import system_account
from hequan.core.jobs import job
from hequan.core.outbox import listen
from hequan.core.timetable import nightly
from hequan.people import actions, deliveries
from hequan.territory.heirs import heirs_told

FOLLOW = "people.follow_units"
RETENTION = "people.retention"
SWEEP = "people.sweep_merger"


@job(FOLLOW)
def follow_units(payload: Mapping[str, Any], at: datetime) -> None:
    """Give the organisations and residents of ended units to the heirs."""
    heirs = heirs_told(payload)
    actions.move_organisations_to_heirs(heirs=heirs, by=system_account(), at=at)
    actions.move_persons_to_heirs(heirs=heirs, by=system_account(), at=at)


@job(deliveries.SEND)
def send_delivery(payload: Mapping[str, Any], at: datetime) -> None:
    """Send one message by one channel."""
    deliveries.send_delivery(payload["delivery"], at)


@job(deliveries.SEND_DIGEST)
def send_digest(payload: Mapping[str, Any], at: datetime) -> None:
    """Send what waits for one receiver's digest."""
    deliveries.send_digest(payload["receiver"], payload["channel"], at)


@job(SWEEP)
def sweep_merger(payload: Mapping[str, Any], at: datetime) -> None:
    """Move what was written for the loser of a merger while that was under way."""
    actions.sweep_merger(merger_pk=payload["merger"], by=system_account(), at=at)


@job(RETENTION)
def keep_retention(_payload: Mapping[str, Any], at: datetime) -> None:
    """Clear what is past its time in every table, with proofs."""
    actions.clear_what_is_past(by=system_account(), at=at)


def announce() -> None:
    """Listen to news of the territory, and to mergers of people."""
    listen("territory.units_merged", FOLLOW)
    listen("territory.unit_split", FOLLOW)
    listen("people.persons_merged", SWEEP)
    nightly(RETENTION, 2, 30)
