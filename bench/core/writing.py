"""Starting writers and letting them write at the same moment."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = "hequan.config.settings"


class Writers:
    """Some processes of writers, each with threads, waiting for work."""

    def __init__(self, processes: int, threads: int = 1) -> None:
        """Start them and wait until all are ready."""
        command = [sys.executable, "-m", "bench.core.writer", str(threads)]
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": SETTINGS}
        self._running = [
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            for _ in range(processes)
        ]
        self._wait("ready")

    def write(self, task: str, each: int) -> float:
        """Let every process do the task so often; return the seconds until the last was done."""
        began = time.perf_counter()
        for one in self._running:
            assert one.stdin is not None
            one.stdin.write(f"{task} {each}\n")
            one.stdin.flush()
        self._wait("done")
        return time.perf_counter() - began

    def end(self) -> None:
        """Let them go."""
        for one in self._running:
            one.communicate(timeout=60)

    def _wait(self, word: str) -> None:
        for one in self._running:
            assert one.stdout is not None
            said = one.stdout.readline().strip()
            if said != word:
                raise RuntimeError(f"a writer broke off: {said!r}")
