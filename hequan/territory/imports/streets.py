"""Streets (步行路网) from an OpenStreetMap extract: read, weighed up, put in use."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.file_words import sentence
from hequan.core.imports import ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.osm import read_network
from hequan.planner.network_report import LeftOut, NetworkReport
from hequan.territory.actions import put_street_network
from hequan.territory.models import StreetNetwork

KIND = "streets"
_LISTED_PARTS = 5

# what the reader leaves out or uses with a doubt, by its reason
_REASONS: dict[str, Any] = {
    "missing_nodes": _("pieces whose points are not in the file (ways cut at the edge)"),
    "one_point": _("ways of a single point"),
    "unreadable_value": _("values that cannot be read (used without them)"),
    "loop": _("pieces from a point to itself"),
    "repeated": _("pieces told twice"),
    "no_length": _("pieces without length"),
    "not_built": _("ways not built or gone"),
    "motor_only": _("ways for cars only"),
    "no_foot": _("ways closed to walkers"),
    "private": _("private ways"),
    "elevated": _("elevated roads"),
    "road_tunnel": _("road tunnels"),
    "not_a_street": _("things that are no street"),
}


def read_streets(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read an extract and say what its network would be; FileError where it holds none."""
    network, report = read_network(path)
    digest = _digest(path)
    name = options.extra.get("name") or file_name
    current = StreetNetwork.objects.filter(is_current=True).first()
    same = current is not None and current.report.get("sha256") == digest and current.name == name
    old = (current.name, current.edges) if current else None
    changes = {} if same or old is None else {"network": (old[0], name)}
    fate = Fate.SAME if same else (Fate.CHANGED if current else Fate.NEW)
    warnings = tuple(_left_out(report.warnings)) + tuple(_lost_parts(report))

    def write(by: Account, at: datetime) -> None:
        if not same:
            told = _told(report) | {"sha256": digest, "file": file_name}
            put_street_network(
                network=network, name=name, source=network.source, report=told, by=by, at=at
            )

    fates = [RowFate(1, fate, name, changes, warnings=warnings)]
    return ImportPlan(
        KIND, file_name, fates, write, {}, (_figures(report), *_left_out(report.left_out))
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _told(report: NetworkReport) -> dict[str, Any]:
    """The report as plain values, so that a page can show it later."""
    return asdict(report)


def _figures(report: NetworkReport) -> Remark:
    text = _(
        "{kilometres} km of streets in {edges} pieces, {junctions} junctions, {gates} gates, "
        "{steps} m of steps, {crossings} crossings."
    )
    return Remark(
        sentence(
            text,
            kilometres=f"{report.metres / 1000:,.1f}",
            edges=f"{report.edges:,}",
            junctions=f"{report.junctions:,}",
            gates=report.gates,
            steps=f"{report.steps_metres:,.0f}",
            crossings=f"{report.crossings:,}",
        )
    )


def _left_out(reasons: Iterable[LeftOut]) -> Iterable[Remark]:
    for one in reasons:
        words = _REASONS.get(one.reason, one.reason)
        text = sentence(_("{what}: {count}"), what=words, count=f"{one.count:,}")
        yield Remark(text, value=", ".join(one.examples[:3]))


def _lost_parts(report: NetworkReport) -> Iterable[Remark]:
    """Parts nobody can walk to: usually ways cut off at the edge of the extract."""
    if report.part_count < 2:
        return
    share = 1 - report.largest_part_metres / report.metres if report.metres else 0.0
    text = _("{parts} parts are not connected with the rest, {share} of the length")
    longest = [f"{p.metres:,.0f} m: {p.lon:.5f}, {p.lat:.5f}" for p in report.parts[:_LISTED_PARTS]]
    yield Remark(
        sentence(text, parts=report.part_count - 1, share=f"{share:.1%}"),
        value="; ".join(longest),
        remedy=_("Give an extract that reaches beyond the town, or mend the map there."),
    )
