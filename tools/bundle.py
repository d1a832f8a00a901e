"""Pack all that a server without internet needs: wheels, unit file, install script.

`make bundle` writes dist/hequan-bundle.tar.gz for the machine kind it runs on. On the server:
unpack, run `./install.sh /opt/hequan`, enable the unit file.
"""

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"


def main() -> None:
    """Gather our wheel, its locked dependencies' wheels and deploy/ into one archive."""
    folder = DIST / "hequan-bundle"
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    ours = max(DIST.glob("hequan-*.whl"), key=lambda path: path.stat().st_mtime)
    shutil.copy2(ours, wheels)
    lock = ROOT / "requirements.lock"
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    only = ["--require-hashes", "--only-binary", ":all:", "-r", str(lock), "-d", str(wheels)]
    subprocess.run([*download, *only], check=True)
    shutil.copy2(lock, folder)
    for name in ("install.sh", "hequan.service", "hequan.env.example", "README.md"):
        shutil.copy2(ROOT / "deploy" / name, folder)
    archive = DIST / "hequan-bundle.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(folder, arcname="hequan-bundle")
    print(f"{archive.relative_to(ROOT)}: {archive.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
