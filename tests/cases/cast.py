"""Who is at work in the small town: a handler, a dispatcher, a head, and somebody next door.

52999 (rubbish) in a micro-grid of Maple Lane goes to its head, 51998 (lift) to the director.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from hequan.cases.actions import Given, make_move, open_case
from hequan.cases.asking import Asking
from hequan.cases.kinds import CaseChannel, Result
from hequan.cases.models import Case
from hequan.cases.moves import Doer, MoveName
from hequan.core.accounts import Account
from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from hequan.roster.models import Post
from tests.roster.list_cast import Lists, make_lists
from tests.world import AT, World
from tests.world_rows import KeptRows

RUBBISH, LIFT = "52999", "51998"
SEE, DISPATCH = Capability.SEE_CASES, Capability.DISPATCH_CASES
DONE_BY = {
    MoveName.ACCEPT: (Doer.HANDLER, Given()),
    MoveName.CONTACT: (Doer.HANDLER, Given(note="已电话联系")),
    MoveName.ANSWER: (Doer.HANDLER, Given(result=Result.SOLVED, answer="已清运")),
    MoveName.SEND_BACK: (Doer.HANDLER, Given(reason="不在本网格")),
    MoveName.VERIFY: (Doer.DISPATCHER, Given()),
    MoveName.PUBLISH: (Doer.DISPATCHER, Given()),
}


@dataclass(frozen=True)
class Desk:
    """The town at work."""

    town: World
    lists: Lists
    handler: Account  # head of maple 1
    dispatcher: Account  # director of maple
    chief: Account  # of the town: supervises
    neighbour: Account  # of pine: sees cases there

    def asking(self, **more: Any) -> Asking:
        """Rubbish in maple 1, by the resident's own page."""
        facts: dict[str, Any] = {
            "channel": CaseChannel.PHONE_PAGE,
            "words": "垃圾两天没人收",
            "at_unit": self.town.town.pk,
            "matter_code": RUBBISH,
            "unit": self.town.grids[0].pk,
        }
        return Asking(**(facts | more))

    def opened(self, at: datetime = AT, **more: Any) -> Case:
        """Open a case."""
        return open_case(asking=self.asking(**more), by=self.town.system, at=at)

    def moved(self, case: Case, *names: MoveName, at: datetime = AT) -> Case:
        """Make these moves one after another."""
        for name in names:
            doer, given = DONE_BY[name]
            by = self.handler if doer == Doer.HANDLER else self.dispatcher
            case = make_move(case=case, name=name, doers={doer}, given=given, by=by, at=at)
        return case

    def published(self, at: datetime = AT, **more: Any) -> Case:
        """Open a case and bring it to its published answer."""
        steps = (MoveName.ACCEPT, MoveName.CONTACT, MoveName.ANSWER)
        steps += (MoveName.VERIFY, MoveName.PUBLISH)
        return self.moved(self.opened(at, **more), *steps, at=at)


def make_desk(world: World) -> Desk:
    """Enter the list, its posts and their accounts."""
    lists = make_lists(world)
    maple, pine = world.maple.path, world.pine.path
    return Desk(
        town=world,
        lists=lists,
        handler=_account(world, "handler", lists.head, [SEE], world.grids[0].path),
        dispatcher=_account(world, "director", lists.director, [SEE, DISPATCH], maple),
        chief=_account(world, "chief", None, [SEE, Capability.SUPERVISE_CASES], world.town.path),
        neighbour=_account(world, "neighbour", None, [SEE, DISPATCH], pine),
    )


def _account(
    world: World, name: str, post: Post | None, capabilities: list[Capability], path: str
) -> Account:
    account = Account.objects.create_user(name, password=f"{name}-password", name=name)
    give_grants(account=account, capabilities=capabilities, path=path, by=world.system, at=AT)
    if post is not None:
        post.person.account = account
        post.person.save(update_fields=["account"])
    return account


kept_desk = KeptRows(make_desk)


@pytest.fixture
def desk(world) -> Desk:
    """The town at work, as new for the test."""
    return kept_desk.get(world)
