"""Measures reading Monaco and Porto Alegre: `python -m bench.osm.run [repeats]`.

PBF is read by hequan and pyrosm; OSMnx reads only XML, so hequan and OSMnx read the same XML with
just the streets in it (made here, outside the clock). Every tool has a process of its own; they
take turns, and the median of the turns after the first counts. Peers are installed into
bench/.venv.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

import osmium

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEERS = ROOT / "bench" / ".venv"
OUT = ROOT / "bench" / "out"
REAL = ROOT.parent / "shared" / "data"
FILES = {
    "Monaco": REAL / "network-monaco" / "monaco.osm.pbf",
    "Porto Alegre": REAL / "network-porto-alegre" / "poa_osm.pbf",
}
# how many times our time each must take at least
TARGETS = {"pyrosm": ">= 1", "pyrosm_graph": ">= 1", "osmnx": ">= 5"}


def main(repeats: int = 5) -> list[dict[str, Any]]:
    """Print the table, keep it as bench/out/osm.json, and return its rows."""
    _install_peers()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for place, pbf in FILES.items():
            if not pbf.is_file():
                print(f"{place}: {pbf} is not on this machine, left out")
                continue
            xml = Path(folder) / f"{pbf.stem}.osm"
            _only_streets(pbf, xml)
            rows += _compared(place, pbf, ("hequan", "pyrosm", "pyrosm_graph"), repeats)
            rows += _compared(place, xml, ("hequan", "osmnx"), repeats)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "osm.json").write_text(json.dumps(rows, indent=1))
    _print(rows)
    return rows


def _install_peers() -> None:
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "-r", HERE / "peers.txt"], check=True)


def _only_streets(pbf: Path, xml: Path) -> None:
    with osmium.BackReferenceWriter(str(xml), ref_src=str(pbf), overwrite=True) as writer:
        streets = osmium.FileProcessor(str(pbf), osmium.osm.WAY)
        for way in streets.with_filter(osmium.filter.KeyFilter("highway")):
            writer.add(way)


def _compared(place: str, file: Path, tools: tuple[str, ...], repeats: int) -> list[dict[str, Any]]:
    """Return one row for each tool; they take turns, and their first turns are told apart."""
    running = {tool: _started(tool, file) for tool in tools}
    turns = [{tool: _turn(running[tool]) for tool in tools} for _ in range(repeats + 1)]
    rows = []
    for tool in tools:
        running[tool].communicate()
        first, *others = (turn[tool].pop("seconds") for turn in turns)
        rows.append(
            {
                "place": place,
                "file": file.suffix.lstrip("."),
                "tool": tool,
                "first": first,
                "median": statistics.median(others),
                "seconds": others,
                **turns[-1][tool],
            }
        )
    return rows


def _started(tool: str, file: Path) -> subprocess.Popen[str]:
    python = sys.executable if tool == "hequan" else PEERS / "bin" / "python"
    return subprocess.Popen(
        [python, HERE / f"with_{tool}.py", file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{HERE}", "PYTHONWARNINGS": "ignore"},
    )


def _turn(tool: subprocess.Popen[str]) -> dict[str, Any]:
    assert tool.stdin is not None
    assert tool.stdout is not None
    tool.stdin.write("go\n")
    tool.stdin.flush()
    line = tool.stdout.readline()
    while line and not line.startswith("{"):  # some peers talk while they work
        line = tool.stdout.readline()
    if not line:
        raise RuntimeError(f"{tool.args} ended without an answer")
    found: dict[str, Any] = json.loads(line)
    return found


def _print(rows: list[dict[str, Any]]) -> None:
    ours = {(row["place"], row["file"]): row["median"] for row in rows if row["tool"] == "hequan"}
    print(
        f"{'place':13} {'file':4} {'tool':13} {'first s':>8} {'median s':>8} {'x hequan':>8} "
        f"{'target':>7} {'nodes':>7} {'edges':>7} {'km':>6}"
    )
    for row in rows:
        times = row["median"] / ours[row["place"], row["file"]]
        print(
            f"{row['place']:13} {row['file']:4} {row['tool']:13} {row['first']:8.2f} "
            f"{row['median']:8.3f} {times:8.1f} {TARGETS.get(row['tool'], ''):>7} "
            f"{row['nodes']:7} {row['edges']:7} {row['metres'] / 1000:6.0f}"
        )


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:2]))
