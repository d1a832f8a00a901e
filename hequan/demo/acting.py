"""One act of the demo's year, made through the action that a page would use (演示流转)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q

from hequan.cases.actions import (
    Given,
    HelpWanted,
    Judgement,
    answer_at_once,
    ask_for_help,
    follow_case,
    make_any_move,
    move_help,
    open_case,
    rate_answer,
    take_order,
)
from hequan.cases.help_errors import HelpStillOpenError
from hequan.cases.helping import MAY_ASK, OPEN_HELP, HelpMoveName, HelpPart
from hequan.cases.kinds import CaseChannel, CaseState, LimitUnit, Result
from hequan.cases.models import Case, HelpTask
from hequan.cases.moves import Doer, MoveName
from hequan.cases.orders import Order
from hequan.cases.queries.together import others_of
from hequan.cases.sla import Limit
from hequan.core.accounts import Account
from hequan.demo.chance import stream
from hequan.demo.fates import HELP_ASKED
from hequan.demo.workforce import Workforce
from hequan.demo.year_askings import Planned
from hequan.roster.days import day_of
from hequan.roster.models import Matter, Post
from hequan.roster.queries.matters import catalogue_on
from hequan.territory.models import Unit

HOTLINE = "12345市民热线"
_M, _D = MoveName, Doer
_SAME_FOR = timedelta(days=15)
_ANSWERS = {
    Result.SOLVED: (
        "已现场处理完毕，三天后会再来看一次。",
        "当天联系了责任单位，已修好，楼组长看过没有反复。",
        "已清理并贴了告示，以后每周三集中清运。",
    ),
    Result.EXPLAINED: (
        "已说明政策和办理方式，需要的材料写在回执上。",
        "已和双方说明规定，大家同意先按公约办。",
    ),
    Result.UNSOLVABLE: ("涉及规划调整，近期无法实施，已列入明年的建议清单。",),
}
_SAYS: dict[str, dict[str, object]] = {
    _M.CONTACT: {"note": "已电话联系，约好上门时间。"},
    _M.SEND_BACK: {"reason": "不在本岗位职责内，请改派。"},
    _M.REFUSE: {"ground": "属市级管理范围，已告知拨打 12345。"},
    _M.WITHDRAW: {"reason": "自己已经解决了，谢谢。"},
    _M.PAUSE: {"reason": "等待配件到货。"},
    _M.ASK_FOR_TIME: {"reason": "需要几家单位一起到场，请多给三天。"},
    _M.EXTEND: {"reason": "情况属实，同意延长。", "days": 3},
    _M.SUPERVISE: {"note": "已超过时限，请今天说明情况并尽快办结。"},
    _M.SEND_AGAIN: {"reason": "答复没有说清结果，请补充。"},
    _M.VISIT: {"note": "上门看过，又说明了一次，居民表示理解。"},
    _M.REOPEN: {"reason": "问题又出现了，重新办理。"},
}
_BY_HEAD = (_M.PAUSE, _M.EXTEND, _M.SUPERVISE)
_BY_DISPATCHER = (
    *(_M.CLASSIFY, _M.DISPATCH, _M.REFUSE, _M.VERIFY, _M.SEND_AGAIN, _M.PUBLISH, _M.VISIT),
    _M.MERGE,
)


def take_in(planned: Planned, force: Workforce) -> Case | None:
    """Take an asking in by its door; None where it became a "me too" of another's case."""
    at, asking = planned.at, planned.asking
    if asking.matter_code not in catalogue_on(day_of(at)).by_code:  # retired meanwhile
        asking = replace(asking, matter_code="")
    by = _taker(planned, force)
    if planned.is_told_at_once:
        answer = _ANSWERS[Result.EXPLAINED][0]
        return answer_at_once(asking=asking, result=Result.EXPLAINED, answer=answer, by=by, at=at)
    if planned.may_follow and (other := _same(planned.grid, planned.matter, at)) is not None:
        follow_case(case=other, asking=asking, by=by, at=at)
        return None
    if asking.channel == CaseChannel.HOTLINE:
        # the hotline's number is the key: sent again it is the same order
        order = Order(HOTLINE, planned.key, replace(asking, form_key=""))
        return take_order(order=order, by=by, at=at)[0]
    return open_case(asking=asking, by=by, at=at)


def _taker(planned: Planned, force: Workforce) -> Account:
    channel = planned.asking.channel
    if channel == CaseChannel.PATROL:
        return force.walker(planned.grid, planned.at)
    if channel in (CaseChannel.COUNTER, CaseChannel.TELEPHONE):
        return force.clerk(planned.drawn, planned.at)
    return force.by


def _same(grid: int, matter: str, at: datetime, before: int | None = None) -> Case | None:
    rows = Case.objects.filter(unit=grid, matter__code=matter, lead=None, state__in=MAY_ASK)
    rows = rows.filter(opened_at__gte=at - _SAME_FOR, opened_at__lt=at)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return rows.order_by("-opened_at").first()


