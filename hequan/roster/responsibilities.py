"""The responsibility list (责任清单, R65): items by parties, and the rules over it.

Which item answers for a matter at a place, which matters nobody answers for (holes), which two
parties answer for (doubles), and what differs between two versions. Plain values only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from hequan.roster.matters import MatterRow, place_rank


class ListState(StrEnum):
    """How a version of a list stands; a published one never changes."""

    DRAFT = "draft"
    PUBLISHED = "published"


class PartyRole(StrEnum):
    """What a party has to do with an item."""

    ANSWERABLE = "answerable"
    DOES = "does"
    HELPS = "helps"
    INFORMED = "informed"


class ResolvesBy(StrEnum):
    """How a party of a list becomes persons at a place."""

    POST = "post"
    ORGANISATION_KIND = "organisation_kind"
    ORGANISATION = "organisation"
    STATION_POST = "station_post"
    UNSET = "unset"


@dataclass(frozen=True)
class PartyFacts:
    """One column of a list: who that is, and how it is found at a place."""

    key: int
    name: str
    resolves_by: str = ResolvesBy.UNSET
    post_kind: str = ""
    level: str = ""
    organisation_kind: str = ""
    organisation_id: int | None = None
    position: int = 0


@dataclass(frozen=True)
class ItemFacts:
    """One row of a list: matters by code, kinds of place (none: any), and roles by party key."""

    key: int
    number: int
    text: str
    matters: tuple[str, ...] = ()
    place_kinds: tuple[str, ...] = ()
    roles: tuple[tuple[int, str], ...] = ()

    def parties_with(self, role: PartyRole) -> tuple[int, ...]:
        """Return the keys of the parties that have this role."""
        return tuple(party for party, held in self.roles if held == role)

    def matter_rank(self, matter: MatterRow) -> int | None:
        """Return 2 where the item names the matter, 1 where its class, None where neither."""
        if matter.code in self.matters:
            return 2
        return 1 if matter.class_code and matter.class_code in self.matters else None


@dataclass(frozen=True)
class ListFacts:
    """One version of a list with all that stands in it."""

    key: int
    unit_id: int
    version: int
    title: str
    valid_from: date | None
    valid_to: date | None
    parties: tuple[PartyFacts, ...] = ()
    items: tuple[ItemFacts, ...] = ()

    def holds_on(self, on: date) -> bool:
        """Tell whether the version is in force on a day; the last day is the one before its end."""
        begun = self.valid_from is not None and self.valid_from <= on
        return begun and (self.valid_to is None or on < self.valid_to)

    @cached_property
    def party_of(self) -> Mapping[int, PartyFacts]:
        """The parties by key."""
        return {one.key: one for one in self.parties}

    @cached_property
    def _chosen(self) -> dict[tuple[str, tuple[str, ...]], "Choice | None"]:
        return {}

    def choose(self, matter: MatterRow, place: tuple[str, ...]) -> "Choice | None":
        """Return what `choose_item` does, found once for each matter and kind of place."""
        key = (matter.code, place)
        if key not in self._chosen:
            self._chosen[key] = choose_item(self.items, matter, place)
        return self._chosen[key]


@dataclass(frozen=True)
class Choice:
    """The item that answers, how closely it fits, and the fitting ones it was preferred to."""

    item: ItemFacts
    matter_rank: int
    place_rank: int
    others: tuple["Runner", ...] = ()


@dataclass(frozen=True)
class Runner:
    """A fitting item that was not chosen; `why` is matter, place or number."""

    item: ItemFacts
    why: str


def choose_item(
    items: Iterable[ItemFacts], matter: MatterRow, place: tuple[str, ...]
) -> Choice | None:
    """Return the item that answers for a matter at a place, None where no item speaks of it.

    The one that names the matter goes before one that names its class, then the one for the most
    particular kind of place, then the lower number.
    """
    fitting = _fitting(items, matter, place)
    if not fitting:
        return None
    first = fitting[0]
    others = tuple(Runner(one[2], _why(first, one)) for one in fitting[1:])
    return Choice(first[2], first[0], first[1], others)


_Fit = tuple[int, int, ItemFacts]


def _fitting(items: Iterable[ItemFacts], matter: MatterRow, place: tuple[str, ...]) -> list[_Fit]:
    fitting = [
        (by_matter, by_place, item)
        for item in items
        if (by_matter := item.matter_rank(matter)) is not None
        and (by_place := place_rank(item.place_kinds, place)) is not None
    ]
    return sorted(fitting, key=lambda one: (-one[0], -one[1], one[2].number, one[2].key))


def _why(first: _Fit, other: _Fit) -> str:
    if other[0] != first[0]:
        return "matter"
    return "place" if other[1] != first[1] else "number"


@dataclass(frozen=True)
class Hole:
    """A matter nobody answers for at these kinds of place; `item` speaks of it without a party."""

    matter: MatterRow
    places: tuple[tuple[str, ...], ...]
    everywhere: bool
    item: int | None = None


@dataclass(frozen=True)
class Double:
    """A matter two parties answer for at these kinds of place, by equally fitting items."""

    matter: MatterRow | None
    places: tuple[tuple[str, ...], ...]
    items: tuple[int, ...]
    parties: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """What a check of one list found."""

    holes: tuple[Hole, ...] = ()
    doubles: tuple[Double, ...] = ()
    items_without_answerable: tuple[int, ...] = ()
    items_without_matter: tuple[int, ...] = ()
    parties_unset: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        """Tell whether the list may not be published as it stands; holes alone do not block."""
        return bool(self.doubles or self.items_without_answerable or self.parties_unset)


def check_list(
    sheet: ListFacts, matters: Iterable[MatterRow], places: Iterable[tuple[str, ...]]
) -> Findings:
    """Return holes and doubles of a list over the matters and the kinds of place there are."""
    there = sorted(set(places)) or [()]
    holes: list[Hole] = []
    doubles = list(_doubled_items(sheet))
    for matter in matters:
        where = [one for one in there if place_rank(matter.place_kinds, one) is not None]
        holes += _holes(sheet, matter, where)
        doubles += _doubles(sheet, matter, where)
    return Findings(
        holes=tuple(holes),
        doubles=tuple(doubles),
        items_without_answerable=tuple(
            one.number for one in sheet.items if not one.parties_with(PartyRole.ANSWERABLE)
        ),
        items_without_matter=tuple(one.number for one in sheet.items if not one.matters),
        parties_unset=tuple(
            one.name for one in sheet.parties if one.resolves_by == ResolvesBy.UNSET
        ),
    )


def _doubled_items(sheet: ListFacts) -> Iterable[Double]:
    for item in sheet.items:
        keys = item.parties_with(PartyRole.ANSWERABLE)
        if len(keys) > 1:
            yield Double(None, (), (item.number,), _names(sheet, keys))


def _holes(sheet: ListFacts, matter: MatterRow, where: list[tuple[str, ...]]) -> list[Hole]:
    missing: dict[int | None, list[tuple[str, ...]]] = {}
    for place in where:
        chosen = choose_item(sheet.items, matter, place)
        if chosen is None:
            missing.setdefault(None, []).append(place)
        elif not chosen.item.parties_with(PartyRole.ANSWERABLE):
            missing.setdefault(chosen.item.number, []).append(place)
    return [
        Hole(matter, tuple(places), len(places) == len(where), number)
        for number, places in missing.items()
    ]


def _doubles(sheet: ListFacts, matter: MatterRow, where: list[tuple[str, ...]]) -> list[Double]:
    found: dict[tuple[int, ...], list[tuple[str, ...]]] = {}
    parties: dict[tuple[int, ...], set[int]] = {}
    for place in where:
        fitting = _fitting(sheet.items, matter, place)
        equal = [one[2] for one in fitting if one[:2] == fitting[0][:2]]
        answers = {item.parties_with(PartyRole.ANSWERABLE)[:1] for item in equal}
        if len(answers) > 1:
            numbers = tuple(item.number for item in equal)
            found.setdefault(numbers, []).append(place)
            parties[numbers] = {key for one in answers for key in one}
    return [
        Double(matter, tuple(places), numbers, _names(sheet, sorted(parties[numbers])))
        for numbers, places in found.items()
    ]


def _names(sheet: ListFacts, keys: Sequence[int]) -> tuple[str, ...]:
    return tuple(sheet.party_of[key].name for key in keys)


@dataclass(frozen=True)
class CellChange:
    """One cell that differs between two versions; an empty role means none."""

    number: int
    party: str
    before: str
    after: str


@dataclass(frozen=True)
class FactChange:
    """Something said of an item or a party that differs between two versions."""

    thing: str
    name: str
    before: object
    after: object


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions; items are known by number, parties by name."""

    items_added: tuple[ItemFacts, ...] = ()
    items_removed: tuple[ItemFacts, ...] = ()
    parties_added: tuple[str, ...] = ()
    parties_removed: tuple[str, ...] = ()
    cells: tuple[CellChange, ...] = ()
    item_facts: tuple[FactChange, ...] = ()
    party_facts: tuple[FactChange, ...] = ()
    numbers_changed: frozenset[int] = field(default=frozenset())

    @property
    def is_same(self) -> bool:
        """Tell whether nothing differs."""
        return self == Comparison()


