"""Measures lifecycles of cases: created and routed, accepted, answered, found in a queue.

    python -m tools.postgres -- python -m bench.cases.lifecycle [CASES] [REPEATS]

`hequan serve` runs as it does for a town (two web processes) on the demo town in the database of
DATABASE_URL, which first is given CASES old cases. Clerk, handlers and dispatcher are a process of
their own on the same cores; permissions, audit and outbox are on. The first run warms up. DIGIT
publishes 37 a second empty and 6.3 at a million cases, on 16 virtual processors.
"""

import json
import os
import statistics
import subprocess
import sys
from typing import Any

from bench.cpu import postgres_seconds, tree_seconds
from bench.web.fifteen import OUT, ROOT, _free_port, _server

HOME = OUT / "cases"
SECONDS, CONNECTIONS, PLACES = 8, 16, 48
TARGETS = {
    "lifecycles a second": ">= 120",
    "p95 ms": "<= 250",
    "server + database CPU ms": "<= 14 each",
    "failures": "0",
}


def main(cases: int = 0, repeats: int = 3) -> list[dict[str, Any]]:
    """Print the table, keep it as bench/out/lifecycle-CASES.json, and return its rows."""
    environment, people = prepared(cases)
    port = _free_port()
    with _server(environment, port) as server:
        runs = [_measured(server, port, people) for _ in range(repeats + 1)][1:]
    print(f"load {os.getloadavg()[1]:.1f}; rounds:", *(f"{run['per_second']:.1f}" for run in runs))

    def middle(name: str) -> float:
        return statistics.median(run[name] for run in runs)

    rows = [
        {"what": what, "figure": figure, "target": TARGETS.get(what, "")}
        for what, figure in (
            ("lifecycles a second", middle("per_second")),
            ("median ms", middle("median_ms")),
            ("p95 ms", middle("p95_ms")),
            ("server CPU ms", middle("server_ms")),
            ("database CPU ms", middle("database_ms")),
            ("client CPU ms", middle("client_ms")),
            ("failures", sum(run["failures"] for run in runs)),
        )
    ]
    (OUT / f"lifecycle-{cases}.json").write_text(json.dumps(rows, indent=1))
    for row in rows:
        print(f"{row['what']:22} {row['figure']:9.1f} {row['target']:>10}")
    return rows


def prepared(cases: int) -> tuple[dict[str, str], str]:
    """Make the demo town with so many old cases, unless they are there; return who takes part.

    What is returned is the environment, and the people as JSON.
    """
    environment = dict(os.environ) | {"HEQUAN_HOME": str(HOME), "HEQUAN_SECOND_FACTOR": "offered"}
    environment |= {"DJANGO_SETTINGS_MODULE": "hequan.config.settings"}
    HOME.mkdir(parents=True, exist_ok=True)
    for step in (["migrate", "--verbosity", "0"], ["demo", "--if-empty"]):
        _run(environment, "-m", "hequan.cli", *step)
    if cases:
        _run(environment, "-m", "bench.cases.volume", str(cases))
    return environment, _run(environment, "-m", "bench.cases.people", str(PLACES))


def _run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def _measured(server: int, port: int, people: str) -> dict[str, float]:
    before = tree_seconds(server), postgres_seconds()
    command = [sys.executable, "-m", "bench.cases.load", str(port), str(SECONDS), str(CONNECTIONS)]
    done = subprocess.run(
        command, input=people, cwd=ROOT, check=True, capture_output=True, text=True
    )
    seen: dict[str, float] = json.loads(done.stdout)
    spent = tree_seconds(server) - before[0], postgres_seconds() - before[1]
    each = 1000 / max(seen["lives"], 1)
    return seen | {"server_ms": spent[0] * each, "database_ms": spent[1] * each}


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:3]))
