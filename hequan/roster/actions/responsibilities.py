"""Writing responsibility lists (责任清单): a draft's items, parties and cells.

Only a draft is written: `draft_of` is the one door, locks the version's row and refuses a published
one. Publishing and ending are in `publishing.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from hequan.core import audit
from hequan.core.accounts import Account
from hequan.people.models import Organisation
from hequan.roster.errors import (
    DraftThereError,
    ForeignCellError,
    ItemNumberTakenError,
    PartyIncompleteError,
    PartyNameTakenError,
    PlaceKindError,
    PublishedListError,
    UnknownClassError,
)
from hequan.roster.matters import unknown_place_kinds
from hequan.roster.models import (
    ItemParty,
    Matter,
    ResponsibilityItem,
    ResponsibilityList,
    ResponsibilityParty,
)
from hequan.roster.queries.responsibilities import list_facts
from hequan.roster.responsibilities import (
    ItemFacts,
    ListFacts,
    ListState,
    PartyFacts,
    PartyRole,
    ResolvesBy,
)
from hequan.territory.models import Unit

Cells = Mapping[tuple[int, int], str]

# what a party must say, by the way it is found
_NEEDED: Mapping[str, tuple[str, ...]] = {
    ResolvesBy.POST: ("post_kind", "level"),
    ResolvesBy.STATION_POST: ("post_kind",),
    ResolvesBy.ORGANISATION_KIND: ("organisation_kind",),
    ResolvesBy.ORGANISATION: ("organisation_id",),
    ResolvesBy.UNSET: (),
}


@dataclass(frozen=True)
class ItemEntry:
    """An item as a spreadsheet says it: matters by code, roles by the party's name."""

    number: int
    text: str
    matters: tuple[str, ...] = ()
    place_kinds: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def start_draft(
    *, unit: Unit, title: str, source: str = "", by: Account, at: datetime
) -> ResponsibilityList:
    """Begin the next version of a unit's list, with all that stands in the newest one."""
    # the unit's row is the lock: two officers cannot begin one draft each
    Unit.objects.select_for_update().get(pk=unit.pk)
    there = ResponsibilityList.objects.filter(unit=unit)
    draft = there.filter(state=ListState.DRAFT).first()
    if draft is not None:
        raise DraftThereError(unit=unit.name, version=draft.version)
    newest = there.order_by("-version").first()
    sheet = ResponsibilityList.objects.create(
        unit=unit,
        version=(newest.version if newest else 0) + 1,
        title=title or (newest.title if newest else ""),
        source=source,
    )
    if newest is not None:
        _copy(list_facts(newest), sheet)
    after = {"unit": unit.pk, "version": sheet.version, "title": sheet.title}
    audit.record(verb="roster.list_begun", by=by, at=at, thing=sheet, after=after)
    return sheet


@transaction.atomic
def describe_draft(
    *, sheet: ResponsibilityList, title: str, source: str, by: Account, at: datetime
) -> None:
    """Give a draft its title and the document it comes from."""
    row = draft_of(sheet)
    before = {"title": row.title, "source": row.source}
    row.title, row.source = title, source
    row.save(update_fields=["title", "source"])
    after = {"title": title, "source": source}
    audit.record(verb="roster.list_described", by=by, at=at, thing=row, before=before, after=after)


@transaction.atomic
def save_item(
    *, sheet: ResponsibilityList, facts: ItemFacts, by: Account, at: datetime
) -> ResponsibilityItem:
    """Enter an item of a draft (key 0), or change one; its cells are set by `set_roles`."""
    row = draft_of(sheet)
    holder = ResponsibilityItem.objects.filter(sheet=row, number=facts.number).first()
    if holder is not None and holder.pk != facts.key:
        raise ItemNumberTakenError(number=facts.number)
    item = _item_of(row, facts.key) if facts.key else ResponsibilityItem(sheet=row)
    before = {"number": item.number, "text": item.text} if facts.key else None
    _lay_item(item, facts.number, facts.text, facts.place_kinds)
    item.matters.set(_matters(facts.matters))
    after = {"number": facts.number, "text": facts.text, "matters": list(facts.matters)}
    audit.record(verb="roster.item_saved", by=by, at=at, thing=item, before=before, after=after)
    return item


