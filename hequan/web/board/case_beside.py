"""What stands beside a case (工单旁的资料): write-ups like it, its own write-up, its mediation."""

from typing import Any

from django.http import HttpRequest

from hequan.cases.kinds import CaseState
from hequan.cases.library import WriteUpState
from hequan.cases.moves import Doer
from hequan.cases.queries.disputes import disputes_of_case
from hequan.cases.queries.library import done_elsewhere, write_up_of
from hequan.cases.queries.repairs import repairs_of
from hequan.cases.repair_access import leads
from hequan.core import clock

_HELPED = (CaseState.TRIAGE, CaseState.DISPATCHED, CaseState.HANDLING, CaseState.PAUSED)
_WRITERS = {Doer.HANDLER, Doer.DISPATCHER}


def beside_case(request: HttpRequest, case: Any, parts: frozenset[Doer]) -> dict[str, Any]:
    """Return what the case's page shows beside it, to whoever may see and use each."""
    at = clock.now()
    works = bool(parts & _WRITERS)
    written = write_up_of(case) if case.state == CaseState.CLOSED else None
    own = written is not None and written.author_id == getattr(request.user, "pk", None)
    is_published = written is not None and written.state == WriteUpState.PUBLISHED
    return {
        "alike": done_elsewhere(case, at) if works and case.state in _HELPED else (),
        "written": written if own or is_published else None,
        "may_write_up": works and case.state == CaseState.CLOSED and written is None,
        "repairs": repairs_of(case, at),
        "may_repair": case.state in _HELPED and (works or leads(request.user, case, at)),
        "disputes": disputes_of_case(case, request.user, at),
    }
