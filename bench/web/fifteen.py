"""Measures "my fifteen minutes" on the demo town: `python -m bench.web.fifteen [repeats]`.

`hequan serve` runs as it does for a town (two web processes), the visitors are a process of their
own on the same cores. They ask from random homes, for every kind of walker, now and at other
times, so that no two answers need be alike. The first view of the page is weighed too.
"""

import http.client
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "bench" / "out"
HOME = OUT / "town"
SECONDS, CONNECTIONS, ADDRESSES = 8, 16, 2000
TARGETS = {"answers a second": ">= 150", "first view KB": "<= 250", "map data KB": "<= 400"}


def main(repeats: int = 5) -> list[dict[str, Any]]:
    """Print the table, keep it as bench/out/fifteen.json, and return its rows."""
    OUT.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ) | {"HEQUAN_HOME": str(HOME)}
    _demo_town(environment)
    addresses = _addresses(environment)
    port = _free_port()
    with _server(environment, port):
        runs = [_load(port, addresses) for _ in range(repeats + 1)][1:]
        first_view, map_bytes = _first_view(port), _size(port, "/map/background.json")
    rows = [
        _row("answers a second", statistics.median(run["per_second"] for run in runs)),
        _row("median ms", statistics.median(run["median_ms"] for run in runs)),
        _row("p95 ms", statistics.median(run["p95_ms"] for run in runs)),
        _row("failures", sum(run["failures"] for run in runs)),
        _row("answer KB", statistics.median(run["bytes_each"] for run in runs) / 1000),
        _row("first view KB", first_view / 1000),
        _row("map data KB", map_bytes / 1000),
    ]
    (OUT / "fifteen.json").write_text(json.dumps(rows, indent=1))
    for row in rows:
        print(f"{row['what']:18} {row['figure']:9.1f} {row['target']:>8}")
    return rows


def _row(what: str, figure: float) -> dict[str, Any]:
    return {"what": what, "figure": figure, "target": TARGETS.get(what, "")}


def _demo_town(environment: dict[str, str]) -> None:
    """Build the demo town once; later runs use it again."""
    for step in (["migrate", "--verbosity", "0"], ["demo"]):
        if step == ["demo"] and (HOME / "built").exists():
            return
        subprocess.run([sys.executable, "-m", "hequan.cli", *step], env=environment, check=True)
    (HOME / "built").touch()


def _addresses(environment: dict[str, str]) -> list[str]:
    """Return questions from random homes, half of them now, half at another time."""
    code = (
        "import django; django.setup();"
        "from hequan.territory.queries import homes_arrays as h; a = h(None);"
        "print(*(f'{x:.4f},{y:.4f}' for x, y in zip(a.lon, a.lat)))"
    )
    settings = environment | {"DJANGO_SETTINGS_MODULE": "hequan.config.settings"}
    told = subprocess.run(
        [sys.executable, "-c", code], env=settings, check=True, capture_output=True, text=True
    )
    places, chance = told.stdout.split(), random.Random(1)
    profiles = ("adult", "elder", "frail", "child", "wheelchair")
    whens = ("now",) * 4 + ("later&day=tue&time=10:00", "later&day=sat&time=19:30")
    whens += ("later&day=sun&time=07:00", "later&day=mon&time=14:00")
    return [
        f"/?place={chance.choice(places)}&profile={chance.choice(profiles)}"
        f"&when={chance.choice(whens)}"
        for _ in range(ADDRESSES)
    ]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def _server(environment: dict[str, str], port: int) -> Iterator[int]:
    command = [sys.executable, "-m", "hequan.cli", "serve", "--no-worker", "--web-processes", "2"]
    server = subprocess.Popen([*command, "--port", str(port)], env=environment)
    try:
        _wait_for(port)
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        try:
            if _size(port, "/readyz"):
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("the server did not start")


def _load(port: int, addresses: list[str]) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.web.load", str(port), str(SECONDS), str(CONNECTIONS)]
    done = subprocess.run(
        command, input="\n".join(addresses), cwd=ROOT, check=True, capture_output=True, text=True
    )
    seen: dict[str, float] = json.loads(done.stdout)
    return seen


def _get(port: int, address: str) -> tuple[int, bytes]:
    """Return how many bytes of body came over the wire, and the body."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked.request("GET", address, headers={"Accept-Encoding": "br, gzip", "Host": "localhost"})
    answer = asked.getresponse()
    body = answer.read()
    asked.close()
    if answer.status != 200:
        raise RuntimeError(f"{address} answered {answer.status}")
    return len(body), body


def _size(port: int, address: str) -> int:
    return _get(port, address)[0]


def _first_view(port: int) -> int:
    """Return the bytes a new visitor's browser fetches for the first page, without the map."""
    size, page = _get(port, "/")
    files = set(re.findall(rb'(?:src|href)="(/static/[^"]+)"', page))
    return size + sum(_size(port, file.decode()) for file in files)


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:2]))