@transaction.atomic
def remove_item(*, sheet: ResponsibilityList, item_key: int, by: Account, at: datetime) -> None:
    """Take an item out of a draft."""
    row = draft_of(sheet)
    item = _item_of(row, item_key)
    before = {"number": item.number, "text": item.text}
    audit.record(verb="roster.item_removed", by=by, at=at, thing=item, before=before)
    item.delete()


@transaction.atomic
def save_party(
    *, sheet: ResponsibilityList, facts: PartyFacts, by: Account, at: datetime
) -> ResponsibilityParty:
    """Enter a party of a draft (key 0), or change one; refuses one that cannot be found."""
    row = draft_of(sheet)
    _check_party(facts)
    holder = ResponsibilityParty.objects.filter(sheet=row, name=facts.name).first()
    if holder is not None and holder.pk != facts.key:
        raise PartyNameTakenError(name=facts.name)
    party = _party_of(row, facts.key) if facts.key else ResponsibilityParty(sheet=row)
    before = {"name": party.name, "resolves_by": party.resolves_by} if facts.key else None
    _lay_party(party, facts, facts.position or _next_position(row))
    after = {"name": facts.name, "resolves_by": facts.resolves_by, "post_kind": facts.post_kind}
    audit.record(verb="roster.party_saved", by=by, at=at, thing=party, before=before, after=after)
    return party


@transaction.atomic
def remove_party(*, sheet: ResponsibilityList, party_key: int, by: Account, at: datetime) -> None:
    """Take a party out of a draft, with its cells."""
    row = draft_of(sheet)
    party = _party_of(row, party_key)
    before = {"name": party.name}
    audit.record(verb="roster.party_removed", by=by, at=at, thing=party, before=before)
    party.delete()


@transaction.atomic
def set_roles(*, sheet: ResponsibilityList, cells: Cells, by: Account, at: datetime) -> int:
    """Set cells of a draft, by item and party key; an empty role empties the cell.

    Cells that are not named stay. Returns how many changed.
    """
    row = draft_of(sheet)
    facts = list_facts(row)
    items = {one.key: one for one in facts.items}
    had = {(i.key, party): role for i in facts.items for party, role in i.roles}
    if any(i not in items or p not in facts.party_of for i, p in cells):
        raise ForeignCellError
    changed = {
        cell: role and PartyRole(role) for cell, role in cells.items() if had.get(cell, "") != role
    }
    if not changed:
        return 0
    for item, party in changed:
        ItemParty.objects.filter(item=item, party=party).delete()
    _fill((cell, role) for cell, role in changed.items() if role)
    said = {f"{items[i].number}/{facts.party_of[p].name}": str(r) for (i, p), r in changed.items()}
    before = {
        f"{items[i].number}/{facts.party_of[p].name}": had.get((i, p), "") for i, p in changed
    }
    audit.record(verb="roster.roles_set", by=by, at=at, thing=row, before=before, after=said)
    return len(changed)


