"""What can be imported into the stations (导入): the catalogue, the register, opening hours."""

from django.utils.translation import gettext_lazy as _

from hequan.core.imports import ImportKind, register
from hequan.core.kinds import Capability
from hequan.stations.imports import opening_hours, services, stations

_TABLES = (".xlsx", ".xls", ".ods", ".csv")
_MAPS = (".geojson", ".json", ".gpkg", ".zip")
_OSM = (".osm", ".osm.gz", ".osm.pbf", ".pbf", ".gz")


KINDS = (
    ImportKind(
        code="services",
        title=_("Service catalogue"),
        explanation=_("What stations offer, one service a row, known by its code."),
        capability=Capability.IMPORT_FILES,
        read=services.read_services,
        template=services.services_template,
        suffixes=_TABLES,
        shared=True,
    ),
    ImportKind(
        code="stations",
        title=_("Stations"),
        explanation=_(
            "Stations with their place, unit, hours, services and accessibility, one a row; "
            "or the libraries, community centres and social facilities of an OpenStreetMap "
            "extract."
        ),
        capability=Capability.IMPORT_FILES,
        read=stations.read_stations,
        template=stations.stations_template,
        suffixes=(*_TABLES, *_MAPS, *_OSM),
        has_places=True,
        extra={
            "unit": _("Code of the unit of stations that name none"),
            "kind": _("Kind of stations that name none"),
        },
    ),
    ImportKind(
        code="opening-hours",
        title=_("Opening hours over the years"),
        explanation=_(
            "Hours by station, day they hold from and weekday, with or without a lunch break."
        ),
        capability=Capability.IMPORT_FILES,
        read=opening_hours.read_opening_hours,
        template=opening_hours.hours_template,
        suffixes=_TABLES,
        extra={"alias": _("Other names of stations, as Name=Station; Name=Station")},
    ),
)


def announce() -> None:
    """Register the kinds, in the order they depend on each other."""
    for kind in KINDS:
        register(kind)
