"""`hequan coverage` (步行可达性): from an OpenStreetMap extract and two files to a report.

No database and no Django: read, compute, write. Errors come out as one sentence with file, row,
column, value and remedy on the error stream, with exit code 2 and nothing written.
"""

import os
import sys
from collections.abc import Sequence

from hequan.cli.coverage_arguments import CoverageOptions, UsageError, read_options
from hequan.cli.coverage_inputs import RowsRefusedError
from hequan.cli.coverage_steps import Steps
from hequan.cli.coverage_table import print_table
from hequan.cli.words import Words, language_of
from hequan.files.errors import FileError
from hequan.files.wording import say
from hequan.planner.errors import PlannerError

_SHOWN = 10  # refused rows printed before the rest is only counted
REFUSED = 2


def main(arguments: Sequence[str]) -> int:
    """Run the command; return 0, or 2 after saying on the error stream what is wrong."""
    words = Words(language_of(arguments, os.environ))
    try:
        options = read_options(arguments, words)
        _run(options, words)
    except (FileError, RowsRefusedError, PlannerError, UsageError, OSError) as error:
        print(told(error, words), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print(words("error") + words("error.interrupted"), file=sys.stderr)
        return 130
    return 0


def _run(options: CoverageOptions, words: Words) -> None:
    # imported late: the kernels and the map take seconds that --help and a mistyped option need not
    from hequan.cli.coverage_computing import compute
    from hequan.cli.coverage_map import write_map
    from hequan.cli.coverage_outputs import all_or_nothing, write_figures
    from hequan.cli.coverage_report import write_report

    with Steps(words) as steps, all_or_nothing(options.out) as draft:
        run = compute(options, words, steps)
        with steps.step("step.write"):
            write_figures(draft, run)
            write_map(draft / "map.png", run)
            write_report(draft / "report.html", run, draft / "map.png")
    print_table(run, options.out)


def told(error: Exception, words: Words) -> str:
    """Return what is wrong, in the language of the words, as lines for the error stream."""
    start = words("error")
    if isinstance(error, RowsRefusedError):
        lines = [start + say(one, words.language) for one in error.problems[:_SHOWN]]
        hidden = len(error.problems) - _SHOWN
        return "\n".join([*lines, words("error.more", count=hidden)] if hidden > 0 else lines)
    if isinstance(error, UsageError):
        return start + words(error.key, **error.gaps)
    if isinstance(error, PlannerError):
        known = words.language == "zh" and words.knows(error.code)
        return start + (words(error.code, **error.params) if known else str(error))
    if isinstance(error, FileError):
        return start + say(error, words.language)
    reason = getattr(error, "strerror", None) or str(error)
    return start + words("error.out", path=getattr(error, "filename", None) or "?", reason=reason)