@transaction.atomic
def write_sheet(
    *,
    sheet: ResponsibilityList,
    parties: Sequence[PartyFacts],
    items: Sequence[ItemEntry],
    source: str,
    by: Account,
    at: datetime,
) -> None:
    """Write items and parties of a spreadsheet into a draft: by number and name, others stay."""
    row = draft_of(sheet)
    known = {one.name: one for one in ResponsibilityParty.objects.filter(sheet=row)}
    for facts in parties:
        if facts.name not in known:
            party = ResponsibilityParty(sheet=row)
            _lay_party(party, facts, _next_position(row))
            known[facts.name] = party
    numbered = {one.number: one for one in ResponsibilityItem.objects.filter(sheet=row)}
    named = {code for one in items for code in one.matters}
    matters = {one.code: one for one in Matter.objects.filter(code__in=named)}
    for entry in items:
        item = numbered.get(entry.number) or ResponsibilityItem(sheet=row)
        _lay_item(item, entry.number, entry.text, entry.place_kinds)
        item.matters.set([matters[code] for code in entry.matters])
        item.cells.all().delete()
        _fill(((item.pk, known[name].pk), role) for name, role in entry.roles)
    after = {"items": len(items), "parties": len(parties), "source": source}
    audit.record(verb="roster.list_imported", by=by, at=at, thing=row, after=after)


def draft_of(sheet: ResponsibilityList) -> ResponsibilityList:
    """Return the list's row, locked; PublishedListError for one that is published."""
    row = ResponsibilityList.objects.select_for_update().get(pk=sheet.pk)
    if row.state != ListState.DRAFT:
        raise PublishedListError(version=row.version)
    return row


def _copy(facts: ListFacts, sheet: ResponsibilityList) -> None:
    parties = {}
    for one in facts.parties:
        party = ResponsibilityParty(sheet=sheet)
        _lay_party(party, one, one.position)
        parties[one.key] = party.pk
    for item in facts.items:
        row = ResponsibilityItem(sheet=sheet)
        _lay_item(row, item.number, item.text, item.place_kinds)
        row.matters.set(_matters(item.matters))
        _fill(((row.pk, parties[key]), role) for key, role in item.roles)


def _fill(cells: Any) -> None:
    ItemParty.objects.bulk_create(
        ItemParty(item_id=item, party_id=party, role=PartyRole(role))
        for (item, party), role in cells
    )


def _lay_item(item: ResponsibilityItem, number: int, text: str, place_kinds: Sequence[str]) -> None:
    for kind in unknown_place_kinds(place_kinds):
        raise PlaceKindError(value=kind)
    item.number, item.text, item.place_kinds = number, text, list(place_kinds)
    item.save()


def _lay_party(party: ResponsibilityParty, facts: PartyFacts, position: int) -> None:
    """Keep only what the way of finding needs, so that no forgotten value misleads."""
    needed = (*_NEEDED[facts.resolves_by], "level")
    party.position, party.name, party.resolves_by = position, facts.name, facts.resolves_by
    party.post_kind = facts.post_kind if "post_kind" in needed else ""
    party.level = facts.level if facts.resolves_by == ResolvesBy.POST else ""
    party.organisation_kind = facts.organisation_kind if "organisation_kind" in needed else ""
    party.organisation_id = facts.organisation_id if "organisation_id" in needed else None
    party.save()


def _check_party(facts: PartyFacts) -> None:
    for name in _NEEDED[facts.resolves_by]:
        if not getattr(facts, name):
            raise PartyIncompleteError(name=facts.name, missing=name)
    if facts.organisation_id and not Organisation.objects.filter(pk=facts.organisation_id).exists():
        raise PartyIncompleteError(name=facts.name, missing="organisation")


def _matters(codes: Sequence[str]) -> list[Matter]:
    known = {one.code: one for one in Matter.objects.filter(code__in=codes)}
    for code in codes:
        if code not in known:
            raise UnknownClassError(parent=code, code=code)
    return [known[code] for code in codes]


def _item_of(sheet: ResponsibilityList, key: int) -> ResponsibilityItem:
    found = ResponsibilityItem.objects.filter(sheet=sheet, pk=key).first()
    if found is None:
        raise ForeignCellError
    return found


def _party_of(sheet: ResponsibilityList, key: int) -> ResponsibilityParty:
    found = ResponsibilityParty.objects.filter(sheet=sheet, pk=key).first()
    if found is None:
        raise ForeignCellError
    return found


def _next_position(sheet: ResponsibilityList) -> int:
    last = ResponsibilityParty.objects.filter(sheet=sheet).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
