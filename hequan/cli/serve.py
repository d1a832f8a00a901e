"""`hequan serve`: the web server and one worker, kept running side by side.

The supervisor prepares the installation (tables, static files, compiled kernels), starts both as
child processes, says when the pages answer, and stops both when it is told to stop. A child that
dies is started again within a second; one that dies of its start, again and again, waits longer
each time. When the supervisor itself is killed, all go with it. It knows the rest of hequan by its
commands only.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import IO

from hequan.cli.folder import data_folder
from hequan.cli.lifeline import die_with_parent

READY_WITHIN = 100.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 30.0  # seconds before a dead child is started again
SETTLED = 5.0  # a child that lived longer than this did not die of its start
LOOK = 0.2


@dataclass
class Child:
    """One process to keep alive; `pause` grows while it keeps dying as soon as it is started."""

    name: str
    command: Sequence[str]
    started: float = 0.0
    pause: float = SHORTEST_PAUSE
    next_start: float = 0.0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def tend(self, environment: Mapping[str, str]) -> None:
        """Start the process if it is not running and its pause is over."""
        moment = time.monotonic()
        if self.process is not None:
            if self.process.poll() is None:
                return
            self._note_end(moment, self.process.returncode)
        if moment >= self.next_start:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                env=dict(environment),
                start_new_session=True,
                preexec_fn=die_with_parent,  # safe here: the supervisor has one thread
            )
            self.started = moment

    def _note_end(self, moment: float, code: int) -> None:
        self._end_descendants()
        self.process = None
        lived = moment - self.started
        self.pause = SHORTEST_PAUSE if lived > SETTLED else min(self.pause * 2, LONGEST_PAUSE)
        self.next_start = moment + self.pause
        say(f"{self.name} ended with code {code}; starting it again in {self.pause:.1f} s")

    def stop(self) -> None:
        """Ask the process to end, and make it end after ten seconds."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._end_descendants()

    def _end_descendants(self) -> None:
        """End what the process had started itself: an orphan would keep the port."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(text, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run web and worker until told to stop; returns the exit code."""
    options = _options(arguments)
    environment = _environment()
    lock = hold_lock(Path(environment["HEQUAN_HOME"]))
    if lock is None:
        say(f"hequan serve stopped: another one runs on {environment['HEQUAN_HOME']}.")
        return 1
    _forget_counts(Path(environment["PROMETHEUS_MULTIPROC_DIR"]))
    say("hequan serve: preparing tables, static files and kernels (a minute the first time) ...")
    warming = _warm(environment)
    failed = _run(["upgrade", "--by-serve", "--quiet"], environment)
    failed = failed or _gather_static(environment)
    if warming.wait() and not failed:
        say("hequan serve stopped: the planner's kernels cannot be compiled, see above.")
    if failed or warming.returncode:
        return failed or warming.returncode
    return _supervise(_children(options), environment, f"http://{options.host}:{options.port}")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hequan serve", description="Run web and worker.")
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--web-processes", type=int, default=min(os.cpu_count() or 1, 8))
    parser.add_argument("--job-workers", type=int, default=1)
    parser.add_argument(
        "--no-worker", action="store_true", help="web only, a worker runs elsewhere"
    )
    return parser.parse_args(arguments)


def _environment() -> dict[str, str]:
    settings = {"DJANGO_SETTINGS_MODULE": "hequan.config.settings", "PGAPPNAME": "hequan-serve"}
    settings["HEQUAN_LIFELINE"] = "1"
    found = {**os.environ, **data_folder(), **settings}
    # where the web processes keep their counts, so that /metrics adds them up
    found.setdefault("PROMETHEUS_MULTIPROC_DIR", str(Path(found["HEQUAN_HOME"]) / "run" / "counts"))
    return found


