"""Landmarks (地标) saved: what the map draws under the units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from django.db import transaction
from shapely.geometry import shape

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.territory.kinds import LandmarkKind
from hequan.territory.models import Landmark
from hequan.territory.queries.units import STAMP

_BATCH = 1000


@dataclass(frozen=True)
class LandmarkFacts:
    """One landmark: a GeoJSON geometry in WGS-84 degrees, an area or a line."""

    kind: LandmarkKind
    name: str
    geometry: Mapping[str, Any]


@transaction.atomic
def replace_landmarks(
    *, landmarks: Iterable[LandmarkFacts], source: str, by: Account, at: datetime
) -> int:
    """Put these landmarks in place of all that came from the same source; return how many."""
    given = list(landmarks)
    Landmark.objects.filter(source=source[:200]).delete()
    bounds = shapely.bounds([shape(dict(facts.geometry)) for facts in given]).reshape(-1, 4)
    Landmark.objects.bulk_create(
        (
            Landmark(
                kind=facts.kind,
                name=facts.name[:80],
                geometry=dict(facts.geometry),
                west=west,
                south=south,
                east=east,
                north=north,
                source=source[:200],
            )
            for facts, (west, south, east, north) in zip(given, bounds.tolist(), strict=True)
        ),
        batch_size=_BATCH,
    )
    versions.bump(STAMP)
    record(
        at=at,
        by=by,
        verb="territory.landmarks_replaced",
        thing=Landmark,
        after={"landmarks": len(given), "source": source[:200]},
    )
    return len(given)
