"""The demo's repair desk (演示物管家): one property firm, its price list, workers, some orders.

Everything goes through the actions that the pages use; dates are counted back from the build. The
pictures are plain planes of colour: nobody's home is shown.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from PIL import Image

from hequan.cases.actions import open_case
from hequan.cases.actions.repair_desk import Terms, save_prices, save_provider
from hequan.cases.actions.repair_effects import NOTHING, RepairGiven
from hequan.cases.actions.repair_returns import return_repair
from hequan.cases.actions.repairs import move_repair, open_repair
from hequan.cases.asking import Asking
from hequan.cases.kinds import CaseChannel, PhotoKind
from hequan.cases.models import PriceItem, Provider, Repair
from hequan.cases.photos import Photo, photo_from
from hequan.cases.repairs import (
    DispatchMode,
    LineFacts,
    PriceFacts,
    RepairMoveName,
    RepairPart,
)
from hequan.core.accounts import Account
from hequan.demo.settling import Settled
from hequan.people.actions import PersonFacts, save_person, tie_account
from hequan.people.kinds import OrganisationKind
from hequan.people.models import Organisation, Person
from hequan.roster.actions.post_batches import PostFacts, appoint_posts
from hequan.roster.days import day_of
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post
from hequan.roster.places import Place

_M, _P = RepairMoveName, RepairPart
_LEAK, _DAY = "51999", timedelta(days=1)
# beside the resident's number, in the same range that no operator has
_PHONES = "1549999001"
_WORKERS = ("丁志刚", "潘永生", "卢国平")
_PRICES = (
    PriceFacts("更换水龙头", "个", 8_500, 90),
    PriceFacts("疏通下水道", "次", 12_000, 30),
    PriceFacts("更换角阀", "个", 4_500, 90),
    PriceFacts("卫生间补漏", "平方米", 18_000, 365),
    PriceFacts("更换插座面板", "个", 3_000, 180),
    PriceFacts("门锁维修", "次", 9_000, 90),
    PriceFacts("更换吸顶灯", "盏", 6_000, 180),
)
# how far each goes: what is broken, how many days ago, how many of which item, what was done
_GIVEN, _ASKED = (_M.ASSIGN,), (_M.ASSIGN, _M.QUOTE)
_AGREED = (*_ASKED, _M.AGREE, _M.START)
_ORDERS: tuple[tuple[str, float, str, int, tuple[RepairMoveName, ...]], ...] = (
    ("厨房水龙头关不紧，一直滴水。", 0.2, "", 0, ()),
    ("卫生间下水慢，返味。", 0.4, "", 0, ()),
    ("门锁转不动，白天家里有人。", 1, "", 0, _GIVEN),
    ("卫生间地面渗水到楼下。", 2, "卫生间补漏", 3, _ASKED),
    ("插座面板松动冒火花。", 3, "更换插座面板", 2, (*_ASKED, _M.REFUSE)),
    ("阳台灯不亮。", 4, "更换吸顶灯", 1, _AGREED),
    ("水槽下角阀漏水。", 12, "更换角阀", 2, (*_AGREED, _M.FINISH)),
    ("厨房下水堵了。", 20, "疏通下水道", 1, (*_AGREED, _M.FINISH, _M.ACCEPT)),
)
_DOERS = {
    **dict.fromkeys((_M.QUOTE, _M.START, _M.FINISH), _P.WORKER),
    **dict.fromkeys((_M.AGREE, _M.REFUSE, _M.ACCEPT), _P.ASKER),
    _M.ASSIGN: _P.DISPATCHER,
}


@dataclass(frozen=True)
class _Desk:
    """Who repairs, and for whom."""

    provider: Provider
    posts: tuple[Post, ...]
    resident: Person
    clerk: Account
    worker: Account
    system: Account


def let_people_repair(
    settled: Settled,
    accounts: Mapping[str, Account],
    resident: Person,
    *,
    by: Account,
    at: datetime,
) -> None:
    """Make the first property firm a provider, and bring some orders as far as their scripts go."""
    firms = Organisation.objects.filter(kind=OrganisationKind.PROPERTY_FIRM)
    firm = firms.order_by("pk").first()
    if firm is None:
        return
    long_ago = at - 60 * _DAY
    terms = Terms(DispatchMode.GRAB, cap=3)
    provider = save_provider(organisation=firm, terms=terms, by=by, at=long_ago)
    save_prices(provider=provider, rows=_PRICES, by=by, at=long_ago)
    posts = _appointed(firm, accounts["repairer"], by, long_ago)
    people = resident, accounts["clerk"], accounts["repairer"], by
    desk = _Desk(provider, posts, *people)
    grid, town = (settled.ids[one] for one in (settled.codes.grids[0], settled.codes.towns[0]))
    rows = [_played(desk, number, grid, town, at) for number in range(len(_ORDERS))]
    _return(desk, rows[-1], at)


def _appointed(firm: Organisation, account: Account, by: Account, at: datetime) -> tuple[Post, ...]:
    """Give the firm three workers, the first of them with a sign-in, and a dispatcher."""
    facts = []
    for number, name in enumerate(_WORKERS):
        person = save_person(facts=PersonFacts(name, f"{_PHONES}{number}"), by=by, at=at)
        if number == 0:
            tie_account(person=person, account=account, by=by, at=at)
        facts.append(PostFacts(PostKind.REPAIR_WORKER, person, Place.of(firm), day_of(at)))
    chief = save_person(facts=PersonFacts("施敏", f"{_PHONES}9"), by=by, at=at)
    facts.append(PostFacts(PostKind.REPAIR_DISPATCHER, chief, Place.of(firm), day_of(at)))
    appoint_posts(facts=facts, by=by, at=at)
    rows = Post.objects.filter(organisation=firm, kind=PostKind.REPAIR_WORKER)
    return tuple(rows.select_related("person").order_by("pk"))


def _played(desk: _Desk, number: int, grid: int, town: int, at: datetime) -> Repair:
    words, days, item, count, moves = _ORDERS[number]
    opened_at = at - days * _DAY
    asking = Asking(
        channel=CaseChannel.COUNTER,
        words=words,
        at_unit=town,
        matter_code=_LEAK,
        unit=grid,
        place_words=f"{number + 1}号楼",
        asker=desk.resident.pk if _M.QUOTE in moves else None,
    )
    case = open_case(asking=asking, by=desk.clerk, at=opened_at)
    row = open_repair(
        case=case, provider=desk.provider, words=words, leads=True, by=desk.clerk, at=opened_at
    )
    for made, name in enumerate(moves, start=1):
        given = _given(desk, name, item, count, desk.posts[number % len(desk.posts)])
        when = opened_at + made * days / (len(moves) + 2) * _DAY
        parts = {_DOERS[name]}
        row = move_repair(repair=row, name=name, parts=parts, given=given, by=desk.worker, at=when)
    return row


def _given(desk: _Desk, name: RepairMoveName, item: str, count: int, worker: Post) -> RepairGiven:
    if name == _M.ASSIGN:
        return RepairGiven(worker=worker)
    if name == _M.QUOTE:
        price = PriceItem.objects.get(provider=desk.provider, what=item, valid_to=None)
        lines = (LineFacts(count, price.pk),)
        return RepairGiven(lines=lines, photos=(_picture(PhotoKind.BEFORE, 110),))
    if name == _M.FINISH:
        return RepairGiven(note="已更换，试水正常。", photos=(_picture(PhotoKind.AFTER, 190),))
    return NOTHING


def _picture(kind: PhotoKind, light: int) -> Photo:
    """Draw two planes of colour."""
    picture = Image.new("RGB", (320, 240), (light, light, light - 20))
    picture.paste((light - 60, light - 40, light - 30), (0, 150, 320, 240))
    file = io.BytesIO()
    picture.save(file, "JPEG")
    return photo_from(file.getvalue(), name="demo.jpg", kind=kind)


def _return(desk: _Desk, row: Repair, at: datetime) -> None:
    """Let one repair come back within its warranty."""
    words = "才几天又堵了，麻烦再来看看。"
    return_repair(repair=row, parts={_P.ASKER}, words=words, by=desk.system, at=at - 0.1 * _DAY)
