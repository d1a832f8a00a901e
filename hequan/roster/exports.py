"""Responsibility lists going out (清单导出): a workbook in the form the import takes."""

from collections.abc import Sequence

from hequan.files.sheets import Sheet, workbook_bytes
from hequan.files.values import Cell
from hequan.roster.imports.list_words import ROLE_CHINESE
from hequan.roster.imports.responsibilities import FIELDS
from hequan.roster.responsibilities import ListFacts, PartyRole


def list_workbook(facts: ListFacts) -> bytes:
    """Return a list as .xlsx: items in rows, parties in columns, the role in the cell."""
    headers = [one.titles[0] for one in FIELDS] + [one.name for one in facts.parties]
    rows: list[list[Cell]] = []
    for item in facts.items:
        roles = dict(item.roles)
        cells = [roles.get(party.key, "") for party in facts.parties]
        rows.append(
            [
                item.number,
                item.text,
                "；".join(item.matters),
                "；".join(item.place_kinds),
                *(ROLE_CHINESE[PartyRole(role)] if role else None for role in cells),
            ]
        )
    words = list(ROLE_CHINESE.values())
    choices: dict[str, Sequence[str]] = {one.name: words for one in facts.parties}
    return workbook_bytes([Sheet("责任清单", headers, rows, choices=choices)])
