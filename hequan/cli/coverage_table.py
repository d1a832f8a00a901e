"""The summary on the terminal (汇总表): one line per walker, network beside straight line."""

import sys
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from hequan.cli.coverage_run import CoverageRun

_PIPE_WIDTH = 120


def print_table(run: CoverageRun, out: Path) -> None:
    """Print shares by walker, the remarks, and where the results are."""
    console = Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH, highlight=False)
    words = run.words
    people, stations = words.number(run.total), words.number(len(run.stations.names))
    table = Table(title=words("table.title", people=people, stations=stations), box=box.SIMPLE_HEAD)
    last = run.minutes[-1]
    table.add_column(words("report.profile"), no_wrap=True)
    headings = ["m/s", *(words("table.within", minutes=m) for m in run.minutes)]
    headings += [words("table.straight", minutes=last), words("report.no_way")]
    for heading in headings:
        table.add_column(heading, justify="right")
    for code, answer in run.result.profiles.items():
        shares = [words.percent(share) for share in answer.share_within.values()]
        table.add_row(
            run.profile_name(code),
            f"{answer.profile.metres_per_second:.2f}",
            *shares,
            words.percent(run.straight_share(answer)[last]),
            words.number(answer.unreachable_people),
        )
    console.print(table)
    for remark in run.remarks:
        console.print(f"! {words(remark.key, **remark.gaps)}", markup=False)
    console.print(words("table.written", path=out), markup=False)
