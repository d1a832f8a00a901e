"""Who the demo's sign-ins are (人账对应): each is somebody with a post, and has messages."""

from collections.abc import Mapping
from datetime import datetime

from hequan.core.accounts import Account
from hequan.demo.staffing import Staffed
from hequan.people.actions import tie_account
from hequan.people.deliveries import notify
from hequan.roster.kinds import PostKind

STANDS_FOR = {
    "officer": PostKind.TOWN_OFFICER,
    "clerk": PostKind.STATION_CLERK,
    "viewer": PostKind.COMMITTEE_WORKER,
}
NOTICES = (
    {
        "title": "本周六停水检修",
        "text": "本周六8:00至12:00停水检修，请提醒辖区老人提前储水。",
    },
    {"title": "值班表已更新", "text": "下月值班表已排好，请在“我的值班”里核对。"},
)


def introduce(
    accounts: Mapping[str, Account], staffed: Staffed, *, by: Account, at: datetime
) -> None:
    """Tie each account to somebody who holds such a post, and tell her the town's notices."""
    for username, kind in STANDS_FOR.items():
        for person in staffed.by_kind.get(kind, [])[:1]:
            tie_account(person=person, account=accounts[username], by=by, at=at)
            for values in NOTICES:
                notify(person, "people.notice", values, by=by, at=at)
