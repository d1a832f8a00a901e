"""Measures complete sign-ins by phone code.

    python -m tools.postgres -- python -m bench.web.sign_in

`hequan serve` runs as it does for a town (two web processes) on the database of DATABASE_URL; the
residents are a process of their own on the same cores. Each of them is in the register, has an
account, and signs in on a new device; no password is hashed on the way. The first run warms up.
The data folder stays between runs, so that static files are compressed once; the database is new.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.cpu import postgres_seconds, tree_seconds
from bench.web.fifteen import OUT, ROOT, _free_port, _server

HOME = OUT / "sign_in"
SECONDS, CONNECTIONS, RESIDENTS = 5, 8, 2500
TARGETS = {"sign-ins a second": ">= 200"}
PEOPLE = """
import django
django.setup()
from datetime import datetime, UTC
from hequan.core.accounts import Account
from hequan.people.models import Person
from hequan.people.models import name_columns, phone_columns
at = datetime(2026, 1, 1, tzinfo=UTC)
accounts = Account.objects.bulk_create(
    [Account(username=f"r-{n}", name="居民", password="!") for n in range(COUNT)], batch_size=1000)
Person.objects.bulk_create(
    [Person(**name_columns("居民"), **phone_columns(f"138{n:08d}"), registered_at=at, account=one)
     for n, one in enumerate(accounts)], batch_size=1000)
"""


def main(repeats: int = 3) -> list[dict[str, Any]]:
    """Print the table, keep it as bench/out/sign_in.json, and return its rows."""
    environment = dict(os.environ) | {"HEQUAN_HOME": str(HOME), "HEQUAN_SMS_GATEWAY": "file"}
    environment |= {"DJANGO_SETTINGS_MODULE": "hequan.config.settings"}
    outgoing = HOME / "outgoing" / "sms.jsonl"
    outgoing.parent.mkdir(parents=True, exist_ok=True)
    outgoing.write_text("")
    phones = _residents(environment, (repeats + 1) * RESIDENTS)
    port = _free_port()
    with _server(environment, port) as server:
        parts = [phones[n * RESIDENTS : (n + 1) * RESIDENTS] for n in range(repeats + 1)]
        runs = [_measured(server, port, outgoing, part) for part in parts][1:]
    print(f"load of the machine {os.getloadavg()[1]:.1f}; rounds:", *(_told(run) for run in runs))
    rows = [
        {"what": what, "figure": figure, "target": TARGETS.get(what, "")}
        for what, figure in (
            ("sign-ins a second", statistics.median(run["per_second"] for run in runs)),
            ("median ms", statistics.median(run["median_ms"] for run in runs)),
            ("p95 ms", statistics.median(run["p95_ms"] for run in runs)),
            ("server CPU ms", statistics.median(run["server_ms"] for run in runs)),
            ("database CPU ms", statistics.median(run["database_ms"] for run in runs)),
            ("failures", sum(run["failures"] for run in runs)),
        )
    ]
    (OUT / "sign_in.json").write_text(json.dumps(rows, indent=1))
    for row in rows:
        print(f"{row['what']:18} {row['figure']:9.1f} {row['target']:>8}")
    return rows


def _told(run: dict[str, float]) -> str:
    return f"{run['per_second']:.1f}"


def _residents(environment: dict[str, str], count: int) -> list[str]:
    for step in (
        [sys.executable, "-m", "hequan.cli", "migrate", "--verbosity", "0"],
        [sys.executable, "-c", PEOPLE.replace("COUNT", str(count))],
    ):
        subprocess.run(step, env=environment, cwd=ROOT, check=True)
    return [f"138{n:08d}" for n in range(count)]


def _measured(server: int, port: int, outgoing: Path, phones: list[str]) -> dict[str, float]:
    """Load, and tell what one sign-in cost the server and the database."""
    before = tree_seconds(server), postgres_seconds()
    seen = _load(port, outgoing, phones)
    spent = tree_seconds(server) - before[0], postgres_seconds() - before[1]
    each = 1000 / max(seen["sign_ins"], 1)
    return seen | {"server_ms": spent[0] * each, "database_ms": spent[1] * each}


def _load(port: int, outgoing: Path, phones: list[str]) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.web.sign_in_load", str(port), str(SECONDS)]
    done = subprocess.run(
        [*command, str(CONNECTIONS), str(outgoing)],
        input="\n".join(phones),
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    seen: dict[str, float] = json.loads(done.stdout)
    return seen


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:2]))
