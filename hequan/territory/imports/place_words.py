"""What an import says about places that lie where they should not."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from django.utils.translation import gettext_lazy as _

from hequan.core.file_words import sentence
from hequan.core.imports import Remark
from hequan.territory.models import Boundary, Unit
from hequan.territory.place_checks import Misplaced, Reading, better_reading, misplaced
from hequan.territory.queries.outlines import whole_outline

_REMEDIES: dict[Reading | None, Any] = {
    Reading.SWAPPED: _("Longitude and latitude are probably exchanged: exchanged, it lies inside."),
    Reading.GCJ02: _("It is probably GCJ-02 (Amap, Tencent): choose that coordinate system."),
    Reading.BD09: _("It is probably BD-09 (Baidu): choose that coordinate system."),
    None: _("Check the place, or the unit named."),
}
_READING_WORDS: dict[Reading, Any] = {
    Reading.SWAPPED: _("with longitude and latitude exchanged"),
    Reading.GCJ02: _("read as GCJ-02 (Amap, Tencent)"),
    Reading.BD09: _("read as BD-09 (Baidu)"),
}


class PlaceChecks:
    """Compares places of a file with the outlines of the units they are said to lie in."""

    def __init__(self) -> None:
        self._shapes: dict[int, Any] = {}

    def remark(self, lon: float, lat: float, unit: Unit, column: str = "") -> Remark | None:
        """Return what is odd about a place in a unit; None where all is well or nobody knows."""
        outline = self._outline(unit)
        found = misplaced(lon, lat, outline) if outline is not None else None
        return _remark(found, unit, lon, lat, column) if found else None

    def _outline(self, unit: Unit) -> Any:
        if unit.pk not in self._shapes:
            row = Boundary.objects.filter(unit=unit).first()
            self._shapes[unit.pk] = shapely.geometry.shape(row.geometry) if row else None
        return self._shapes[unit.pk]


def _remark(found: Misplaced, unit: Unit, lon: float, lat: float, column: str) -> Remark:
    text = _("lies {kilometres} km outside {unit}")
    if found.metres < 1000:
        text = _("lies {metres} m outside {unit}")
    far = found.metres / 1000
    gaps = {"metres": round(found.metres), "kilometres": f"{far:,.1f}" if far < 1e6 else "∞"}
    return Remark(
        sentence(text, unit=unit.name, **gaps),
        column=column,
        value=f"{lon:.6f}, {lat:.6f}",
        remedy=_REMEDIES[found.reading],
    )


def reading_note(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], unit: Unit | None = None
) -> Remark | None:
    """Return the advice to read all places otherwise, where that brings clearly more inside."""
    whole = whole_outline(unit)
    found = better_reading(lon, lat, whole) if whole is not None else None
    if found is None:
        return None
    reading, given, share = found
    text = _("{given} of the places lie inside the territory; {reading} it would be {share}.")
    return Remark(
        sentence(text, given=f"{given:.0%}", reading=_READING_WORDS[reading], share=f"{share:.0%}"),
        remedy=_REMEDIES[reading],
    )
