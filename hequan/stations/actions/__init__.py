"""Writes of the stations: one transaction each, audited, with the stamp of stations raised."""

from hequan.stations.actions.assignments import (
    remove_corridor,
    save_corridor,
    set_answering_station,
    set_core_station,
    set_main_station,
)
from hequan.stations.actions.coverage import (
    ask_coverage,
    give_up_coverage,
    measure_coverage,
    wait_again_for_coverage,
)
from hequan.stations.actions.following import move_stations_to_heirs
from hequan.stations.actions.hours import (
    add_hours_exception,
    announce_closure,
    end_closure,
    remove_hours_exceptions,
    set_opening_rules,
    withdraw_closure,
)
from hequan.stations.actions.services import (
    offer_service,
    save_service,
    set_offers,
    withdraw_offer,
)
from hequan.stations.actions.stations import (
    close_station,
    remove_space,
    save_accessibility,
    save_space,
    save_station,
)

__all__ = [
    "add_hours_exception",
    "announce_closure",
    "ask_coverage",
    "close_station",
    "end_closure",
    "give_up_coverage",
    "measure_coverage",
    "move_stations_to_heirs",
    "offer_service",
    "remove_corridor",
    "remove_hours_exceptions",
    "remove_space",
    "save_accessibility",
    "save_corridor",
    "save_service",
    "save_space",
    "save_station",
    "set_answering_station",
    "set_core_station",
    "set_main_station",
    "set_offers",
    "set_opening_rules",
    "wait_again_for_coverage",
    "withdraw_closure",
    "withdraw_offer",
]
