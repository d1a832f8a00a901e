"""Run a command beside a private PostgreSQL that lives only as long as the command.

`python -m tools.postgres -- pytest ...` makes a cluster in a temporary folder, reachable by a unix
socket only, sets DATABASE_URL for the command, and removes it all afterwards. fsync is off, since
these databases are thrown away; HEQUAN_PG_FSYNC=on lets one write as a town's server does.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

FSYNC = os.environ.get("HEQUAN_PG_FSYNC", "off")


def binary_folder() -> Path:
    """Return the folder of PostgreSQL's programs; FileNotFoundError says what to install."""
    found = [Path(p) for p in [shutil.which("initdb")] if p]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise FileNotFoundError("PostgreSQL is not installed (package postgresql, 15 or newer)")
    return found[-1].parent


def _as_owner(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root; use its own account then."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]


def _quietly(command: list[str], folder: Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)


@dataclass(frozen=True)
class Cluster:
    """A running private cluster."""

    folder: Path
    programs: Path

    @property
    def url(self) -> str:
        """The address of its first database."""
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgres://hequan@{str(self.folder).replace('/', '%2F')}/{database}"

    def start(self) -> None:
        """Start it; returns when it answers."""
        settings = (
            f"-c listen_addresses='' -k {self.folder} -c fsync={FSYNC} -c max_connections=200"
        )
        self._control("-l", str(self.folder / "cluster" / "log"), "-o", settings, "start")

    def stop(self) -> None:
        """Stop it at once, as a power cut would."""
        self._control("-m", "immediate", "stop")

    def _control(self, *words: str) -> None:
        command = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "cluster"), "-w", *words]
        _quietly(_as_owner(command), self.folder)


@contextmanager
def private_cluster() -> Iterator[Cluster]:
    """Run a fresh cluster until the block ends; then nothing is left of it."""
    programs = binary_folder()
    folder = Path(tempfile.mkdtemp(prefix="hequan-pg-"))
    folder.chmod(0o755)
    place = folder / "cluster"
    place.mkdir(mode=0o700)
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(place, owner.pw_uid, owner.pw_gid)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    initdb = [str(programs / "initdb"), "-D", str(place), "-U", "hequan", "-A", "trust"]
    _quietly(_as_owner([*initdb, "-E", "UTF8", "--locale=C.UTF-8", "-N"]), folder)
    cluster = Cluster(folder, programs)
    cluster.start()
    try:
        yield cluster
    finally:
        with suppress(subprocess.CalledProcessError):  # a test may have stopped it
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def run_beside(command: list[str]) -> int:
    """Run the command with DATABASE_URL set to a fresh cluster; return its exit code."""
    with private_cluster() as cluster:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": cluster.url}).returncode


if __name__ == "__main__":
    sys.exit(run_beside([word for word in sys.argv[1:] if word != "--"]))
