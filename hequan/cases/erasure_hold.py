"""What the one window waits for before a person is erased (删除前提): her disputes end first.

An agreement is the other side's too: while it runs nobody's asking may empty it, and afterwards
it stays whole for the other side. Her name goes; the last of the parties takes the record along,
and its time of keeping ends it for all.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.utils.translation import ngettext

from hequan.cases.dispute_kinds import OPEN_DISPUTES
from hequan.cases.models import Dispute, DisputeParty
from hequan.people.erasure import hold_erasure, share_rows


def disputes_to_end(persons: tuple[int, ...], at: datetime) -> str | None:
    """Return in words how many open mediations these rows of a person are party to, or None."""
    rows = Dispute.objects.filter(state__in=OPEN_DISPUTES, parties__person__in=persons)
    count = rows.distinct().count()
    if not count:
        return None
    told = ngettext(
        "%(n)s mediation with her is still open; it ends first.",
        "%(n)s mediations with her are still open; they end first.",
        count,
    )
    return told % {"n": count}


_SHARED = ("disputesession", "disputeterm", "disputevisit", "disputestep")


def with_other_parties(
    disputes_of: Callable[[list[Any]], dict[Any, int]], pks: list[Any], persons: tuple[int, ...]
) -> set[Any]:
    """Return the rows of a record in which somebody else stands, known here or by name only."""
    found = disputes_of(pks)
    rows = DisputeParty.objects.filter(dispute__in=set(found.values()))
    others = {
        party.dispute_id
        for party in rows.select_related("person")
        if party.person_id not in persons and _stands(party)
    }
    return {pk for pk, dispute in found.items() if dispute in others}


def _stands(party: DisputeParty) -> bool:
    if party.person is not None:
        return party.person.erased_at is None
    return party.organisation_id is not None or bool(party.name.open())


def _of_records(pks: list[Any]) -> dict[Any, int]:
    return {pk: pk for pk in pks}


def _of_rows(table: str, pks: list[Any]) -> dict[Any, int]:
    rows = apps.get_model("cases", table)._default_manager.filter(pk__in=pks)
    return dict(rows.values_list("pk", "dispute"))


def announce() -> None:
    """Hold an erasure back while a mediation is open; leave a closed one to its other parties."""
    hold_erasure(disputes_to_end)
    share_rows("cases.dispute", partial(with_other_parties, _of_records))
    for table in _SHARED:
        share_rows(f"cases.{table}", partial(with_other_parties, partial(_of_rows, table)))
