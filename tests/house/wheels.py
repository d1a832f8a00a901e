"""The wheel of the tree, and an environment where it stands beside the locked packages alone."""

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from tests.realdata import ROOT


def build_wheel(folder: Path) -> Path:
    """Build the wheel of the tree into a folder."""
    build = [sys.executable, "-m", "build", "--quiet", "--wheel", "--no-isolation"]
    subprocess.run([*build, "--outdir", str(folder), str(ROOT)], check=True)
    return next(folder.glob("*.whl"))


def install_wheel(wheel: Path, environment: Path) -> Path:
    """Install it into an environment of its own; return its command."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    _lend_locked_packages(environment)
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python"), "install"]
    subprocess.run([*pip, "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    return environment / "bin" / "hequan"


def _lend_locked_packages(environment: Path) -> None:
    """Link what requirements.lock names, and nothing else, out of our own environment."""
    target = next((environment / "lib").glob("python*")) / "site-packages"
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE):
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            continue  # for another system or Python: the lock is for all
        for top in {file.parts[0] for file in files} - {"..", "bin", "__pycache__"}:
            lent = target / top
            if not lent.exists():
                lent.symlink_to(Path(str(metadata.distribution(name).locate_file(top))))
