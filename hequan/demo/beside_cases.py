"""Mediation, write-ups and what recurs in the demo (演示调解、案例、苗头): so that the pages live.

Everything goes through the actions that the pages use; dates are counted back from the build.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hequan.cases.actions import Given, Judgement, make_move, open_case, rate_answer
from hequan.cases.actions.disputes import make_dispute_move, open_dispute
from hequan.cases.actions.library import WriteUpFacts, approve_write_up, write_up_case
from hequan.cases.asking import Asking
from hequan.cases.dispute_kinds import DisputeKind
from hequan.cases.dispute_moves import DisputeDoer, DisputeMoveName
from hequan.cases.disputes import DisputeFacts, DisputeGiven, PartyFacts, TermFacts
from hequan.cases.kinds import CaseChannel, CaseState, Result
from hequan.cases.models import Case, Dispute
from hequan.cases.moves import Doer, MoveName
from hequan.core.accounts import Account
from hequan.people.models import Person
from hequan.roster.days import day_of
from hequan.territory.models import Unit

_M = DisputeMoveName
_LAMPS, _RUBBISH, _LIFT = "51994", "52999", "51998"
_DAY = timedelta(days=1)
WRITE_UPS: tuple[tuple[str, str, WriteUpFacts], ...] = (
    (
        _LAMPS,
        "三号楼楼道灯常坏，报修后不久又灭。",
        WriteUpFacts(
            "老楼楼道灯换成声控灯，反复报修归零",
            "老公房楼道灯线路老化，换一次坏一次，老人晚上下楼怕摔。",
            "居委会请物业和电工一起逐层排查，老线路换新，改装声控灯；楼组长每周晚上走一遍。",
            "先查线路再换灯；谁每周看一遍，写在楼道里。",
            "old_public",
        ),
    ),
    (
        _RUBBISH,
        "垃圾房满溢，早上味道大。",
        WriteUpFacts(
            "垃圾满溢：把清运时间错开早高峰",
            "垃圾房早上七点最满，清运车九点才到，居民上班时味道最大。",
            "与清运单位商定改为六点和十八点两次清运，节假日加一次；物业拍照上墙。",
            "时间跟着居民出门走，而不是跟着车队排班走。",
            "estate",
        ),
    ),
    (
        _LIFT,
        "电梯一个月停了四次。",
        WriteUpFacts(
            "电梯反复停运：维保记录公开后三个月未再停",
            "高层电梯频繁停运，维保单位每次只复位不换件。",
            "业委会、物业和维保单位三方会商，更换门机，维保记录贴在轿厢内，停运半小时内群里告知。",
            "把维保记录给乘梯的人看。",
            "commodity",
        ),
    ),
)


@dataclass(frozen=True)
class _Staff:
    """Who writes, who decides, and who enters what residents send."""

    clerk: Account
    officer: Account
    system: Account


def add_beside_cases(
    grids: Sequence[int],
    town: int,
    accounts: Mapping[str, Account],
    resident: Person,
    *,
    by: Account,
    at: datetime,
) -> None:
    """Write three cases up, mediate three disputes, and let rubbish recur in one micro-grid."""
    staff = _Staff(accounts["clerk"], accounts["officer"], by)
    _write_up(grids, town, staff, at)
    _mediate(grids[0], staff, resident, at)
    _let_recur(grids[1 % len(grids)], town, staff, at)


def _asking(words: str, matter: str, grid: int, town: int) -> Asking:
    return Asking(
        channel=CaseChannel.TELEPHONE,
        words=words,
        at_unit=town,
        matter_code=matter,
        unit=grid,
    )


def _write_up(grids: Sequence[int], town: int, staff: _Staff, at: datetime) -> None:
    """Close a case for each write-up; the last waits for its review."""
    for number, (matter, words, facts) in enumerate(WRITE_UPS):
        grid = grids[(5 * number + 3) % len(grids)]
        case = _closed(_asking(words, matter, grid, town), staff, at - (30 + number) * _DAY)
        if case is None:
            continue
        soon = at - (10 - number) * _DAY
        doers = {Doer.HANDLER}
        row = write_up_case(case=case, facts=facts, doers=doers, by=staff.clerk, at=soon)
        if number < len(WRITE_UPS) - 1:
            approve_write_up(write_up=row, by=staff.officer, at=soon + _DAY)


def _closed(asking: Asking, staff: _Staff, at: datetime) -> Case | None:
    """Handle a case to its end; None where nobody answers for it."""
    case = open_case(asking=asking, by=staff.clerk, at=at)
    if case.state == CaseState.TRIAGE:
        return None
    answer = Given(result=Result.SOLVED, answer="已处理完毕，三天后复查无反复。")
    steps = (
        (MoveName.ACCEPT, Doer.HANDLER, staff.clerk, Given()),
        (MoveName.CONTACT, Doer.HANDLER, staff.clerk, Given(note="已电话联系。")),
        (MoveName.ANSWER, Doer.HANDLER, staff.clerk, answer),
        (MoveName.VERIFY, Doer.DISPATCHER, staff.officer, Given()),
        (MoveName.PUBLISH, Doer.DISPATCHER, staff.officer, Given()),
    )
    for hours, (name, doer, by, given) in enumerate(steps, start=1):
        when = at + timedelta(hours=hours)
        case = make_move(case=case, name=name, doers={doer}, given=given, by=by, at=when)
    judged = Judgement(True, True, True, True)
    return rate_answer(case=case, judgement=judged, by=staff.system, at=at + _DAY)


def _mediate(grid: int, staff: _Staff, resident: Person, at: datetime) -> None:
    """One waits for its mediators, one is in mediation, one is agreed and being kept."""
    unit = Unit.objects.get(pk=grid)

    def brought(kind: DisputeKind, words: str, days: int, *names: str) -> Dispute:
        parties = (PartyFacts("", person=resident), *(PartyFacts(one) for one in names))
        facts = DisputeFacts(kind, words, unit, parties)
        return open_dispute(facts=facts, by=staff.clerk, at=at - days * _DAY)

    brought(
        *(DisputeKind.PROPERTY_SERVICE, "停车费涨价未公示，业主与物业争执。", 2),
        "小区物业服务处",
    )
    noise = brought(DisputeKind.NEIGHBOURS, "夜间跑步机噪声，楼下老人睡不好。", 9, "楼上住户")
    _sat(_named(noise, staff, at), 5, staff, at)
    leak = brought(
        *(DisputeKind.NEIGHBOURS, "卫生间漏水，楼下吊顶损坏，赔多少谈不拢。", 40),
        "楼上业主",
    )
    _agreed(_sat(_named(leak, staff, at), 35, staff, at), 34, staff, at)


def _named(row: Dispute, staff: _Staff, at: datetime) -> Dispute:
    """Name the clerk mediator, whose account begins with the demo; the rest is entered late."""
    given, doers = DisputeGiven(mediators=(staff.clerk,)), {DisputeDoer.HEAD}
    return make_dispute_move(
        dispute=row, name=_M.ASSIGN, doers=doers, given=given, by=staff.officer, at=at
    )


def _sat(row: Dispute, days: int, staff: _Staff, at: datetime) -> Dispute:
    given = DisputeGiven(
        held_at=at - days * _DAY,
        place="居委会调解室",
        present="双方当事人、楼组长",
        said="双方各自讲了经过，愿意再谈一次，先一起到现场看。",
    )
    return _moved(row, _M.SIT, given, staff, at)


def _agreed(row: Dispute, days: int, staff: _Staff, at: datetime) -> None:
    signed = day_of(at - days * _DAY)
    terms = (
        TermFacts("楼上重做卫生间防水", signed + 20 * _DAY),
        TermFacts("楼上补偿吊顶修复费三千元", signed + 45 * _DAY),
    )
    given = DisputeGiven(
        agreement="楼上负责修好漏水并补偿修复费，楼下配合施工，今后先商量再找人。",
        signed_on=signed,
        terms=terms,
    )
    row = _moved(row, _M.AGREE, given, staff, at)
    first = row.terms.order_by("due_on").values_list("pk", flat=True)[0]
    kept = DisputeGiven(term=first, on=signed + 18 * _DAY)
    _moved(row, _M.KEEP_TERM, kept, staff, at)


def _moved(
    row: Dispute, name: DisputeMoveName, given: DisputeGiven, staff: _Staff, at: datetime
) -> Dispute:
    doers = {DisputeDoer.MEDIATOR}
    return make_dispute_move(
        dispute=row, name=name, doers=doers, given=given, by=staff.clerk, at=at
    )


def _let_recur(grid: int, town: int, staff: _Staff, at: datetime) -> None:
    """Rubbish once a fortnight for months, cleared each time; seven times in the last ten days."""
    words = "垃圾桶旁又堆了装修垃圾，请尽快清走。"
    asking = _asking(words, _RUBBISH, grid, town)
    for number in range(6, 0, -1):
        _closed(asking, staff, at - (14 * number + 2) * _DAY)
    for ago in (9.5, 8, 6.5, 5, 3.5, 2, 0.6):
        open_case(asking=asking, by=staff.system, at=at - ago * _DAY)
