"""The people of the small town's roster, and a way to give them posts.

Wang Li   has an account and no post; Zhao Qiang has neither; Sun Hao may appoint in Maple Lane
(he holds what a committee's secretary holds there, and no more).
"""

from dataclasses import dataclass
from datetime import date

import pytest

from hequan.core.accounts import Account
from hequan.core.grants import give_grants
from hequan.people.models import Person, name_columns, phone_columns
from hequan.roster import actions
from hequan.roster.kinds import PostKind
from hequan.roster.models import Post
from hequan.roster.places import Place, PlaceRow
from hequan.roster.post_capabilities import capabilities_of_kind
from hequan.territory.models import Unit
from tests.world import AT, World
from tests.world_rows import KeptRows

TODAY = date(2026, 3, 10)


@dataclass(frozen=True)
class Cast:
    """Who is there to be appointed, and who appoints."""

    wang: Person
    zhao: Person
    li: Person
    sun: Account  # of maple: a secretary's capabilities
    town: World

    def appoint(
        self, kind: PostKind, person: Person, row: PlaceRow, by: Account | None = None, **more
    ) -> Post:
        """Give a post from today on, unless said otherwise."""
        facts = {"valid_from": TODAY} | more
        place = Place.of(row)
        by = by or self.town.officer
        return actions.appoint_post(kind=kind, person=person, place=place, by=by, at=AT, **facts)


def make_person(
    name: str, phone: str = "", unit: Unit | None = None, account: Account | None = None
) -> Person:
    """Write a person's row."""
    columns = name_columns(name) | phone_columns(phone)
    return Person.objects.create(**columns, unit=unit, account=account, registered_at=AT)


def make_cast(world: World) -> Cast:
    """Write the people and the appointer's account."""
    account = Account.objects.create_user("wangli", password="wangli-password", name="王丽娟")
    sun = Account.objects.create_user("sunhao", password="sunhao-password", name="孙浩")
    secretary = capabilities_of_kind(PostKind.COMMITTEE_SECRETARY)
    give_grants(
        account=sun, capabilities=sorted(secretary), path=world.maple.path, by=world.system, at=AT
    )
    return Cast(
        wang=make_person("王丽娟", "13800000001", world.maple, account),
        zhao=make_person("赵强", "13800000002", world.maple),
        li=make_person("李梅", "13800000003", world.maple),
        sun=sun,
        town=world,
    )


kept_people = KeptRows(make_cast)


@pytest.fixture
def people(world) -> Cast:
    """The roster's people, as new for the test."""
    return kept_people.get(world)
