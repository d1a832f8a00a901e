"""A small catalogue, a list of three parties over five items, and who holds the posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from hequan.people.models import Organisation, Person
from hequan.roster.actions.matters import save_matters
from hequan.roster.actions.publishing import publish_list
from hequan.roster.actions.responsibilities import ItemEntry, start_draft, write_sheet
from hequan.roster.matters import MatterFacts
from hequan.roster.models import Post, ResponsibilityList
from hequan.roster.responsibilities import ListFacts, PartyFacts, PartyRole, ResolvesBy
from tests.world import AT, World
from tests.world_rows import KeptRows

DAY = date(2026, 1, 1)
TODAY = date(2026, 3, 10)
A, D, H, I = PartyRole.ANSWERABLE, PartyRole.DOES, PartyRole.HELPS, PartyRole.INFORMED  # noqa: E741

MATTERS = (
    MatterFacts("51", "物业与住房", "Housing", valid_from=DAY),
    MatterFacts("51999", "房屋渗漏水", "Leak", place_kinds=("estate",), valid_from=DAY),
    MatterFacts("51998", "电梯故障", "Lift", place_kinds=("estate", "mall"), valid_from=DAY),
    MatterFacts("52", "环境卫生", "Cleanliness", valid_from=DAY),
    MatterFacts("52999", "垃圾未清运", "Rubbish", valid_from=DAY),
)
HEAD = PartyFacts(0, "网格长", ResolvesBy.POST, post_kind="grid_head", level="grid")
DIRECTOR = PartyFacts(
    0, "居委会主任", ResolvesBy.POST, post_kind="committee_director", level="committee"
)
FIRM = PartyFacts(0, "物业公司", ResolvesBy.ORGANISATION_KIND, organisation_kind="property_firm")
PARTIES = (HEAD, DIRECTOR, FIRM)
ITEMS = (
    ItemEntry(1, "房屋与物业", ("51",), roles=(("居委会主任", A), ("物业公司", D))),
    ItemEntry(2, "漏水", ("51999",), roles=(("物业公司", A), ("网格长", H))),
    ItemEntry(3, "老公房漏水", ("51999",), ("old_public",), (("网格长", A), ("物业公司", D))),
    ItemEntry(4, "环境卫生", ("52",), roles=(("网格长", A), ("居委会主任", I))),
)


@dataclass(frozen=True)
class Lists:
    """The published list and who is there to answer."""

    town: World
    sheet: ResponsibilityList
    head: Post  # grid head of maple 1: Wang
    director: Post  # of maple: Zhao
    firm: Organisation  # property firm seated in maple


def person(name: str) -> Person:
    """A person without a telephone."""
    return Person.objects.create(name=name, registered_at=AT)


def post(kind: str, holder: Person | str, **where) -> Post:
    """A post from the first of the year, unless said otherwise."""
    holder = person(holder) if isinstance(holder, str) else holder
    return Post.objects.create(kind=kind, person=holder, **({"valid_from": DAY} | where))


def draft(
    world: World, items: Sequence[ItemEntry] = ITEMS, parties: Sequence[PartyFacts] = PARTIES
) -> ResponsibilityList:
    """A draft of the town's list."""
    by = world.officer
    sheet = start_draft(unit=world.town, title="责任清单", by=by, at=AT)
    write_sheet(sheet=sheet, parties=parties, items=items, source="test", by=by, at=AT)
    return sheet


def make_lists(world: World) -> Lists:
    """Enter the catalogue, publish the list, fill the posts of maple 1 and maple."""
    save_matters(facts=MATTERS, source="test", by=world.officer, at=AT)
    sheet = publish_list(
        sheet=draft(world), valid_from=DAY, with_holes=False, by=world.officer, at=AT
    )
    return Lists(
        town=world,
        sheet=sheet,
        head=post("grid_head", "王丽", unit=world.grids[0]),
        director=post("committee_director", "赵强", unit=world.maple),
        firm=Organisation.objects.create(name="红枫物业", kind="property_firm", unit=world.maple),
    )


kept_lists = KeptRows(make_lists)


@pytest.fixture
def lists(world) -> Lists:
    """The list in force since the first of the year, and its people."""
    return kept_lists.get(world)


def numbers(facts: ListFacts) -> list[int]:
    """The numbers of a list's items."""
    return [one.number for one in facts.items]