def compare_lists(before: ListFacts, after: ListFacts) -> Comparison:
    """Return what was added, removed and changed from one version to another, cell by cell."""
    old, new = ({one.number: one for one in sheet.items} for sheet in (before, after))
    kept = sorted(old.keys() & new.keys())
    cells = tuple(c for n in kept for c in _cell_changes(before, after, old[n], new[n]))
    facts = tuple(c for n in kept for c in _item_changes(old[n], new[n]))
    were, are = ({one.name: one for one in sheet.parties} for sheet in (before, after))
    return Comparison(
        items_added=tuple(new[n] for n in sorted(new.keys() - old.keys())),
        items_removed=tuple(old[n] for n in sorted(old.keys() - new.keys())),
        parties_added=tuple(name for name in are if name not in were),
        parties_removed=tuple(name for name in were if name not in are),
        cells=cells,
        item_facts=facts,
        party_facts=tuple(
            c for name in are if name in were for c in _party_changes(were[name], are[name])
        ),
        numbers_changed=frozenset(
            {one.number for one in cells} | {int(one.thing) for one in facts}
        ),
    )


def _cell_changes(
    before: ListFacts, after: ListFacts, old: ItemFacts, new: ItemFacts
) -> Iterable[CellChange]:
    had = {before.party_of[key].name: role for key, role in old.roles}
    has = {after.party_of[key].name: role for key, role in new.roles}
    names = dict.fromkeys([one.name for one in (*before.parties, *after.parties)])
    for name in names:
        if had.get(name, "") != has.get(name, ""):
            yield CellChange(new.number, name, had.get(name, ""), has.get(name, ""))


def _item_changes(old: ItemFacts, new: ItemFacts) -> Iterable[FactChange]:
    for name in ("text", "matters", "place_kinds"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield FactChange(str(new.number), name, before, after)


def _party_changes(old: PartyFacts, new: PartyFacts) -> Iterable[FactChange]:
    for name in ("resolves_by", "post_kind", "level", "organisation_kind", "organisation_id"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield FactChange(new.name, name, before, after)
