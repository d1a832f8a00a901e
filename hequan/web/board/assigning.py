"""Giving a grid, an organisation or a circle its station, or taking it away (指定站点)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core import clock
from hequan.core.errors import HequanError
from hequan.core.kinds import Capability
from hequan.people.access import organisation_for
from hequan.stations import actions
from hequan.stations.access import station_for
from hequan.territory.access import circle_for, unit_for
from hequan.web.board.doors import OfficerRequest

EDIT = Capability.EDIT_STATIONS


class DutyNotFoundError(HequanError):
    """The station is not responsible for this any more."""

    text = _("This has been taken away already.")


def assign_station(request: OfficerRequest, what: str, pk: int, station: int | None) -> None:
    """Give one thing its station, None for none; each is loaded through its app's door."""
    at, user = clock.now(), request.user
    chosen = None if station is None else station_for(user, station, at)
    signed: dict[str, Any] = {"station": chosen, "by": user, "at": at}
    if what == "grid":
        actions.set_main_station(grid=unit_for(user, pk, at, EDIT), **signed)
    elif what == "circle":
        actions.set_core_station(circle=circle_for(user, pk, at, EDIT), **signed)
    else:
        organisation = organisation_for(user, pk, at, EDIT)
        actions.set_answering_station(organisation=organisation, **signed)
