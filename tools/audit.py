"""Known holes in what we build on, and whether what is installed is what was locked.

    python -m tools.audit            ask a vulnerability database about every locked package
    python -m tools.audit --locks    without the net: hashes in the locks, installed = locked

The first says plainly how many packages it could ask about. pip-audit itself ends happily where a
registry knows no package at all; here nothing audited is a failure.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)(?:\s*;\s*([^\\]+))?")


@dataclass(frozen=True)
class Pin:
    """One locked package: its name, version, where it applies, and how many hashes it has."""

    name: str
    version: str
    marker: str
    hashes: int


def pins_of(text: str) -> Iterator[Pin]:
    """Yield what a lock file pins; ValueError for a line that pins nothing."""
    for block in re.split(r"\n(?=\S)", text):
        if block.startswith("#") or not block.strip():
            continue
        found = _PIN.match(block)
        if found is None:
            raise ValueError(f"not pinned: {block.splitlines()[0]}")
        marker = (found[3] or "").strip()
        yield Pin(canonicalize_name(found[1]), found[2], marker, block.count("--hash=sha256:"))


def faults_of(pins: Iterable[Pin]) -> Iterator[str]:
    """Yield what is wrong with the pins, or with what is installed."""
    for pin in pins:
        if not pin.hashes:
            yield f"{pin.name} {pin.version} has no hash: make lock"
        if pin.marker and not Marker(pin.marker).evaluate():
            continue
        try:
            installed = version(pin.name)
        except PackageNotFoundError:
            yield f"{pin.name} {pin.version} is not installed: make setup"
            continue
        if installed != pin.version:
            yield f"{pin.name} is {installed}, locked is {pin.version}: make setup"


def npm_faults(text: str) -> Iterator[str]:
    """Yield the front-end packages that the npm lock does not hold to a hash."""
    for name, told in json.loads(text)["packages"].items():
        if name and not told.get("integrity", "").startswith("sha512-"):
            yield f"{name} has no hash in package-lock.json: npm install"


def check_locks() -> int:
    """Print every fault of the locks; 1 if there is one."""
    faults = list(npm_faults((ROOT / "package-lock.json").read_text(encoding="utf-8")))
    for name in LOCKS:
        faults += faults_of(pins_of((ROOT / name).read_text(encoding="utf-8")))
    for fault in sorted(set(faults)):
        print(fault)
    return int(bool(faults))


def verdict(report: str) -> tuple[int, str]:
    """Return exit code and words for pip-audit's JSON: 1 for holes, 2 where some were left out."""
    found = json.loads(report)["dependencies"]
    skipped = [one["name"] for one in found if "skip_reason" in one]
    holes = [
        f"{one['name']} {one['version']}: {hole['id']}"
        for one in found
        for hole in one.get("vulns", [])
    ]
    told = f"{len(found) - len(skipped)} packages audited, {len(skipped)} unknown to the database"
    if holes:
        return 1, "\n".join([*holes, told])
    if skipped:
        return 2, f"{told}; not audited: {', '.join(skipped[:5])} ..."
    return 0, f"{told}; no known hole"


def ask_database() -> int:
    """Ask PyPI's, then OSV's vulnerability database about the locked packages."""
    code = 2
    for service in ("pypi", "osv"):
        command = [sys.executable, "-m", "pip_audit", "--vulnerability-service", service]
        command += ["--requirement", LOCKS[0], "--require-hashes", "--disable-pip"]
        command += ["--format", "json", "--progress-spinner", "off"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if not done.stdout.strip():
            print(f"{service}: not reached")
            continue
        code, words = verdict(done.stdout)
        print(f"{service}: {words}")
        if code < 2:
            break
    return code


if __name__ == "__main__":
    sys.exit(check_locks() if "--locks" in sys.argv else ask_database())
