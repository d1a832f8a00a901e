"""Who answers for whom in the demo (主站与应答站): by distance, some missing on purpose.

A micro-grid's main station and an organisation's answering station are the nearest of their
committee's. A few are left out, so that the pages of gaps have rows.
"""

import numpy as np
import numpy.typing as npt

from hequan.demo.chance import stream
from hequan.demo.land import Land
from hequan.demo.lattice import to_metres
from hequan.demo.organisations import Body
from hequan.demo.sites import Sites, still_planned

GRIDS_WITHOUT, BODIES_WITHOUT = 0.024, 0.08

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def main_stations(land: Land, sites: Sites) -> list[tuple[int, int]]:
    """Return pairs of micro-grid and site."""
    plan = land.plan
    grids = np.arange(len(plan.grids))
    columns = np.array([(r.west + r.east) // 2 for r in plan.grids.rectangles])
    rows = np.array([(r.south + r.north) // 2 for r in plan.grids.rectangles])
    lon, lat = plan.lattice.lon[rows, columns], plan.lattice.lat[rows, columns]
    nearest = _nearest_of_committee(sites, plan.grid_committee, lon, lat)
    kept = _without_some(land, "main", len(grids), GRIDS_WITHOUT)
    return _in_service(sites, [(int(grid), int(nearest[grid])) for grid in grids[kept]])


def answering_stations(land: Land, sites: Sites, bodies: list[Body]) -> list[tuple[int, int]]:
    """Return pairs of organisation and site."""
    committee = np.array([body.committee for body in bodies], np.int64)
    lon = np.array([body.lon for body in bodies])
    lat = np.array([body.lat for body in bodies])
    nearest = _nearest_of_committee(sites, committee, lon, lat)
    kept = _without_some(land, "answering", len(bodies), BODIES_WITHOUT)
    return _in_service(sites, [(int(body), int(nearest[body])) for body in np.flatnonzero(kept)])


def _in_service(sites: Sites, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out the pairs whose station is planned only."""
    waiting = still_planned(sites)
    return [(thing, site) for thing, site in pairs if site not in waiting]


def core_stations(land: Land, sites: Sites) -> dict[int, int]:
    """Return the site that is the core of each area's circle."""
    return {int(sites.area[site]): site for site, kit in enumerate(sites.kit) if kit == "circle"}


def _without_some(land: Land, topic: str, count: int, share: float) -> npt.NDArray[np.bool_]:
    rng = stream(land.plan.seed, f"without/{topic}")
    missing = rng.choice(count, size=max(1, round(count * share)), replace=False)
    kept = np.ones(count, bool)
    kept[missing] = False
    return kept


def _nearest_of_committee(sites: Sites, committee: Ints, lon: Floats, lat: Floats) -> Ints:
    """Return for each place the nearest site that stands in its committee."""
    east, north = to_metres(lon, lat)
    site_east, site_north = to_metres(sites.lon, sites.lat)
    order = np.argsort(sites.committee, kind="stable")
    bounds = np.searchsorted(sites.committee[order], np.arange(int(committee.max()) + 2))
    nearest = np.empty(len(committee), np.int64)
    for place, own in enumerate(committee.tolist()):
        near = order[bounds[own] : bounds[own + 1]]
        away = (site_east[near] - east[place]) ** 2 + (site_north[near] - north[place]) ** 2
        nearest[place] = near[np.argmin(away)]
    return nearest
