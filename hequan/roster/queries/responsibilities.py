"""Reading responsibility lists (责任清单): versions, one list whole, what its check finds."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from hequan.core import versions
from hequan.people.models import Organisation
from hequan.roster.matters import kinds_of_place
from hequan.roster.models import (
    ItemParty,
    ResponsibilityItem,
    ResponsibilityList,
    ResponsibilityParty,
    ServiceArea,
)
from hequan.roster.queries.matters import catalogue_on
from hequan.roster.responsibilities import (
    Findings,
    ItemFacts,
    ListFacts,
    ListState,
    PartyFacts,
    check_list,
)
from hequan.territory.models import Unit

LISTS_STAMP = "roster.responsibilities"
_MOST_BODIES = 1000


@dataclass(frozen=True)
class ListRow:
    """One version in the register of lists."""

    pk: int
    unit_id: int
    unit_name: str
    unit_path: str
    version: int
    title: str
    state: str
    source: str
    valid_from: date | None
    valid_to: date | None
    items: int
    parties: int
    published_at: datetime | None

    def stands_on(self, on: date) -> str:
        """Return draft, coming, in_force or ended."""
        if self.state == ListState.DRAFT or self.valid_from is None:
            return "draft"
        if on < self.valid_from:
            return "coming"
        return "in_force" if self.valid_to is None or on < self.valid_to else "ended"


def list_rows(paths: Iterable[str]) -> list[ListRow]:
    """Return the versions of lists of units in these parts, newest first by unit: one query.

    A part written `=/1/17/` is that one unit without those below.
    """
    allowed = Q(pk__in=[])
    for path in paths:
        if path.startswith("="):
            allowed |= Q(unit__path=path[1:])
        else:
            allowed |= Q(unit__path__startswith=path)
    rows = (
        ResponsibilityList.objects.filter(allowed)
        .annotate(
            item_count=Count("items", distinct=True), party_count=Count("parties", distinct=True)
        )
        .order_by("unit__path", "-version")
        .select_related("unit")
    )
    return [
        ListRow(
            pk=one.pk,
            unit_id=one.unit_id,
            unit_name=one.unit.name,
            unit_path=one.unit.path,
            version=one.version,
            title=one.title,
            state=one.state,
            source=one.source,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            items=one.item_count,
            parties=one.party_count,
            published_at=one.published_at,
        )
        for one in rows
    ]


def list_facts(sheet: ResponsibilityList) -> ListFacts:
    """Return one version with all that stands in it, as it is now: four queries."""
    return _facts([sheet])[0]


def published_lists() -> tuple[ListFacts, ...]:
    """Return every published version whole: one query of a stamp, the rest is kept."""
    return _kept.get()


def _published() -> tuple[ListFacts, ...]:
    return tuple(_facts(list(ResponsibilityList.objects.filter(state=ListState.PUBLISHED))))


_kept = versions.Kept(_published, LISTS_STAMP)


def _facts(sheets: list[ResponsibilityList]) -> list[ListFacts]:
    wanted = [one.pk for one in sheets]
    items, parties = _items(wanted), _parties(wanted)
    return [
        ListFacts(
            key=one.pk,
            unit_id=one.unit_id,
            version=one.version,
            title=one.title,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            parties=tuple(parties[one.pk]),
            items=tuple(items[one.pk]),
        )
        for one in sheets
    ]


def _items(sheets: list[int]) -> dict[int, list[ItemFacts]]:
    matters: dict[int, list[str]] = defaultdict(list)
    named = ResponsibilityItem.matters.through.objects.filter(responsibilityitem__sheet__in=sheets)
    for item, code in named.order_by("matter__code").values_list(
        "responsibilityitem_id", "matter__code"
    ):
        matters[item].append(code)
    roles: dict[int, list[tuple[int, str]]] = defaultdict(list)
    cells = ItemParty.objects.filter(item__sheet__in=sheets)
    for item, party, role in cells.order_by("party__position", "party_id").values_list(
        "item_id", "party_id", "role"
    ):
        roles[item].append((party, role))
    found: dict[int, list[ItemFacts]] = defaultdict(list)
    for row in ResponsibilityItem.objects.filter(sheet__in=sheets).order_by("number"):
        found[row.sheet_id].append(
            ItemFacts(
                key=row.pk,
                number=row.number,
                text=row.text,
                matters=tuple(matters[row.pk]),
                place_kinds=tuple(row.place_kinds),
                roles=tuple(roles[row.pk]),
            )
        )
    return found


def _parties(sheets: list[int]) -> dict[int, list[PartyFacts]]:
    found: dict[int, list[PartyFacts]] = defaultdict(list)
    rows = ResponsibilityParty.objects.filter(sheet__in=sheets).order_by("position", "pk")
    for row in rows:
        found[row.sheet_id].append(
            PartyFacts(
                key=row.pk,
                name=row.name,
                resolves_by=row.resolves_by,
                post_kind=row.post_kind,
                level=row.level,
                organisation_kind=row.organisation_kind,
                organisation_id=row.organisation_id,
                position=row.position,
            )
        )
    return found


def fingerprint_of(facts: ListFacts) -> str:
    """Return the hash of all that stands in a list, whatever keys its rows have."""
    names = {one.key: one.name for one in facts.parties}
    said = {
        "unit": facts.unit_id,
        "version": facts.version,
        "title": facts.title,
        "from": str(facts.valid_from),
        "parties": [asdict(one) | {"key": 0} for one in facts.parties],
        "items": [
            asdict(one) | {"key": 0, "roles": [(names[key], role) for key, role in one.roles]}
            for one in facts.items
        ],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def is_untouched(sheet: ResponsibilityList) -> bool:
    """Tell whether a published list still holds what it held when it was published."""
    return sheet.fingerprint == fingerprint_of(list_facts(sheet))


def places_below(unit: Unit) -> list[tuple[str, ...]]:
    """Return the kinds of place that the micro-grids and committees of a unit are: one query.

    A micro-grid that says nothing of itself is what its committee is.
    """
    rows = Unit.objects.filter(path__startswith=unit.path, valid_to=None)
    kinds = rows.values_list(
        *("zone_kind", "estate_type", "parent__zone_kind", "parent__estate_type")
    ).distinct()
    found = set()
    for zone, estate, zone_above, estate_above in kinds:
        zone = zone or zone_above or ""
        estate = (estate or estate_above or "") if zone in ("", "estate") else ""
        found.add(kinds_of_place(zone, estate))
    return sorted(found)


def findings_of(sheet: ResponsibilityList, facts: ListFacts, on: date) -> Findings:
    """Return what the check of a list finds over the catalogue of a day and the unit's places."""
    return check_list(facts, catalogue_on(on).asked_for(), places_below(sheet.unit))


