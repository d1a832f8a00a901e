"""What can be imported about people (导入): organisations, and persons."""

from django.utils.translation import gettext_lazy as _

from hequan.core.imports import ImportKind, register
from hequan.core.kinds import Capability
from hequan.people.imports import organisations, persons

_TABLES = (".xlsx", ".xls", ".ods", ".csv")

# in the order they depend on each other
KINDS = (
    ImportKind(
        code=organisations.KIND,
        title=_("Organisations"),
        explanation=_("Firms, shops, departments and other bodies, one a row."),
        capability=Capability.IMPORT_FILES,
        read=organisations.read_organisations,
        template=organisations.organisations_template,
        suffixes=(*_TABLES, ".geojson", ".gpkg"),
        has_places=True,
    ),
    ImportKind(
        code=persons.KIND,
        title=_("Persons"),
        explanation=_("Residents and staff, one a row, known by number and name."),
        capability=Capability.EDIT_PEOPLE,
        read=persons.read_persons,
        template=persons.persons_template,
        suffixes=_TABLES,
        is_personal=True,
    ),
)


def announce() -> None:
    """Register the kinds."""
    for kind in KINDS:
        register(kind)
