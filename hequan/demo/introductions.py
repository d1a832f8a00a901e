"""Who the demo's sign-ins are (人账对应): each is somebody with a post, and has messages.

A resident signs in by a code sent to her number; it is shown where the texts of the demo go.
"""

from collections.abc import Mapping
from datetime import date, datetime

from hequan.core.accounts import Account
from hequan.demo.staffing import Staffed
from hequan.people.actions import PersonFacts, save_person, tie_account
from hequan.people.deliveries import notify
from hequan.people.models import Person
from hequan.people.queries import persons_with_phone
from hequan.roster.actions import write_out_grants
from hequan.roster.kinds import PostKind

STANDS_FOR = {
    "officer": PostKind.TOWN_OFFICER,
    "clerk": PostKind.STATION_CLERK,
    "viewer": PostKind.COMMITTEE_WORKER,
    # around the first micro-grid, where the demo's resident lives
    "dispatcher": PostKind.TOWN_OFFICER,
    "grid": PostKind.GRID_HEAD,
    "head": PostKind.AREA_HEAD,
}
# beside the numbers that PeopleNames hands out, in the same range that no operator has
RESIDENT_NAME, RESIDENT_PHONE = "示例居民", "15499990001"
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
    given: dict[PostKind, int] = {}
    for username, kind in STANDS_FOR.items():
        nth = given[kind] = given.get(kind, -1) + 1
        for person in staffed.by_kind.get(kind, [])[nth : nth + 1]:
            tie_account(person=person, account=accounts[username], by=by, at=at)
            for values in NOTICES:
                notify(person, "people.notice", values, by=by, at=at)


def write_out_posts(accounts: Mapping[str, Account], *, by: Account, at: datetime) -> None:
    """Let the sign-ins do what their posts allow from the first minute.

    The jobs that do it for everybody stand behind a month of messages.
    """
    for person in Person.objects.filter(account__in=accounts.values()):
        write_out_grants(person=person, by=by, at=at)


def enter_resident(*, unit_id: int, by: Account, at: datetime) -> Person:
    """Enter the demo's resident, who has no account before she signs in by code."""
    facts = PersonFacts(RESIDENT_NAME, RESIDENT_PHONE, date(1962, 5, 1), unit_id)
    return save_person(facts=facts, by=by, at=at)


def has_resident() -> bool:
    """Tell whether somebody still signs in with the number of the demo's resident."""
    return bool(persons_with_phone(RESIDENT_PHONE))
