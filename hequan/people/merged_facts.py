"""What a person says of herself (合并取舍), compared and chosen field by field when two are one."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from hequan.people.models import Person, name_columns, phone_columns


def facts_of(person: Person) -> dict[str, Any]:
    """Return what the row says, as plain JSON values; the phone in the clear."""
    return {
        "name": person.name,
        "phone": person.phone.open(),
        "born_on": person.born_on.isoformat() if person.born_on else None,
        "unit_id": person.unit_id,
        "address": person.address,
        "account_id": person.account_id,
    }


def replaced_facts(
    winner: Mapping[str, Any], loser: Mapping[str, Any], from_loser: Collection[str]
) -> dict[str, Any]:
    """Return what the winner says anew: what was chosen, and what she was silent about."""
    return {
        name: value
        for name, value in loser.items()
        if value not in (None, "")
        and value != winner[name]
        and (name in from_loser or winner[name] in (None, ""))
    }


def put_facts(winner: Person, loser: Person, facts: Mapping[str, Any]) -> None:
    """Write facts into the winner's row; her account, where it changes, is exchanged.

    The loser keeps the account the winner gives up: whoever signs in with it is still found to be
    the winner, since the loser is merged into her.
    """
    columns = {name: value for name, value in facts.items() if name != "account_id"}
    if "name" in columns:
        columns |= name_columns(columns.pop("name"))
    if "phone" in columns:
        columns |= phone_columns(columns.pop("phone"))
    if columns.get("born_on"):
        columns["born_on"] = date.fromisoformat(columns["born_on"])
    for name, value in columns.items():
        setattr(winner, name, value)
    if columns:
        winner.save(update_fields=list(columns))
    if "account_id" in facts:
        _exchange_accounts(winner, loser, facts["account_id"])


def _exchange_accounts(winner: Person, loser: Person, account_id: int | None) -> None:
    given_up = winner.account_id
    for row in (winner, loser):  # one account is one row's: both are emptied before either is set
        row.account_id = None
        row.save(update_fields=["account"])
    winner.account_id, loser.account_id = account_id, given_up
    for row in (winner, loser):
        row.save(update_fields=["account"])
