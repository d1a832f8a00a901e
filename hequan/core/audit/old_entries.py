"""Entries of releases before the chain (旧审计记录), tied into the first lane by a migration.

From then on they cannot be changed unseen. What happened to them before, no chain can tell.
"""

from typing import Any

from hequan.core.audit.chain import Facts, Place, mac_of, steady
from hequan.core.keyring import KeyPurpose, keyring

_LANE = 1
_PIECE = 1000


def chain_old_entries(apps: Any, schema_editor: Any) -> None:
    """Give every entry without a place one at the end of lane 1; a migration calls it."""
    entries = apps.get_model("core", "AuditEntry").objects.filter(number__isnull=True)
    lanes = apps.get_model("core", "AuditLane").objects
    if not entries.exists():
        return
    lane, _ = lanes.get_or_create(pk=_LANE)
    last = 0
    while piece := list(entries.filter(pk__gt=last).order_by("pk")[:_PIECE]):
        for entry in piece:
            lane.number, lane.head = _tie(entry, lane.number, lane.head)
        fields = ["lane", "number", "key_id", "mac", "before", "after"]
        entries.model.objects.bulk_update(piece, fields)
        last = piece[-1].pk
    lane.save()


def _tie(entry: Any, number: int, head: str) -> tuple[int, str]:
    key = keyring().current(KeyPurpose.AUDIT)
    entry.before, entry.after = steady(entry.before), steady(entry.after)
    facts = Facts(
        entry.pk,
        entry.at,
        entry.by_id,
        entry.on_behalf_of,
        entry.verb,
        entry.thing_kind,
        entry.thing_id,
        entry.before,
        entry.after,
    )
    place = Place(_LANE, number + 1, head)
    entry.lane, entry.number, entry.key_id = _LANE, number + 1, key.key_id
    entry.mac = mac_of(place, facts, key)
    return entry.number, entry.mac
