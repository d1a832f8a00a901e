"""What holds an answer back (未完事项): help that is asked of somebody, repairs that are under way.

One statement asks for both, as every lifecycle pays for it; the words are looked up where there is
something to tell.
"""

from typing import Any

from django.db.models import Q, QuerySet

from hequan.cases.actions.helping import refuse_open_help
from hequan.cases.actions.repairs import open_repairs_of, refuse_open_repairs
from hequan.cases.helping import OPEN_HELP
from hequan.cases.models import Case, HelpTask
from hequan.core.questions import Question, key


def _open_work(case: Any) -> QuerySet[Any, int]:
    helps = HelpTask.objects.filter(Q(case=case) | Q(case__lead=case), state__in=OPEN_HELP)
    both = (helps, open_repairs_of(case))
    found, others = (one.order_by().values_list("pk", flat=True) for one in both)
    return found.union(others, all=True)[:1]


_OPEN_WORK = Question[int](_open_work, case=key())


def refuse_open_work(row: Case) -> None:
    """Raise HelpStillOpenError or RepairStillOpenError while others have not finished."""
    if _OPEN_WORK.all(case=row.pk):
        refuse_open_help(row)
        refuse_open_repairs(row)
