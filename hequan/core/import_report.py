"""The dry run of an import on a terminal (导入预览): counts, then rows by fate, refused first."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hequan.core.imports import ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate

FATE_WORDS: dict[Fate, Any] = {
    Fate.NEW: gettext_lazy("new"),
    Fate.CHANGED: gettext_lazy("changed"),
    Fate.SAME: gettext_lazy("same"),
    Fate.REFUSED: gettext_lazy("refused"),
}
_STYLES = {Fate.NEW: "green", Fate.CHANGED: "yellow", Fate.SAME: "dim", Fate.REFUSED: "red"}
_SHOWN = (Fate.REFUSED, Fate.CHANGED, Fate.NEW)


def print_plan(console: Console, plan: ImportPlan, rows: int) -> None:
    """Print what an import would do, at most so many rows of each fate."""
    counts = plan.counts()
    said = " · ".join(
        f"[{_STYLES[fate]}]{escape(str(FATE_WORDS[fate]))} {counts[fate]:,}[/{_STYLES[fate]}]"
        for fate in Fate
    )
    console.print(f"[bold]{escape(plan.file_name)}[/bold]  {said}")
    for note in plan.notes:
        console.print(f"  {escape(remark_words(note))}")
    for fate in _SHOWN:
        _print_rows(console, [row for row in plan.fates if row.fate == fate], fate, rows)
    odd = [row for row in plan.fates if row.fate == Fate.SAME and row.warnings]
    _print_rows(console, odd, Fate.SAME, rows)


def _print_rows(console: Console, found: list[RowFate], fate: Fate, rows: int) -> None:
    found = sorted(found, key=lambda row: not row.warnings)
    if not found or rows <= 0:
        return
    table = Table(title=str(FATE_WORDS[fate]), title_justify="left", title_style=_STYLES[fate])
    table.add_column(_("row"), justify="right", no_wrap=True)
    table.add_column(_("name"))
    table.add_column(_("why"), ratio=1)
    for row in found[:rows]:
        table.add_row(str(row.row), escape(row.label), escape("\n".join(_reasons(row))))
    console.print(table)
    if len(found) > rows:
        console.print(escape(_("… and %(count)s more") % {"count": f"{len(found) - rows:,}"}))


def _reasons(row: RowFate) -> Iterable[str]:
    yield from (remark_words(remark) for remark in row.refusals)
    for name, (old, new) in row.changes.items():
        yield f"{name}: {old} → {new}"
    for remark in row.warnings:
        yield f"⚠ {remark_words(remark)}"


def remark_words(remark: Remark) -> str:
    """Return a remark as one line: column, what, value, remedy."""
    head = f"[{remark.column}] " if remark.column else ""
    value = f" ({remark.value})" if remark.value and remark.value not in str(remark.text) else ""
    remedy = f" — {remark.remedy}" if remark.remedy else ""
    return f"{head}{remark.text}{value}{remedy}"
