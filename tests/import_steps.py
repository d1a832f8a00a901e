"""Files written for a test, and imports planned and written as the command does."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hequan.core.accounts import system_account
from hequan.core.import_runs import note_import, plan_import, write_import
from hequan.core.imports import ImportOptions, ImportPlan
from hequan.core.kinds import Fate
from tests.world import AT

Plan = Callable[..., ImportPlan]


@pytest.fixture
def csv_file(tmp_path) -> Callable[..., Path]:
    """Writes rows (headings first) as a CSV file."""

    def write(*rows: list[Any], name: str = "table.csv", encoding: str = "utf-8") -> Path:
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


@pytest.fixture
def plan(db) -> Plan:
    """Reads a file without writing."""

    def read(kind: str, path: Path, **options: Any) -> ImportPlan:
        return plan_import(kind, path, path.name, ImportOptions(**options))

    return read


@pytest.fixture
def run(plan) -> Plan:
    """Reads a file and writes it, as a confirmed import does."""

    def write(kind: str, path: Path, **options: Any) -> ImportPlan:
        found, by = plan(kind, path, **options), system_account()
        asked = ImportOptions(**options)
        noted = note_import(plan=found, stored_as="", options=asked, by=by, at=AT)
        write_import(run=noted, plan=found, by=by, at=AT)
        return found

    return write


def fates(found: ImportPlan) -> dict[str, int]:
    """How many rows meet each fate, without those nobody meets."""
    return {str(fate): count for fate, count in found.counts().items() if count}


def refusals(found: ImportPlan) -> list[str]:
    """Every refusal as column, value and sentence in English."""
    from django.utils import translation

    with translation.override("en"):
        return [
            f"{fate.row} {remark.column} {remark.value}: {remark.text} | {remark.remedy}"
            for fate in found.fates
            if fate.fate == Fate.REFUSED
            for remark in fate.refusals
        ]


def warnings(found: ImportPlan) -> list[str]:
    """Every warning as a sentence in English."""
    from django.utils import translation

    with translation.override("en"):
        return [
            f"{fate.row} {remark.column}: {remark.text} | {remark.remedy}"
            for fate in found.fates
            for remark in fate.warnings
        ]


def notes(found: ImportPlan) -> str:
    """What is told of the whole file, in English."""
    from django.utils import translation

    with translation.override("en"):
        return " ".join(f"{remark.text} {remark.remedy}" for remark in found.notes)