class Acting:
    """Does the acts of a case's course with the accounts of those whose part it is."""

    def __init__(
        self, force: Workforce, seed: int, meant: Callable[[str], tuple[str, int]]
    ) -> None:
        self._force, self._seed, self._meant = force, seed, meant

    def act(self, case: Case, key: str, name: str, at: datetime) -> tuple[Case, str]:
        """Do one act; return the case as it stands then, and what was done in the end."""
        drawn = int(stream(self._seed, f"{key}/{case.version}/act").integers(1 << 30))
        if name == HELP_ASKED:
            return self._ask_for_help(case, drawn, at)
        if name == HelpMoveName.FINISH:
            return self._finish_help(case, at)
        if name in (_M.RATE_GOOD, _M.RATE_BAD):
            return self._judged(case, name == _M.RATE_GOOD, drawn, at), name
        if name == _M.MERGE and (lead := self._lead_of(case, at)) is not None:
            return self._moved(case, _M.MERGE, Given(lead=lead), at), name
        if name == _M.MERGE or (name == _M.WITHDRAW and others_of(case)):
            name = _M.ACCEPT  # nobody else asks the same, or others wait for it: as usual
        given = self._given(case, key, name, drawn)
        try:
            return self._moved(case, MoveName(name), given, at), name
        except HelpStillOpenError:  # asked before somebody supervised it: that comes first
            return self._finish_help(case, at)

    def _moved(self, case: Case, name: MoveName, given: Given, at: datetime) -> Case:
        doer, by = self._doer(case, name, at)
        return make_any_move(case=case, name=name, doers={doer}, given=given, by=by, at=at)

    def _doer(self, case: Case, name: MoveName, at: datetime) -> tuple[Doer, Account]:
        if name in _BY_HEAD:
            return _D.HEAD, self._force.officer
        if name == _M.WITHDRAW or (name == _M.REOPEN and case.state == CaseState.CLOSED):
            return _D.ASKER, self._force.by
        if name in _BY_DISPATCHER or name == _M.REOPEN:
            return _D.DISPATCHER, self._checker(case)
        return _D.HANDLER, self._force.handler(case, at)

    def _checker(self, case: Case) -> Account:
        """Return who verifies: the officer, but never her own answer."""
        is_own = case.answered_by_id == self._force.officer.pk
        return self._force.by if is_own else self._force.officer

    def _given(self, case: Case, key: str, name: str, drawn: int) -> Given:
        if name == _M.CLASSIFY:
            code, grid = self._meant(key)
            matter = case.matter or Matter.objects.filter(code=code).first()
            return Given(matter=matter, unit=Unit.objects.get(pk=grid))
        if name in (_M.DISPATCH, _M.HAND_OVER):
            return Given(post=self._force.other_post(case, drawn))
        if name == _M.ANSWER:
            result = _result(drawn)
            answers = _ANSWERS[result]
            return Given(result=result, answer=answers[drawn % len(answers)])
        return Given(**_SAYS.get(name, {}))  # type: ignore[arg-type]

    def _lead_of(self, case: Case, at: datetime) -> Case | None:
        if case.matter is None or case.merged.exists():
            return None
        return _same(case.unit_id, case.matter.code, at, before=case.pk)

    def _ask_for_help(self, case: Case, drawn: int, at: datetime) -> tuple[Case, str]:
        post = self._force.other_post(case, drawn)
        if post is None:
            return case, HelpMoveName.FINISH
        limit = Limit(2, LimitUnit.WORK_DAY)
        wanted = HelpWanted("请一起到现场看一下，帮忙联系住户。", limit, post=post)
        by = self._force.handler(case, at)
        ask_for_help(case=case, wanted=wanted, doers={_D.HANDLER}, by=by, at=at)
        return case, HELP_ASKED

    def _finish_help(self, case: Case, at: datetime) -> tuple[Case, str]:
        mine = Q(case=case) | Q(case__lead=case)
        tasks = HelpTask.objects.filter(mine, state__in=OPEN_HELP).select_related("post__person")
        for task in tasks.order_by("pk"):
            by = self._helper(task.post, at)
            parts, words = {HelpPart.HELPER}, "已到场协助，住户情况说清楚了。"
            move_help(task=task, name=HelpMoveName.FINISH, parts=parts, words=words, by=by, at=at)
        return case, HelpMoveName.FINISH

    def _helper(self, post: Post | None, at: datetime) -> Account:
        return self._force.officer if post is None else self._force.account_of(post.person, at)

    def _judged(self, case: Case, is_good: bool, drawn: int, at: datetime) -> Case:
        words = "" if is_good else "还是老样子，请再看看。"
        judged = Judgement(drawn % 25 != 0, is_good, drawn % 20 != 1, is_good, words)
        return rate_answer(case=case, judgement=judged, by=self._force.by, at=at)


def _result(drawn: int) -> Result:
    share = drawn % 100
    if share < 72:
        return Result.SOLVED
    return Result.EXPLAINED if share < 95 else Result.UNSOLVABLE
