"""A real `hequan serve` for tests: its own data folder, its own port, stopped at the end."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

READY = "hequan is ready"


@dataclass
class Served:
    """A running installation."""

    address: str
    process: subprocess.Popen[str]
    log: Path

    def get(self, path: str) -> tuple[int, str]:
        """Return status and text of a page, redirects followed."""
        with urllib.request.urlopen(self.address + path, timeout=20) as answer:
            return answer.status, answer.read().decode()

    def said(self) -> str:
        """Return all that the supervisor and its children have printed."""
        return self.log.read_text(encoding="utf-8")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(
    home: Path,
    *,
    command: Sequence[str] = (sys.executable, "-m", "hequan.cli"),
    wait: float = 150,
    environment: Mapping[str, str] | None = None,
    options: Sequence[str] = ("--web-processes", "1"),
) -> Iterator[Served]:
    """Run `hequan serve` on this data folder until the block ends."""
    port, log = free_port(), home / "serve.log"
    home.mkdir(parents=True, exist_ok=True)
    environment = dict(environment or {k: v for k, v in os.environ.items() if k != "DATABASE_URL"})
    environment |= {"HEQUAN_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # it would read every source again
    environment["NUMBA_DISABLE_JIT"] = "1"  # nothing is measured here: compiling is tried elsewhere
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [*command, "serve", "--port", str(port), *options],
            cwd=home,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
    served = Served(f"http://127.0.0.1:{port}", process, log)
    try:
        until = time.monotonic() + wait
        while READY not in served.said():
            assert process.poll() is None, served.said()
            assert time.monotonic() < until, served.said()
            time.sleep(0.2)
        yield served
    finally:
        process.terminate()
        process.wait(timeout=30)
