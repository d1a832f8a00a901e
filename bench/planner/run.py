"""Measures the planner beside its peers: `python -m bench.planner.run [nodes] [stations] [-peer]`.

`-pandana` leaves that peer out: its hierarchy of a million nodes takes minutes.

Every tool has a process of its own; they take turns, and the median of the turns after the first
counts (networkx and pandana are slow: fewer turns). All answers are compared. Peers are installed
into bench/.venv, scipy belongs to the product. The table goes to bench/out/planner.md.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bench.planner.city import make_city
from bench.planner.in_process import measure_city_run, measure_point_location

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEERS = ROOT / "bench" / ".venv"
OUT = ROOT / "bench" / "out"
# task: tools, the product first, and how many times our time each peer must take at least
COMPARED = {
    "nearest": {"hequan": None, "scipy": 2.5, "pandana": 40},
    "services": {"hequan": None, "scipy": 4},
    "services_one_thread": {"hequan": None},
    "catchments": {"hequan": None, "networkx": 50, "pandana": 50},
}
WORDS = {
    "nearest": "nearest station for every node",
    "services": "4 walkers x 8 services within 15 min",
    "services_one_thread": "the same, one thread",
    "catchments": "people within 1000 m of every station",
}
TURNS = {"networkx": 2, "pandana": 2}


@dataclass
class Tool:
    """A running peer, and what it told so far."""

    running: subprocess.Popen[str]
    build: float = 0.0
    seconds: dict[str, list[float]] = field(default_factory=dict)
    mb: dict[str, float] = field(default_factory=dict)

    def listen(self) -> dict[str, Any]:
        """Return the next line of JSON; some peers talk while they work."""
        assert self.running.stdout is not None
        for line in self.running.stdout:
            if (at := line.find('{"')) >= 0:
                return dict(json.loads(line[at:]))
        raise RuntimeError(f"{self.running.args} ended without an answer")

    def turn(self, task: str) -> None:
        """Run one task once and note its time and the memory it added."""
        assert self.running.stdin is not None
        self.running.stdin.write(f"{task}\n")
        self.running.stdin.flush()
        told = self.listen()
        self.seconds.setdefault(task, []).append(told["seconds"])
        self.mb[task] = max(self.mb.get(task, 0), told["mb"])


def main(nodes: int = 1_000_000, stations: int = 12_000, turns: int = 6) -> str:
    """Measure, print the table, keep it as bench/out/planner.md, and return it."""
    _install_peers()
    with tempfile.TemporaryDirectory() as folder:
        make_city(Path(folder), nodes, stations)
        names = dict.fromkeys(name for peers in COMPARED.values() for name in peers)
        tools = {name: _started(name, folder) for name in names}
        for name, tool in tools.items():
            tool.build = tool.listen()["build"]
            print(f"{name} is ready after {tool.build:.1f} s", file=sys.stderr, flush=True)
        for task, peers in COMPARED.items():
            for number in range(turns):
                for name in peers:
                    if number < TURNS.get(name, turns):
                        tools[name].turn(task)
            print(f"{task} measured", file=sys.stderr, flush=True)
        same = {
            (task, name): _agree(Path(folder) / "answers", task, name)
            for task, peers in COMPARED.items()
            for name in peers
        }
        for tool in tools.values():
            tool.running.communicate()
    table = _table(nodes, stations, tools, same) + measure_point_location() + measure_city_run()
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "planner.md").write_text(table)
    print(table)
    return table


def _install_peers() -> None:
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "-r", HERE / "peers.txt"], check=True)


def _started(name: str, folder: str) -> Tool:
    python = sys.executable if name in ("hequan", "scipy") else PEERS / "bin" / "python"
    return Tool(
        subprocess.Popen(
            [python, "-m", f"bench.planner.with_{name}", folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
        )
    )


def _agree(answers: Path, task: str, name: str) -> str:
    """Compare an answer with the product's, and say how they differ."""
    ours = np.load(answers / f"{task}-hequan.npy").astype(float)
    theirs = np.load(answers / f"{task}-{name}.npy").astype(float)
    off = np.abs(ours - theirs).max()
    return "same" if off == 0 else f"within {off:g}"


def _table(
    nodes: int, stations: int, tools: dict[str, Tool], same: dict[tuple[str, str], str]
) -> str:
    lines = [
        f"## Searches: {nodes:,} nodes, {stations:,} stations\n",
        "| task | tool | build s | first s | median ms | x hequan | asked | added MB | answer |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for task, peers in COMPARED.items():
        ours = statistics.median(tools["hequan"].seconds[task][1:])
        for name, asked in peers.items():
            tool = tools[name]
            first, *others = tool.seconds[task]
            median = statistics.median(others)
            lines.append(
                f"| {WORDS[task]} | {name} | {tool.build:.2f} | {first:.2f} | {median * 1000:.0f} "
                f"| {median / ours:.1f} | {f'>= {asked}' if asked else ''} "
                f"| {tool.mb[task]:.0f} | {same[task, name]} |"
            )
    return "\n".join(lines) + "\n"


def _leave_out(name: str) -> None:
    for peers in COMPARED.values():
        peers.pop(name, None)


if __name__ == "__main__":
    for word in sys.argv[1:]:
        if word.startswith("-"):
            _leave_out(word[1:])
    main(*(int(word) for word in sys.argv[1:] if not word.startswith("-")))
