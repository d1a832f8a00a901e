"""The actions the writers of this bench carry out: small, but whole, as the product's own are."""

import random
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from hequan.core import audit
from hequan.core.accounts import Account
from hequan.core.jobs import enqueue, job
from hequan.core.versions import VersionStamp

PURSES = 200
EACH = 1_000_000
NEWS = "bench.core_told"
_PLAIN = """
INSERT INTO core_auditentry (at, by_id, on_behalf_of, verb, thing_kind, thing_id, before, after,
    lane, key_id, mac)
VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, 0, '', '') RETURNING id
"""


@job(NEWS)
def listen(payload: Any, at: datetime) -> None:
    """Do nothing: only the row that asks for it is measured."""


@transaction.atomic
def rename(*, pk: int, name: str, by: Account, at: datetime) -> None:
    """Select a row, update it, tell the news, leave an entry: what most actions do."""
    account = Account.objects.get(pk=pk)
    before = {"is_active": account.is_active, "number": account.pk}
    account.name = name
    account.save(update_fields=["name"])
    enqueue(NEWS, {"account": pk}, at)
    after = {"is_active": True, "number": len(name)}
    audit.record(verb="bench.renamed", by=by, at=at, thing=account, before=before, after=after)


@transaction.atomic
def pass_on(*, giver: str, taker: str, by: Account, at: datetime) -> None:
    """Move one from a purse to another, read and written back: any lost update shows in the sum."""
    names = sorted((giver, taker))
    rows = {
        row.name: row
        for row in VersionStamp.objects.filter(name__in=names).order_by("name").select_for_update()
    }
    rows[giver].number -= 1
    rows[taker].number += 1
    for name in names:
        rows[name].save(update_fields=["number"])
    enqueue(NEWS, {"from": giver, "to": taker}, at)
    audit.record(
        verb="bench.passed_on",
        by=by,
        at=at,
        thing=rows[giver],
        before={"number": rows[giver].number + 1},
        after={"number": rows[giver].number},
    )


def two_purses(dice: random.Random) -> tuple[str, str]:
    """Return the names of two purses."""
    giver, taker = dice.sample(range(PURSES), 2)
    return f"purse-{giver}", f"purse-{taker}"


def write_without_chain(facts: Any, key: Any) -> Any:
    """Write the entry as it was before there was a chain: the other side of the comparison."""
    import json

    with connection.cursor() as cursor:
        texts = [None if one is None else json.dumps(one) for one in (facts.before, facts.after)]
        row = [facts.at, facts.by, facts.on_behalf_of, facts.verb, facts.thing_kind]
        cursor.execute(_PLAIN, [*row, facts.thing_id, *texts])
        cursor.fetchone()
    return None


def record_without_chain(**given: Any) -> None:
    """Stand in for `record`: the same masks and the same row, no lane, no mac, no witness."""
    label = given["thing"]._meta.label_lower
    facts = audit.Facts(
        entry_id=0,
        at=given["at"],
        by=given["by"].pk,
        on_behalf_of=None,
        verb=given["verb"],
        thing_kind=label,
        thing_id=str(given["thing"].pk),
        before=audit.steady(audit.masked(label, given.get("before"))),
        after=audit.steady(audit.masked(label, given.get("after"))),
    )
    write_without_chain(facts, None)
