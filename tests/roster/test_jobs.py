"""The roster's jobs, told by the news of other apps."""

from datetime import timedelta

from hequan.core.accounts import Account
from hequan.core.grants import is_granted
from hequan.core.jobs import Job, enqueue, run_next
from hequan.core.kinds import Capability
from hequan.people.actions import tie_account
from hequan.people.actions.merging import merge_persons
from hequan.roster import actions
from hequan.roster.kinds import PostKind
from hequan.roster.models import DutySlot, Post
from hequan.roster.places import Place
from tests.roster.cast import TODAY
from tests.world import AT

HEAD, WORKER = PostKind.GRID_HEAD, PostKind.GRID_WORKER


def run_jobs(at=AT):
    while run_next(at):
        pass
    assert not Job.objects.exclude(state="done").filter(next_at__lte=at).exists()


def test_somebody_who_gets_an_account_may_do_what_her_post_allows(world, people):
    people.appoint(HEAD, people.zhao, world.grids[0])
    account = Account.objects.create_user("zhaoqiang")
    tie_account(person=people.zhao, account=account, by=world.system, at=AT)
    run_jobs()

    assert is_granted(account, Capability.SEE_PEOPLE, world.grids[0].path, AT)


def test_two_entries_made_one_hold_a_post_once_and_are_on_duty_once(world, people):
    for person in (people.wang, people.zhao):
        people.appoint(WORKER, person, world.grids[0], valid_from=TODAY - timedelta(days=1))
        actions.add_duty(
            place=Place.of(world.grids[0]),
            person=person,
            starts_at=AT + timedelta(days=1),
            ends_at=AT + timedelta(days=1, hours=2),
            by=world.officer,
            at=AT,
        )
    merge_persons(winner=people.wang, loser=people.zhao, by=world.officer, at=AT)
    run_jobs()

    assert Post.objects.filter(valid_to=None).count() == 1
    assert DutySlot.objects.filter(person=people.wang).count() == 1
    assert DutySlot.objects.filter(person=people.zhao).count() == 0


def test_the_nightly_jobs_run_on_an_empty_roster_and_on_a_full_one(world, people):
    for grid in world.grids[:2]:
        for name in ("roster.begin_and_end_posts", "roster.plan_duty"):
            enqueue(name, {"day": TODAY.isoformat()}, AT)
        run_jobs()
        people.appoint(HEAD, people.wang, grid)
