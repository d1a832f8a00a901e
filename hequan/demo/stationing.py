"""Stationing (布站): services, stations, organisations and who answers for whom, written."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from hequan.core.accounts import Account
from hequan.demo.answering import answering_stations, core_stations, main_stations
from hequan.demo.catalogue import read_catalogue
from hequan.demo.land import Land
from hequan.demo.organisations import found_organisations
from hequan.demo.registers import offers, station_entries
from hequan.demo.settling import Settled
from hequan.demo.sites import Sites, choose_sites
from hequan.demo.streets import SOURCE
from hequan.people import actions as people_actions
from hequan.stations.actions import batch, pairings


@dataclass(frozen=True, eq=False)
class Stationed:
    """The sites, their stations' ids in the same order, and how many services there are."""

    sites: Sites
    station_ids: tuple[int, ...]
    services: int


def station_land(land: Land, settled: Settled, *, by: Account, at: datetime) -> Stationed:
    """Write the stations of a land through the actions."""
    services = batch.save_services(
        records=[entry.record for entry in read_catalogue()], source=SOURCE, by=by, at=at
    )
    sites = choose_sites(land)
    today = timezone.localtime(at).date()
    entries = station_entries(land, sites, settled.codes, settled.ids, today)
    station_ids = tuple(batch.save_stations(entries=entries, source=SOURCE, by=by, at=at))
    pairings.add_offers(
        pairs=((station_ids[site], services[code]) for site, code in offers(land, sites.kit)),
        by=by,
        at=at,
    )
    grid_ids = [settled.ids[code] for code in settled.codes.grids]
    pairings.set_main_stations(
        pairs=[(grid_ids[g], station_ids[s]) for g, s in main_stations(land, sites)], by=by, at=at
    )
    cores = core_stations(land, sites)
    pairings.set_core_stations(
        pairs=[(settled.circles[area], station_ids[site]) for area, site in cores.items()],
        by=by,
        at=at,
    )
    _write_organisations(land, settled, sites, station_ids, by, at)
    return Stationed(sites, station_ids, len(services))


def _write_organisations(
    land: Land,
    settled: Settled,
    sites: Sites,
    station_ids: tuple[int, ...],
    by: Account,
    at: datetime,
) -> None:
    bodies = found_organisations(land)
    saved = people_actions.save_organisations(
        organisations=[
            people_actions.OrganisationFacts(
                name=body.name,
                kind=body.kind,
                credit_code=body.credit_code,
                unit_id=settled.ids[settled.codes.committees[body.committee]],
                address=body.address,
                lon=body.lon,
                lat=body.lat,
                is_new_field=body.is_new_field,
            )
            for body in bodies
        ],
        by=by,
        at=at,
    )
    pairings.set_answering_stations(
        pairs=[
            (saved.ids[body], station_ids[site])
            for body, site in answering_stations(land, sites, bodies)
        ],
        by=by,
        at=at,
    )
