"""A city's coverage from database to stored result: `python -m bench.stations.run [repeats]`.

The city (16 districts, 234 towns, about 6 500 committees, 12 000 stations, 25 million people) is
made once in bench/out/city. Every repetition is a process of its own that opens the network,
reads the homes, searches for five walkers and stores the result in one transaction.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "bench" / "out"
TARGET_SECONDS, TARGET_MEGABYTES = 60.0, 4096


def main(repeats: int = 5) -> dict[str, Any]:
    """Print the table, keep it as bench/out/stations.json, and return its row."""
    home = Path(os.environ.get("HEQUAN_BENCH_CITY", OUT / "city"))
    environment = os.environ | {"HEQUAN_HOME": str(home)}
    if not (home / "hequan.sqlite3").exists() and not os.environ.get("DATABASE_URL"):
        _make_city(home, environment)
    turns = [_turn(environment) for _ in range(repeats)]
    row = {
        "what": "coverage of a city, database to stored result",
        "seconds": statistics.median(turn["seconds"] for turn in turns),
        "megabytes": max(turn["megabytes"] for turn in turns),
        "turns": turns,
    }
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "stations.json").write_text(json.dumps(row, indent=1))
    _print(row)
    return row


def _make_city(home: Path, environment: dict[str, str]) -> None:
    home.mkdir(parents=True, exist_ok=True)
    print("making the city (some minutes, once) ...", flush=True)
    for command in (["migrate", "-v", "0"], ["demo", "--size", "city"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True
        )


def _turn(environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.stations.measure_city"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if found["state"] != "done":
        raise RuntimeError(found["error"])
    return found


def _print(row: dict[str, Any]) -> None:
    last = row["turns"][-1]
    print(
        f"{last['homes']:,} homes, {last['people']:,} people, {last['stations']:,} stations, "
        f"{last['units']:,} units and circles, 5 walkers, services by {last['services_by']}, "
        f"{last['database']}"
    )
    print(f"{'':24}{'median':>10}{'target':>10}")
    print(f"{'seconds':24}{row['seconds']:>10.1f}{TARGET_SECONDS:>10.0f}")
    print(f"{'peak memory, MB':24}{row['megabytes']:>10}{TARGET_MEGABYTES:>10}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
