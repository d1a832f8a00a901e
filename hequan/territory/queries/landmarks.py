"""Landmarks (地标) for the map's background: water, railway, parks, estates."""

from collections.abc import Iterable
from typing import Any

from hequan.territory.kinds import LandmarkKind
from hequan.territory.models import Landmark

Box = tuple[float, float, float, float]


def landmarks_geojson(
    kinds: Iterable[LandmarkKind] | None = None, *, box: Box | None = None
) -> dict[str, Any]:
    """Return landmarks as a GeoJSON FeatureCollection with `kind` and `name`.

    `box` is west, south, east, north in degrees; whatever touches it is in.
    """
    rows = Landmark.objects.order_by("kind", "pk")
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    if box is not None:
        west, south, east, north = box
        rows = rows.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": pk,
                "geometry": geometry,
                "properties": {"kind": kind, "name": name},
            }
            for pk, kind, name, geometry in rows.values_list("pk", "kind", "name", "geometry")
        ],
    }
