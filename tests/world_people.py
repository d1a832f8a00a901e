"""The people of the small town: who lives where, who belongs to whom, who signs in."""

from dataclasses import dataclass
from datetime import date, datetime

from hequan.core.accounts import Account
from hequan.people.actions import (
    GuardianFacts,
    PersonFacts,
    save_guardian,
    save_person,
    tie_account,
)
from hequan.people.kinds import GuardianDocument, GuardianKind
from hequan.people.models import Person

WANG_LI_PHONE = "13512340001"
RESIDENT_PHONE = "13612340004"


@dataclass(frozen=True)
class Cast:
    """Twelve people; behind each stands where she lives and what sets her apart."""

    wang_li: Person  # 王丽, maple 1: a phone, no account
    shan_jianguo: Person  # 单建国, maple 1: her husband, on her phone
    wang_xiaobao: Person  # 王小宝, maple 1: their son of nine, she is his guardian
    shan_xiaoyu: Person  # 单小雨, maple 1: their daughter of sixteen, he is her guardian
    li_genbao: Person  # 李根宝, maple 2: 82 years old, a landline only
    resident: Person  # 张伟, maple 3: signs in as `resident`
    outsider: Person  # 莫生, pine 2: signs in as `stranger`, granted nothing
    sun_mei: Person  # 孙梅, pine 1: the grid worker next door to maple
    he_chuan: Person  # 何川: head of a firm, lives in no unit of the town
    officer: Person  # 周敏, of the town, behind the account `officer`
    clerk: Person  # 陈洁, of maple, behind the account `clerk`
    viewer: Person  # 林涛, of pine, behind the account `viewer`


def make_cast(
    units: dict[str, int], accounts: dict[str, Account], by: Account, at: datetime
) -> Cast:
    """Enter the twelve through the actions; `units` and `accounts` are by the names used here."""

    def enter(
        name: str, unit: str = "", phone: str = "", born: str = "", address: str = ""
    ) -> Person:
        facts = PersonFacts(
            name, phone, date.fromisoformat(born) if born else None, units.get(unit), address
        )
        return save_person(facts=facts, by=by, at=at)

    lane = "红枫路1号101室"
    cast = Cast(
        wang_li=enter("王丽", "maple 1", WANG_LI_PHONE, "1988-05-01", lane),
        shan_jianguo=enter("单建国", "maple 1", WANG_LI_PHONE, "1985-11-20", lane),
        wang_xiaobao=enter("王小宝", "maple 1", "", "2016-06-01", lane),
        shan_xiaoyu=enter("单小雨", "maple 1", "", "2009-09-09", lane),
        li_genbao=enter("李根宝", "maple 2", "021-66780002", "1943-12-31", "红枫路11号"),
        resident=enter("张伟", "maple 3", RESIDENT_PHONE, "1995-02-28", "红枫路21号"),
        outsider=enter("莫生", "pine 2", "13712340005", "1979-07-07"),
        sun_mei=enter("孙梅", "pine 1", "13812340006", "1990-10-10"),
        he_chuan=enter("何川", "", "13912340007", "1975-03-03"),
        officer=enter("周敏", "town", "15012340008"),
        clerk=enter("陈洁", "maple", "15112340009"),
        viewer=enter("林涛", "pine", "15212340010"),
    )
    for name, account in accounts.items():
        tie_account(person=getattr(cast, name), account=account, by=by, at=at)
    for minor, guardian in (
        (cast.wang_xiaobao, cast.wang_li),
        (cast.shan_xiaoyu, cast.shan_jianguo),
    ):
        facts = GuardianFacts(GuardianKind.PARENT, GuardianDocument.HOUSEHOLD_REGISTER)
        save_guardian(minor=minor, guardian=guardian, facts=facts, by=by, at=at)
    return Cast(**{name: Person.objects.get(pk=getattr(cast, name).pk) for name in vars(cast)})
