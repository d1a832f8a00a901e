"""Several people, one matter in the demo (演示同一事项): followed, merged, and one case split."""

from datetime import datetime, timedelta

from hequan.cases.actions import Given, follow_case, make_any_move, open_case
from hequan.cases.asking import Asking, Part
from hequan.cases.kinds import CaseChannel
from hequan.cases.moves import Doer, MoveName
from hequan.core.accounts import Account

_LAMPS, _RUBBISH = "51994", "52999"


def let_people_meet_the_same(*, grid: int, town: int, by: Account, at: datetime) -> None:
    """Open four cases in one micro-grid; two are one matter, one was two, and one is followed."""

    def asking(words: str, matter: str, phone: str, place: str = "7号楼") -> Asking:
        return Asking(
            channel=CaseChannel.PHONE_PAGE,
            words=words,
            at_unit=town,
            matter_code=matter,
            unit=grid,
            place_words=place,
            contact_phone=phone,
        )

    lamps = asking("7号楼一到三层楼道灯全不亮，老人晚上不敢下楼。", _LAMPS, "15499970001")
    lead = open_case(asking=lamps, by=by, at=at - timedelta(days=2))
    again = asking("楼道没有灯，昨晚有人踩空了。", _LAMPS, "15499970002")
    other = open_case(asking=again, by=by, at=at - timedelta(days=1))
    given, doers = Given(lead=lead), {Doer.DISPATCHER}
    soon = at - timedelta(hours=20)
    make_any_move(case=other, name=MoveName.MERGE, doers=doers, given=given, by=by, at=soon)
    also = asking("我家五楼，一样没有灯。", _LAMPS, "15499970003")
    follow_case(case=lead, asking=also, by=by, at=at - timedelta(hours=5))
    two = asking("垃圾桶满了三天没清，门口的路灯也坏了。", _RUBBISH, "15499970004", "北门口")
    whole = open_case(asking=two, by=by, at=at - timedelta(hours=8))
    parts = (Part("北门口的路灯坏了。", _LAMPS),)
    given = Given(parts=parts, stays="垃圾桶满了三天没清。")
    when = at - timedelta(hours=6)
    make_any_move(case=whole, name=MoveName.SPLIT, doers=doers, given=given, by=by, at=when)