def _forget_counts(folder: Path) -> None:
    """Counts begin anew with the server: files of processes that are gone would count on."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.db"):
        path.unlink(missing_ok=True)


def hold_lock(home: Path) -> IO[bytes] | None:
    """Hold the lock of the one server of a data folder; None where another holds it.

    It goes with the process. `hequan restore` and its kin look at it (core.running).
    """
    home.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(PermissionError):  # another's folder is for its owner to close
        home.chmod(0o700)
    (home / "run").mkdir(exist_ok=True)
    file = (home / "run" / "serve.lock").open("wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _run(step: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one of our commands; its exit code, told about where it is not 0."""
    command = [sys.executable, "-m", "hequan.cli", *step]
    done = subprocess.run(command, env=dict(environment))  # noqa: S603 - our own commands
    if done.returncode:
        say(f"hequan serve stopped: `hequan {step[0]}` failed, see above.")
    return done.returncode


def _gather_static(environment: Mapping[str, str]) -> int:
    """Gather and compress the static files, which takes seconds, unless they are as they were."""
    mark = Path(environment["HEQUAN_HOME"]) / "static" / ".gathered"
    now = _static_fingerprint()
    if mark.is_file() and mark.read_text(encoding="ascii") == now:
        return 0
    unused = ["--ignore", "redoc*"]  # the other face of the interface's docs, a megabyte
    failed = _run(["collectstatic", "--noinput", "--verbosity", "0", *unused], environment)
    if not failed:
        mark.write_text(now, encoding="ascii")
    return failed


def _static_fingerprint() -> str:
    """Return a text that changes with any static file of ours or the packages that bring some."""
    package = Path(__file__).resolve().parent.parent
    files = sorted(path for path in package.glob("*/static/**/*") if path.is_file())
    seen = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    seen += [f"{name} {version(name)}" for name in ("django", "django-ninja", "whitenoise")]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def _warm(environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Compile the planner's kernels into the data folder, beside the rest of the preparing."""
    code = "from hequan.planner.warm import warm; warm()"
    command = [sys.executable, "-c", code]
    # safe here: the supervisor has one thread
    return subprocess.Popen(command, env=dict(environment), preexec_fn=die_with_parent)  # noqa: S603


def _children(options: argparse.Namespace) -> list[Child]:
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", options.host, "--port", str(options.port)),
        *("--workers", str(options.web_processes), "--blocking-threads", "2"),
        *("--backpressure", "64", "--respawn-failed-workers", "--log-level", "warning"),
        "hequan.config.wsgi:application",
    ]
    worker = [sys.executable, "-m", "hequan.cli", "worker"]
    workers = 0 if options.no_worker else options.job_workers
    return [Child("web", web), *(Child("worker", worker) for _ in range(workers))]


def _supervise(children: Sequence[Child], environment: Mapping[str, str], address: str) -> int:
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    deadline, ready = time.monotonic() + READY_WITHIN, False
    try:
        while not stopping.is_set():
            for child in children:
                child.tend(environment)
            if not ready and _answers(address):
                ready = True
                _tell_setup_code(environment, address)
                say(f"hequan is ready: {address}/")
                _warn_of_unsafe(environment, address)
            elif not ready and time.monotonic() > deadline:
                say(f"hequan does not answer at {address}; is the port taken? See the lines above.")
                return 1
            stopping.wait(LOOK)
    finally:
        for child in children:
            child.stop()
    say("hequan stopped.")
    return 0


def _tell_setup_code(environment: Mapping[str, str], address: str) -> None:
    """Print the code of the first start, while nobody has an account: its page answers now."""
    if (Path(environment["HEQUAN_HOME"]) / "setup_code").is_file():
        _run(["setup_code", "--address", f"{address}/"], environment)


def _warn_of_unsafe(environment: Mapping[str, str], address: str) -> None:
    """Print what `hequan check --deploy` says, where others may reach the site."""
    inside = address.startswith(("http://127.", "http://localhost", "http://[::1]"))
    if environment.get("HEQUAN_TLS") or not inside:
        command = [sys.executable, "-m", "hequan.cli", "check", "--deploy"]
        subprocess.Popen(command, env=dict(environment))  # noqa: S603 - our own command


def _answers(address: str) -> bool:
    host = address.replace("//0.0.0.0", "//127.0.0.1")
    try:
        with urllib.request.urlopen(f"{host}/readyz", timeout=5) as answer:  # noqa: S310 - ours
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
