"""See that the programs a full test run needs are there, and install them where that is allowed.

`python -m tools.system chromium postgresql` looks for each; a missing one is installed through the
system's package manager if there is one we know and this user may install (root, or sudo without a
password). Otherwise it says what to install and the run stops.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {
    "apt-get": {
        "chromium": ["chromium", "fonts-noto-cjk"],
        "postgresql": ["postgresql"],
    },
    "dnf": {
        "chromium": ["chromium", "google-noto-sans-cjk-fonts"],
        "postgresql": ["postgresql-server"],
    },
}


def chromium() -> str | None:
    """Return the path of a Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


def postgresql() -> str | None:
    """Return the path of PostgreSQL's initdb, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return str(found[-1]) if found else shutil.which("initdb")


FINDERS = {"chromium": chromium, "postgresql": postgresql}


def _privilege() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    asked = shutil.which("sudo") and subprocess.run(
        ["sudo", "-n", "true"], capture_output=True, check=False
    )
    return ["sudo", "-n"] if asked and asked.returncode == 0 else None


def _install(names: list[str]) -> None:
    manager = next((m for m in PACKAGES if shutil.which(m)), None)
    privilege = _privilege()
    if manager is None or privilege is None:
        return
    packages = [package for name in names for package in PACKAGES[manager][name]]
    print(f"installing {', '.join(packages)} ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if manager == "apt-get":
        subprocess.run([*privilege, manager, "update", "-qq"], env=environment, check=False)
    quiet = ["-qq"] if manager == "apt-get" else ["-q"]
    subprocess.run(
        [*privilege, manager, "install", "-y", *quiet, *packages],
        env=environment,
        stdout=subprocess.DEVNULL,
        check=False,
    )


def main(names: list[str]) -> int:
    """Find or install each program; return 1 and say what is missing otherwise."""
    missing = [name for name in names if FINDERS[name]() is None]
    if missing:
        _install(missing)
    missing = [name for name in missing if FINDERS[name]() is None]
    for name in missing:
        print(f"{name} is missing and could not be installed: install it, then run this again.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
