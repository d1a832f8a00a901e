"""What can be imported into the one window (导入): old cases of another system."""

from django.utils.translation import gettext_lazy as _

from hequan.cases.imports import old_cases
from hequan.core.imports import ImportKind, register
from hequan.core.kinds import Capability

KINDS = (
    ImportKind(
        code=old_cases.KIND,
        title=_("Old cases"),
        explanation=_(
            "Cases of another system with their own numbers and days, one a row: closed, or open "
            "to be dispatched. No clock runs for them and nobody is told."
        ),
        capability=Capability.DISPATCH_CASES,
        read=old_cases.read_old_cases,
        template=old_cases.old_cases_template,
        suffixes=(".xlsx", ".xls", ".ods", ".csv"),
        has_places=True,
        is_personal=True,
        extra={
            "source": _("Where they come from (the numbers are kept by it)"),
            "unit": _("Code of the unit for rows whose place is not known or lies elsewhere"),
            "preset": _("Known layout of columns: nyc-council, st-louis"),
        },
    ),
)


def announce() -> None:
    """Register the kinds."""
    for kind in KINDS:
        register(kind)
