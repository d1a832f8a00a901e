"""Who is told of a repair order (维修消息): its provider, its worker, and whoever asked."""

from datetime import datetime

from hequan.cases.actions.placing import matter_name
from hequan.cases.models import Repair
from hequan.cases.own_messages import STATUS_PAGE
from hequan.cases.repair_messages import (
    BOARD_REPAIR,
    REPAIR_ANSWERED,
    REPAIR_DONE,
    REPAIR_ENDED,
    REPAIR_GIVEN,
    REPAIR_OFFERED,
    REPAIR_QUOTED,
)
from hequan.cases.repairs import RepairMoveName, RepairState
from hequan.core.accounts import Account
from hequan.people.deliveries import notify
from hequan.people.models import Organisation, Person
from hequan.roster.models import Post

_M = RepairMoveName
_TO_WORKER = {
    _M.ASSIGN: REPAIR_GIVEN.code,
    _M.TURN: REPAIR_GIVEN.code,
    _M.AGREE: REPAIR_ANSWERED.code,
    _M.REFUSE: REPAIR_ANSWERED.code,
    _M.CANCEL: REPAIR_ENDED.code,
    _M.LAPSE: REPAIR_ENDED.code,
}
_TO_PROVIDER = {
    "repair_open": REPAIR_OFFERED.code,
    _M.GIVE_BACK: REPAIR_OFFERED.code,
}


def tell_of_move(
    row: Repair, name: str, by: Account, at: datetime, left: Post | None = None
) -> None:
    """Tell whom a move concerns; `left` is who had the order before."""
    board = BOARD_REPAIR.format(pk=row.pk)
    if code := _TO_PROVIDER.get(name):
        _tell(row, row.provider.organisation, code, board, by, at)
    if name == _M.LEAVE:
        code = REPAIR_GIVEN.code if row.worker else REPAIR_OFFERED.code
        receiver = row.worker.person if row.worker else row.provider.organisation
        _tell(row, receiver, code, board, by, at)
    if (code := _TO_WORKER.get(_M(name)) if name in set(_M) else None) and row.worker:
        _tell(row, row.worker.person, code, board, by, at)
    if left is not None and name == _M.ASSIGN and left != row.worker:
        _tell(row, left.person, REPAIR_ENDED.code, board, by, at)
    _tell_asker(row, name, by, at)


def _tell_asker(row: Repair, name: str, by: Account, at: datetime) -> None:
    if row.case.asker is None:
        return
    page = STATUS_PAGE.format(link=row.case.link)
    if name == _M.QUOTE and row.state == RepairState.QUOTED:
        _tell(row, row.case.asker, REPAIR_QUOTED.code, page, by, at)
    if name == _M.FINISH:
        _tell(row, row.case.asker, REPAIR_DONE.code, page, by, at)


def _tell(
    row: Repair,
    receiver: Person | Organisation,
    code: str,
    link: str,
    by: Account,
    at: datetime,
) -> None:
    values = {"number": row.number, "matter": matter_name(row.case, at)}
    if code in (REPAIR_QUOTED.code, REPAIR_ANSWERED.code):
        total = row.quotes.latest("pk").total
        values["total"] = f"{total // 100}.{total % 100:02}"
    notify(receiver, code, values, by=by, at=at, link=link)
