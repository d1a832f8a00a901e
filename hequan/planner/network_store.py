"""A walking network on disk (路网存储): one .npy file per array, opened by memory map.

The arrays lie in a folder of their own inside the network's folder; `manifest.json` names that
folder and holds the size and checksum of every file. A new network is written beside the old one
and takes its place when the manifest is replaced, in one step: a reader sees the old one or the
new one, never half of each, and processes that have the old one open keep it.
"""

import json
import os
import shutil
import tempfile
import time
import zlib
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from hequan.planner.errors import NetworkError
from hequan.planner.network import ARRAYS, Gate, WalkNetwork

FORMAT = "hequan walking network"
VERSION = 1
MANIFEST = "manifest.json"
_ARRAYS = "arrays-"
_LEFT_BEHIND_SECONDS = 3600.0  # of a writer that was killed


def save_network(network: WalkNetwork, folder: str | Path) -> int:
    """Write the network as `folder`, replacing the one that stood there; return its bytes."""
    folder = Path(folder)
    replaced = _arrays_in_use(folder)
    folder.mkdir(parents=True, exist_ok=True)
    arrays = Path(tempfile.mkdtemp(prefix=_ARRAYS, dir=folder))
    try:
        arrays.chmod(folder.stat().st_mode & 0o777)  # made for its owner only
        manifest = _write_arrays(network, arrays)
        size = _replace_manifest(folder, manifest)
    except BaseException:
        shutil.rmtree(arrays, ignore_errors=True)
        (folder / f"{arrays.name}.json").unlink(missing_ok=True)
        raise
    _clear(folder, replaced)
    return size + sum(int(entry["bytes"]) for entry in manifest["files"].values())


def open_network(folder: str | Path, *, check: bool = False) -> WalkNetwork:
    """Return the network of a folder by memory map; `check` reads all of it against checksums."""
    folder = Path(folder)
    manifest = _manifest(folder)
    try:
        return _open(folder, manifest, check)
    except NetworkError:
        again = _manifest(folder)
        if again == manifest:
            raise
        return _open(folder, again, check)  # it was replaced while we were opening it


def _open(folder: Path, manifest: dict[str, Any], check: bool) -> WalkNetwork:
    try:
        arrays = {name: _open_array(folder, name, manifest, check) for name in ARRAYS}
        gates = tuple(Gate(name, hours) for name, hours in manifest["gates"])
        names, source = tuple(manifest["names"]), str(manifest["source"])
    except NetworkError:
        raise
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise _damaged(folder, str(error)) from error
    return WalkNetwork(**arrays, gates=gates, names=names, source=source)


def _write_arrays(network: WalkNetwork, arrays: Path) -> dict[str, Any]:
    """Write every array and return the manifest that describes them."""
    files: dict[str, dict[str, int]] = {}
    for name in ARRAYS:
        path = arrays / f"{name}.npy"
        with path.open("wb") as file:
            np.save(file, np.ascontiguousarray(getattr(network, name)))
            _to_disk(file)
        files[name] = {"bytes": path.stat().st_size, "crc32": _checksum(path)}
    return {
        "format": FORMAT,
        "version": VERSION,
        "arrays": arrays.name,
        "source": network.source,
        "nodes": network.node_count,
        "edges": network.edge_count,
        "files": files,
        "gates": [[gate.name, gate.opening_hours] for gate in network.gates],
        "names": list(network.names),
    }


def _replace_manifest(folder: Path, manifest: dict[str, Any]) -> int:
    beside = folder / f"{manifest['arrays']}.json"
    with beside.open("w", encoding="utf-8") as file:
        json.dump(manifest, file, ensure_ascii=False, indent=1)
        _to_disk(file)
    beside.replace(folder / MANIFEST)
    return (folder / MANIFEST).stat().st_size


def _to_disk(file: IO[Any]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _clear(folder: Path, replaced: str) -> None:
    """Remove the arrays just replaced, and what a killed writer left behind."""
    for old in folder.glob(f"{_ARRAYS}*"):
        if old.name == replaced or time.time() - old.stat().st_mtime > _LEFT_BEHIND_SECONDS:
            if old.is_dir():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.unlink(missing_ok=True)


def _arrays_in_use(folder: Path) -> str:
    """Return the name of the folder's present arrays, empty when it is new; refuse others'."""
    if not folder.exists():
        return ""
    if (folder / MANIFEST).is_file():
        return str(_manifest(folder, any_version=True).get("arrays", ""))
    if folder.is_dir() and all(entry.name.startswith(_ARRAYS) for entry in folder.iterdir()):
        return ""
    raise NetworkError(
        "network.occupied",
        "{folder} holds something else than a walking network; name another folder.",
        folder=str(folder),
    )


def _manifest(folder: Path, *, any_version: bool = False) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        manifest = None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise NetworkError(
            "network.foreign",
            "{folder} is not a walking network; import the streets again.",
            folder=str(folder),
        )
    if manifest.get("version") != VERSION and not any_version:
        raise NetworkError(
            "network.version",
            "{folder} was written by another version ({found}, this is {expected}); "
            "import the streets again.",
            folder=str(folder),
            found=manifest.get("version"),
            expected=VERSION,
        )
    return manifest


def _open_array(folder: Path, name: str, manifest: dict[str, Any], check: bool) -> npt.NDArray[Any]:
    path, entry = folder / manifest["arrays"] / f"{name}.npy", manifest["files"][name]
    if path.stat().st_size != entry["bytes"]:
        raise _damaged(folder, f"{path.name} has {path.stat().st_size} bytes")
    if check and _checksum(path) != entry["crc32"]:
        raise _damaged(folder, f"{path.name} was changed")
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def _damaged(folder: Path, why: str) -> NetworkError:
    return NetworkError(
        "network.damaged",
        "The walking network in {folder} is damaged ({why}); import the streets again.",
        folder=str(folder),
        why=why,
    )


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            value = zlib.crc32(block, value)
    return value
