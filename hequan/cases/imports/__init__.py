"""What can be imported into the one window (导入): old cases, and orders of the hotline."""

from django.utils.translation import gettext_lazy as _

from hequan.cases.imports import old_cases, orders
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
    ImportKind(
        code=orders.KIND,
        title=_("Work orders of the city's hotline"),
        explanation=_(
            "Orders with the city's number and deadline, one a row: each opens a case, and one "
            "that is brought again changes its words and deadline."
        ),
        capability=Capability.DISPATCH_CASES,
        read=orders.read_orders,
        template=orders.orders_template,
        suffixes=(".xlsx", ".xls", ".ods", ".csv"),
        has_places=True,
        is_personal=True,
        extra={
            "source": _("Where they come from (12345 where blank)"),
            "unit": _("Code of the unit for rows whose place is not known or lies elsewhere"),
        },
    ),
)


def announce() -> None:
    """Register the kinds."""
    for kind in KINDS:
        register(kind)
