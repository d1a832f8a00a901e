"""What holds an answer back (未完事项): help that is asked of somebody, repairs that are under way.

One statement asks for both, as every lifecycle pays for it; the words are looked up where there is
something to tell.
"""

from django.db.models import Q

from hequan.cases.actions.helping import refuse_open_help
from hequan.cases.actions.repairs import open_repairs_of, refuse_open_repairs
from hequan.cases.helping import OPEN_HELP
from hequan.cases.models import Case, HelpTask


def refuse_open_work(row: Case) -> None:
    """Raise HelpStillOpenError or RepairStillOpenError while others have not finished."""
    helps = HelpTask.objects.filter(Q(case=row) | Q(case__lead=row), state__in=OPEN_HELP)
    repairs = open_repairs_of(row)
    if helps.order_by().values("pk").union(repairs.order_by().values("pk"), all=True)[:1]:
        refuse_open_help(row)
        refuse_open_repairs(row)
