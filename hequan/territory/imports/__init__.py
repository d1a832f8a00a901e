"""What can be imported into the territory (导入): codes and names, outlines, people, streets."""

from django.utils.translation import gettext_lazy as _

from hequan.core.imports import ImportKind, register
from hequan.core.kinds import Capability
from hequan.territory.imports import boundaries, people_counts, streets, units

_TABLES = (".xlsx", ".xls", ".ods", ".csv")
_MAPS = (".geojson", ".json", ".gpkg", ".zip")


# in the order they depend on each other
KINDS = (
    ImportKind(
        code="territory",
        title=_("Territory: codes and names"),
        explanation=_(
            "Districts, towns, areas, committees, micro-grids and building groups, one a row, "
            "known by their codes."
        ),
        capability=Capability.IMPORT_FILES,
        read=units.read_units,
        template=units.units_template,
        suffixes=_TABLES,
        extra={"within": _("Only codes that begin with")},
    ),
    ImportKind(
        code="boundaries",
        title=_("Outlines of units"),
        explanation=_("A map file whose polygons carry the code of the unit they outline."),
        capability=Capability.IMPORT_FILES,
        read=boundaries.read_boundaries,
        template=None,
        suffixes=_MAPS,
        has_places=True,
        extra={"source": _("Where it comes from")},
    ),
    ImportKind(
        code="people-counts",
        title=_("People and homes"),
        explanation=_(
            "People per building or population cell with its place, or people per unit by age."
        ),
        capability=Capability.IMPORT_FILES,
        read=people_counts.read_people_counts,
        template=people_counts.people_template,
        suffixes=(*_TABLES, *_MAPS),
        has_places=True,
        extra={
            "as_of": _("Counted on"),
            "source": _("Where it comes from"),
            "prefix": _("Text to put before every id"),
        },
    ),
    ImportKind(
        code="streets",
        title=_("Streets to walk on"),
        explanation=_("An OpenStreetMap extract of the town and what lies around it."),
        capability=Capability.IMPORT_FILES,
        read=streets.read_streets,
        template=None,
        suffixes=(".osm", ".osm.gz", ".osm.pbf", ".pbf", ".gz"),
        shared=True,
        extra={"name": _("Name of the network")},
    ),
)


def announce() -> None:
    """Register the kinds."""
    for kind in KINDS:
        register(kind)
