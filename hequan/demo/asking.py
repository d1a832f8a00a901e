"""What the demo's people have asked (演示工单): some fifty cases, each as far as its script goes.

Opened over the last working weeks through the actions that the pages use, so that every queue of
the board holds something and one status page shows a whole course. askings.csv holds their words.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from hequan.cases.actions import (
    Given,
    Judgement,
    answer_at_once,
    make_move,
    open_case,
    rate_answer,
)
from hequan.cases.asking import Asking
from hequan.cases.kinds import CaseChannel, CaseState, Result
from hequan.cases.models import Case
from hequan.cases.moves import Doer, MoveName
from hequan.core.accounts import Account
from hequan.demo.beside_cases import add_beside_cases
from hequan.demo.public_words import let_everybody_read
from hequan.demo.same_matter import let_people_meet_the_same
from hequan.demo.settling import Settled
from hequan.people.models import Person

CASES = 52
_M = MoveName
# how far each goes, over and over: (how many days ago it was opened, what was done with it)
_SCRIPTS: tuple[tuple[float, tuple[MoveName, ...]], ...] = (
    (0.1, ()),
    (1.2, (_M.ACCEPT, _M.CONTACT)),
    (9, (_M.ACCEPT, _M.CONTACT, _M.ANSWER, _M.VERIFY, _M.PUBLISH, _M.RATE_GOOD)),
    (3, (_M.ACCEPT,)),
    (0.3, (_M.ACCEPT, _M.CONTACT)),
    (6, (_M.ACCEPT, _M.CONTACT, _M.ANSWER, _M.VERIFY, _M.PUBLISH)),
    (0.2, ()),
    (5, (_M.ACCEPT, _M.CONTACT, _M.ANSWER)),
    (0.5, (_M.SEND_BACK,)),
    (12, (_M.ACCEPT, _M.CONTACT, _M.PAUSE)),
    (8, (_M.ACCEPT, _M.CONTACT, _M.ANSWER, _M.VERIFY, _M.PUBLISH, _M.RATE_BAD)),
    (2, ()),
    (7, (_M.ACCEPT, _M.CONTACT, _M.SUPERVISE)),
    (4, (_M.REFUSE,)),
)
_ANSWERS = {
    Result.SOLVED: "已现场处理完毕，三天后会再来看一次。",
    Result.EXPLAINED: "已说明政策和办理方式，需要的材料写在回执上。",
}


@dataclass(frozen=True)
class _People:
    """Who does what in the demo."""

    resident: Person
    clerk: Account
    officer: Account
    system: Account


def let_people_ask(
    settled: Settled,
    accounts: Mapping[str, Account],
    resident: Person,
    *,
    by: Account,
    at: datetime,
) -> None:
    """Open the demo's cases and move each as far as its script goes."""
    people = _People(resident, accounts["clerk"], accounts["officer"], by)
    grids = [settled.ids[code] for code in settled.codes.grids]
    town = settled.ids[settled.codes.towns[0]]
    rows = _rows()
    for number in range(CASES):
        days, moves = _SCRIPTS[number % len(_SCRIPTS)]
        asking = _asking(rows[number % len(rows)], number, grids, town)
        opened_at = at - timedelta(days=days, minutes=7 * number % 60)
        if number == 2:  # the resident's own, with its whole course
            asking = replace(asking, asker=resident.pk)
        _play(asking, moves, people, opened_at, at)
    let_people_meet_the_same(grid=grids[0], town=town, by=people.officer, at=at)
    let_everybody_read(by=people.officer, at=at)
    add_beside_cases(grids, town, accounts, resident, by=by, at=at)


def _rows() -> Sequence[dict[str, str]]:
    text = files("hequan.demo").joinpath("askings.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _asking(row: dict[str, str], number: int, grids: Sequence[int], town: int) -> Asking:
    """Return what is asked; one in nine says no place, one in seven asks in confidence."""
    doors = (CaseChannel.PHONE_PAGE, CaseChannel.COUNTER, CaseChannel.TELEPHONE, CaseChannel.PATROL)
    return Asking(
        channel=doors[number % len(doors)],
        words=row["words"],
        at_unit=town,
        matter_code=row["matter"],
        unit=None if number % 9 == 8 else grids[number * 7 % len(grids)],
        place_words=row["place"],
        contact_name="" if number % 5 == 4 else "居民",
        contact_phone="" if number % 5 == 4 else f"1549998{number:04d}",
        is_confidential=number % 7 == 6,
    )


def _play(
    asking: Asking,
    moves: Sequence[MoveName],
    people: _People,
    opened_at: datetime,
    at: datetime,
) -> None:
    if not asking.place_words and moves and asking.matter_code:  # a question: told on the spot
        result = Result.EXPLAINED
        asking = replace(asking, channel=CaseChannel.COUNTER)
        answer = _ANSWERS[result]
        answer_at_once(asking=asking, result=result, answer=answer, by=people.clerk, at=opened_at)
        return
    by = people.system if asking.channel == CaseChannel.PHONE_PAGE else people.clerk
    case = open_case(asking=asking, by=by, at=opened_at)
    step = (at - opened_at) / (len(moves) + 1)
    for made, name in enumerate(moves, start=1):
        if case.state == CaseState.TRIAGE and name != _M.REFUSE:
            return
        case = _moved(case, name, people, opened_at + made * step)


def _moved(case: Case, name: MoveName, people: _People, at: datetime) -> Case:
    if name in (_M.RATE_GOOD, _M.RATE_BAD):
        good = name == _M.RATE_GOOD
        words = "" if good else "还是老样子，请再看看。"
        judged = Judgement(True, good, True, good, words)
        return rate_answer(case=case, judgement=judged, by=people.system, at=at)
    doer, by, given = _done_by(name, people)
    return make_move(case=case, name=name, doers={doer}, given=given, by=by, at=at)


def _done_by(name: MoveName, people: _People) -> tuple[Doer, Account, Given]:
    told: dict[MoveName, Any] = {
        _M.ACCEPT: (Doer.HANDLER, people.clerk, Given()),
        _M.CONTACT: (Doer.HANDLER, people.clerk, Given(note="已电话联系，约明天上门。")),
        _M.SEND_BACK: (Doer.HANDLER, people.clerk, Given(reason="不在本网格，请改派。")),
        _M.PAUSE: (Doer.HEAD, people.officer, Given(reason="等待配件到货。")),
        _M.SUPERVISE: (Doer.HEAD, people.officer, Given(note="请本周内办结。")),
        _M.ANSWER: (
            *(Doer.HANDLER, people.clerk),
            Given(result=Result.SOLVED, answer=_ANSWERS[Result.SOLVED]),
        ),
        _M.VERIFY: (Doer.DISPATCHER, people.officer, Given()),
        _M.PUBLISH: (Doer.DISPATCHER, people.officer, Given()),
        _M.REFUSE: (Doer.DISPATCHER, people.officer, Given(ground="属市级路段，已告知拨打12345。")),
    }
    found: tuple[Doer, Account, Given] = told[name]
    return found
