"""Which place a row names (任职地点匹配): a unit, a station or an organisation by its code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core.import_rows import ImportRow, ImportTable
from hequan.core.imports import Remark
from hequan.people.models import Organisation
from hequan.people.queries import organisations_by_credit_code
from hequan.roster.places import Place
from hequan.stations.models import Station
from hequan.territory.models import Unit
from hequan.territory.queries import units_with_codes, units_with_ids

_COLUMNS = ("unit_code", "station_code", "credit_code")
_UNKNOWN: dict[str, Any] = {
    "unit_code": _("no unit bears this code"),
    "station_code": _("no station bears this code"),
    "credit_code": _("no organisation bears this code"),
}


@dataclass(frozen=True)
class PlacesNamed:
    """The places that the rows name, by column and code."""

    found: Mapping[str, Mapping[str, Unit | Station | Organisation]]

    def all(self) -> list[Place]:
        """Return every place named."""
        return [Place.of(row) for rows in self.found.values() for row in rows.values()]

    def of(self, row: ImportRow, table: ImportTable) -> tuple[ImportRow, Place | None]:
        """Return the place of a row, or the row refused with what to do about it."""
        named = [column for column in _COLUMNS if row.text(column)]
        if len(named) != 1:
            text = _("name one place: a unit, a station or an organisation")
            remedy = _("Fill in one of the three codes.")
            return row.refused(Remark(text, table.column("unit_code"), "", remedy)), None
        code = row.text(named[0])
        found = self.found[named[0]].get(code)
        if found is None:
            remedy = _("Import it with its code first, or correct the code.")
            wrong = Remark(_UNKNOWN[named[0]], table.column(named[0]), code, remedy)
            return row.refused(wrong), None
        return row, Place.of(found)


def places_named(rows: Iterable[ImportRow]) -> PlacesNamed:
    """Return the places that rows name: a few queries, whatever the number of rows."""
    codes: dict[str, set[str]] = {column: set() for column in _COLUMNS}
    for row in rows:
        for column in _COLUMNS:
            codes[column].add(row.text(column))
    stations = Station.objects.filter(code__in=codes["station_code"] - {""})
    organisations = organisations_by_credit_code(codes["credit_code"])
    units = units_with_ids(one.unit_id for one in organisations.values() if one.unit_id)
    for one in organisations.values():
        if one.unit_id:
            one.unit = units[one.unit_id]
    return PlacesNamed(
        {
            "unit_code": units_with_codes(codes["unit_code"] - {""}),
            "station_code": {one.code: one for one in stations.select_related("unit")},
            "credit_code": organisations,
        }
    )
