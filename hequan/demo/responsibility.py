"""The demo's responsibility list (责任清单): 27 items over 6 parties, and the draft after it.

responsibilities.csv holds the list in the form a town keeps it in. Two matters are left without an
answerable party on purpose; the draft fills them and moves two cells.
"""

import csv
from dataclasses import replace
from datetime import date, datetime
from importlib.resources import files

from django.utils import timezone

from hequan.core.accounts import Account
from hequan.demo.settling import Settled
from hequan.people.kinds import OrganisationKind
from hequan.people.models import Organisation
from hequan.roster.actions.matters import save_matters
from hequan.roster.actions.publishing import publish_list
from hequan.roster.actions.responsibilities import (
    ItemEntry,
    save_item,
    set_roles,
    start_draft,
    write_sheet,
)
from hequan.roster.actions.service_areas import serve_unit
from hequan.roster.imports.list_words import ROLE_WORDS, party_by_heading
from hequan.roster.models import ResponsibilityList
from hequan.roster.queries.responsibilities import list_facts
from hequan.roster.responsibilities import ItemFacts, PartyFacts, PartyRole
from hequan.roster.starter import starter_matters
from hequan.territory.models import Unit

TITLE, SOURCE = "居民区事务责任清单", "演示用，27 项 6 方"
_FIELDS = ("number", "text", "matters", "place_kinds")
_WITHOUT_FIRM = 6  # every sixth committee has no property firm


def _rows() -> list[dict[str, str]]:
    text = files("hequan.demo").joinpath("responsibilities.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def list_items() -> list[ItemEntry]:
    """Return the items of the demo's list."""
    return [
        ItemEntry(
            number=int(row["number"]),
            text=row["text"],
            matters=tuple(row["matters"].split(";")),
            place_kinds=tuple(kind for kind in row["place_kinds"].split(";") if kind),
            roles=tuple(
                (name, str(ROLE_WORDS[word]))
                for name, word in row.items()
                if name not in _FIELDS and word
            ),
        )
        for row in _rows()
    ]


def list_parties() -> list[PartyFacts]:
    """Return the six parties of the demo's list; the last is the town's own office."""
    found = []
    for name in [name for name in _rows()[0] if name not in _FIELDS]:
        facts = party_by_heading(name) or party_by_heading("镇政府")
        if facts is not None:
            found.append(replace(facts, name=name))
    return found


def share_responsibilities(*, settled: Settled, by: Account, at: datetime) -> None:
    """Enter the catalogue of matters, publish the list, begin the next, say who serves whom."""
    today = timezone.localtime(at).date()
    since = date(today.year - 1, 1, 1)
    save_matters(facts=starter_matters(since), source=SOURCE, by=by, at=at)
    town = Unit.objects.get(pk=settled.ids[settled.codes.towns[0]])
    sheet = start_draft(unit=town, title=TITLE, source=SOURCE, by=by, at=at)
    write_sheet(
        sheet=sheet, parties=list_parties(), items=list_items(), source=SOURCE, by=by, at=at
    )
    publish_list(sheet=sheet, valid_from=since, with_holes=True, by=by, at=at)
    _begin_next(town, by, at)
    _let_firms_serve(settled, since, by, at)


def _begin_next(town: Unit, by: Account, at: datetime) -> ResponsibilityList:
    """Begin the next version: one item more, two cells moved."""
    sheet = start_draft(unit=town, title=TITLE, source="修订讨论稿", by=by, at=at)
    added = ItemFacts(0, 28, "居务公开与工作人员意见", ("63998", "63996"))
    save_item(sheet=sheet, facts=added, by=by, at=at)
    facts = list_facts(sheet)
    items = {one.number: one.key for one in facts.items}
    party = {one.name: one.key for one in facts.parties}
    cells = {
        (items[28], party["居民区书记"]): PartyRole.ANSWERABLE,
        (items[9], party["网格长"]): PartyRole.DOES,
        (items[9], party["物业公司"]): PartyRole.ANSWERABLE,
        (items[17], party["镇城运办"]): PartyRole.HELPS,
    }
    set_roles(sheet=sheet, cells=cells, by=by, at=at)
    return sheet


def _let_firms_serve(settled: Settled, since: date, by: Account, at: datetime) -> None:
    firms = list(Organisation.objects.filter(kind=OrganisationKind.PROPERTY_FIRM).order_by("pk"))
    units = Unit.objects.in_bulk([settled.ids[code] for code in settled.codes.committees])
    for at_, code in enumerate(settled.codes.committees):
        if firms and at_ % _WITHOUT_FIRM != _WITHOUT_FIRM - 1:
            serve_unit(
                organisation=firms[at_ % len(firms)],
                unit=units[settled.ids[code]],
                valid_from=since,
                by=by,
                at=at,
            )
