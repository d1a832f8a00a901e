"""A walking network stored and put in use."""

import secrets
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.planner.network import WalkNetwork
from hequan.planner.network_store import save_network
from hequan.territory.models import StreetNetwork
from hequan.territory.queries.streets import STREETS_STAMP, network_folder

_KEPT = 3  # older networks' files are removed, their rows stay


def put_street_network(
    *,
    network: WalkNetwork,
    name: str,
    source: str,
    report: Mapping[str, Any],
    by: Account,
    at: datetime,
) -> StreetNetwork:
    """Store a network in the data folder and make it the one in use.

    Files are written first, in a folder of their own; where the row cannot be written they are
    removed again, so that the database never names files that are not there.
    """
    folder = f"{at:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
    target = network_folder(folder)
    Path(settings.NETWORKS_ROOT).mkdir(parents=True, exist_ok=True)
    try:
        save_network(network, target)
        row = _put_in_use(network, folder, name, source, report, by, at)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    transaction.on_commit(_remove_old_files)
    return row


@transaction.atomic
def _put_in_use(
    network: WalkNetwork,
    folder: str,
    name: str,
    source: str,
    report: Mapping[str, Any],
    by: Account,
    at: datetime,
) -> StreetNetwork:
    StreetNetwork.objects.filter(is_current=True).update(is_current=False)
    row = StreetNetwork.objects.create(
        name=name[:120],
        folder=folder,
        source=source[:200],
        built_at=at,
        nodes=network.node_count,
        edges=network.edge_count,
        report=dict(report),
        is_current=True,
    )
    versions.bump(STREETS_STAMP)
    after = {"name": row.name, "nodes": row.nodes, "edges": row.edges}
    record(verb="territory.streets_put", by=by, at=at, thing=row, after=after)
    tell("territory.streets_put", {"network": row.pk}, at)
    return row


def _remove_old_files() -> None:
    """Keep the newest networks; a process that still has an old one open keeps its mapping."""
    rows = StreetNetwork.objects.order_by("-is_current", "-built_at", "-pk")
    kept = set(rows.values_list("folder", flat=True)[:_KEPT])
    for folder in rows.values_list("folder", flat=True):
        if folder not in kept:
            shutil.rmtree(network_folder(folder), ignore_errors=True)