def bodies_below(unit: Unit) -> list[tuple[int, str, str]]:
    """Return the organisations a list of this unit may name: id, name and kind, by name."""
    rows = Organisation.objects.filter(closed_on=None)
    there = rows.filter(Q(unit__path__startswith=unit.path) | Q(unit=None))
    return list(there.order_by("kind", "name").values_list("pk", "name", "kind")[:_MOST_BODIES])


@dataclass(frozen=True)
class ServiceAreaRow:
    """An organisation and a unit it serves."""

    pk: int
    organisation_id: int
    organisation_name: str
    organisation_kind: str
    unit_id: int
    unit_name: str
    valid_from: date
    valid_to: date | None


def service_areas(paths: Iterable[str], on: date) -> list[ServiceAreaRow]:
    """Return who serves which unit in these parts from a day on: one query."""
    allowed = Q(pk__in=[])
    for path in paths:
        allowed |= Q(unit__path__startswith=path)
    rows = ServiceArea.objects.filter(allowed).filter(Q(valid_to=None) | Q(valid_to__gt=on))
    return [
        ServiceAreaRow(*row)
        for row in rows.order_by("unit__path", "organisation__name").values_list(
            *("pk", "organisation_id", "organisation__name", "organisation__kind"),
            *("unit_id", "unit__name", "valid_from", "valid_to"),
        )
    ]
