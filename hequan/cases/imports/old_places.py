"""Where old cases lie (旧案地点): a unit's code, else the point, else the unit that is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext_lazy as _

from hequan.core.import_rows import ImportRow, ImportTable, points_of, unknown_choice
from hequan.core.imports import Remark
from hequan.territory.models import Unit
from hequan.territory.queries import unit_with_code, units_at, units_with_codes, units_with_ids

_REMEDY = _("Name the unit for such rows: unit=CODE.")


@dataclass(frozen=True)
class Places:
    """The units of a file's rows: by code, by row number for points, and for all others."""

    by_code: Mapping[str, Unit]
    by_row: Mapping[int, Unit]
    default: Unit | None

    @classmethod
    def of(cls, rows: Sequence[ImportRow], default: str) -> "Places":
        """Find the place of every row at once; FileError for a default that is no unit."""
        unit = unit_with_code(default) if default else None
        if default and unit is None:
            raise unknown_choice("unit", default, [])
        codes = {row.text("unit_code") for row in rows} - {""}
        return cls(units_with_codes(codes), _at_points(rows), unit)

    def place(
        self, row: ImportRow, table: ImportTable
    ) -> tuple[ImportRow, Unit | None, tuple[Remark, ...]]:
        """Return the row, its unit, and what to warn of; without a unit the row is refused."""
        code, has_point = row.text("unit_code"), row.values.get("lon") is not None
        found = self.by_code.get(code) or self.by_row.get(row.number)
        if found is not None:
            return row, found, ()
        if code:
            why = Remark(_("there is no such unit"), table.column("unit_code"), code, _REMEDY)
        elif has_point:
            why = Remark(_("lies outside the area served here"), table.column("lon"), "", _REMEDY)
        else:
            why = Remark(_("the place is not known"), "", "", _REMEDY)
        if self.default is None:
            return row.refused(why), None, ()
        return row, self.default, (why,) if code or has_point else ()


def _at_points(rows: Sequence[ImportRow]) -> dict[int, Unit]:
    lon, lat = points_of(rows)
    known = ~(np.isnan(lon) | np.isnan(lat))
    if not known.any():
        return {}
    numbers = [row.number for row, is_known in zip(rows, known, strict=True) if is_known]
    ids = units_at(lon[known], lat[known])
    units = units_with_ids({int(pk) for pk in ids if pk})
    return {n: units[int(pk)] for n, pk in zip(numbers, ids, strict=True) if int(pk) in units}
