"""The kinds of import for the catalogue of matters and the responsibility list (导入)."""

from django.utils.translation import gettext_lazy as _

from hequan.core.imports import ImportKind
from hequan.core.kinds import Capability
from hequan.roster.imports import matters, responsibilities

_TABLES = (".xlsx", ".xls", ".ods", ".csv")

LIST_KINDS = (
    ImportKind(
        code=matters.KIND,
        title=_("Catalogue of matters"),
        explanation=_(
            "What people ask for, in classes and subclasses, one a row, known by its code. The "
            "template holds a whole catalogue to begin with."
        ),
        capability=Capability.EDIT_RESPONSIBILITIES,
        read=matters.read_matters,
        template=matters.matters_template,
        suffixes=_TABLES,
        shared=True,
    ),
    ImportKind(
        code=responsibilities.KIND,
        title=_("Responsibility list"),
        explanation=_(
            "Items in rows, parties in columns, 主责, 实施, 配合 or 知悉 in the cells. It goes "
            "into the draft of the next version."
        ),
        capability=Capability.EDIT_RESPONSIBILITIES,
        read=responsibilities.read_responsibilities,
        template=responsibilities.responsibilities_template,
        suffixes=_TABLES,
        extra={
            "unit": _("Code of the unit whose list it is"),
            "title": _("Title, if the list has none yet"),
        },
    ),
)
