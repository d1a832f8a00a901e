"""Run a command beside a private PostgreSQL that lives only as long as the command.

`python -m tools.postgres -- pytest ...` makes a cluster in a temporary folder, reachable by a unix
socket only, sets DATABASE_URL for the command, and removes it all afterwards. fsync is off: these
databases are thrown away.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


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


def run_beside(command: list[str]) -> int:
    """Run the command with DATABASE_URL set to a fresh cluster; return its exit code."""
    programs = binary_folder()
    folder = Path(tempfile.mkdtemp(prefix="hequan-pg-"))
    folder.chmod(0o755)
    cluster = folder / "cluster"
    cluster.mkdir(mode=0o700)
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(cluster, owner.pw_uid, owner.pw_gid)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    initdb = [str(programs / "initdb"), "-D", str(cluster), "-U", "hequan", "-A", "trust"]
    _quietly(_as_owner([*initdb, "-E", "UTF8", "--locale=C.UTF-8", "-N"]), folder)
    settings = f"-c listen_addresses='' -k {folder} -c fsync=off -c max_connections=200"
    control = _as_owner([str(programs / "pg_ctl"), "-D", str(cluster), "-w"])
    log = ["-l", str(cluster / "log")]
    _quietly([*control, *log, "-o", settings, "start"], folder)
    url = f"postgres://hequan@{str(folder).replace('/', '%2F')}/postgres"
    try:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode
    finally:
        _quietly([*control, "-m", "immediate", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(run_beside([word for word in sys.argv[1:] if word != "--"]))
