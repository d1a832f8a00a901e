"""Homes as arrays: what a coverage run and a map need, straight from the rows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from hequan.territory.kinds import AgeBand
from hequan.territory.models import Home, Unit

BANDS = tuple(AgeBand)
_CHUNK = 20_000


@dataclass(frozen=True, eq=False)
class HomeArrays:
    """Every home as one position in each array; `by_age` has a column per AgeBand, in order."""

    pk: npt.NDArray[np.int64]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    people: npt.NDArray[np.float64]
    by_age: npt.NDArray[np.float64]
    unit: npt.NDArray[np.int64]  # 0 = in no unit

    def __len__(self) -> int:
        """Return how many homes there are."""
        return len(self.pk)

    def codes(self) -> list[str]:
        """Return the code of every home, in the order of the arrays."""
        known = dict(Home.objects.values_list("pk", "code").iterator(chunk_size=_CHUNK))
        return [known[pk] for pk in self.pk.tolist()]


def homes_below(unit: Unit | None) -> QuerySet[Home]:
    """Return the homes inside this unit (None: everywhere)."""
    if unit is None:
        return Home.objects.all()
    # a root holds everything that has a unit; the join is only paid where it narrows
    return Home.objects.filter(unit__path__startswith=unit.path)


def homes_arrays(unit: Unit | None) -> HomeArrays:
    """Return the homes inside this unit (None: everywhere, those in no unit included)."""
    rows = (
        homes_below(unit)
        .annotate(ages=Cast("by_age", TextField()))
        .order_by("pk")
        .values_list("pk", "lon", "lat", "people", "unit_id", "ages")
        .iterator(chunk_size=_CHUNK)
    )
    parts = list(_parts(rows))
    if not parts:
        return _arrays([()] * 5, np.zeros((0, len(BANDS))))
    columns = [np.concatenate([part[0][at] for part in parts]) for at in range(5)]
    return _arrays(columns, np.concatenate([part[1] for part in parts]))


def _arrays(columns: list[Any], by_age: npt.NDArray[np.float64]) -> HomeArrays:
    pk, lon, lat, people, unit = columns
    return HomeArrays(
        pk=np.asarray(pk, dtype=np.int64),
        lon=np.asarray(lon, dtype=np.float64),
        lat=np.asarray(lat, dtype=np.float64),
        people=np.asarray(people, dtype=np.float64),
        by_age=by_age,
        unit=np.asarray(unit, dtype=np.int64),
    )


def _parts(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[list[Any], Any]]:
    while chunk := list(islice(rows, _CHUNK)):
        pk, lon, lat, people, unit, ages = zip(*chunk, strict=True)
        columns = [
            np.asarray(pk, dtype=np.int64),
            np.asarray(lon, dtype=np.float64),
            np.asarray(lat, dtype=np.float64),
            np.asarray(people, dtype=np.float64),
            np.asarray([one or 0 for one in unit], dtype=np.int64),
        ]
        yield columns, _ages(ages)


def _ages(texts: tuple[str, ...]) -> npt.NDArray[np.float64]:
    # one parse of a joined list is several times faster than one parse per row
    found: list[dict[str, float]] = json.loads(f"[{','.join(texts)}]")
    return np.asarray([[one.get(band, 0) for band in BANDS] for one in found], dtype=np.float64)
