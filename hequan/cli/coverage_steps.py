"""Progress of a long command (进度): a bar on a terminal, silence in a pipe or a log."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from hequan.cli.words import Words


class Steps:
    """The steps of one command, shown on the error stream while they run."""

    def __init__(self, words: Words) -> None:
        """Show nothing yet, and nothing at all unless the error stream is a terminal."""
        self.words = words
        self.bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        )

    def __enter__(self) -> "Steps":
        """Begin to show bars."""
        self.bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal clean, whatever happened."""
        self.bars.stop()

    @contextmanager
    def step(self, key: str) -> Iterator["Step"]:
        """Show one step by its word until it ends."""
        task = self.bars.add_task(self.words(key), total=None)
        yield Step(self.bars, task)
        self.bars.update(task, total=1, completed=1)


class Step:
    """One bar; told how much is done where that is known."""

    def __init__(self, bars: Progress, task: object) -> None:
        """Belong to one bar."""
        self.bars = bars
        self.task = task

    def told(self, done: int, total: int) -> None:
        """Move the bar to `done` of `total`."""
        self.bars.update(self.task, completed=done, total=total)  # type: ignore[arg-type]
