"""Measures the board's queues of cases at any number of them: time in the server, per page.

    python -m tools.postgres -- python -m bench.cases.queues [CASES] [REPEATS]

The demo town is given CASES old cases, one in fifty of them open. Whole answers are taken, from
the first layer of the server to the last byte, in one process without a network.
"""

import json
import os
import statistics
import sys
import time
from typing import Any

from bench.cases.lifecycle import prepared
from bench.web.fifteen import OUT

LIST = "/board/cases/?queue="
PAGES = {
    "officer": (
        *(f"{LIST}{one}" for one in ("mine", "to_dispatch", "to_check", "late", "open")),
        *(f"{LIST}open&page=300", "/board/cases/load/", "/board/cases/figures/"),
    ),
    "handler": tuple(f"{LIST}{one}" for one in ("mine", "late", "open")),
}


def main(cases: int = 0, repeats: int = 9) -> list[dict[str, Any]]:
    """Print the table, keep it as bench/out/queues-CASES.json, and return its rows."""
    environment, people = prepared(cases)
    os.environ.update(environment)
    rows = _measured(json.loads(people), repeats)
    (OUT / f"queues-{cases}.json").write_text(json.dumps(rows, indent=1))
    print(f"load {os.getloadavg()[1]:.1f}")
    for row in rows:
        print(
            f"{row['who']:8} {row['page']:36} {row['ms']:7.1f} ms {row['statements']:3} statements"
        )
    return rows


def _measured(people: dict[str, Any], repeats: int) -> list[dict[str, Any]]:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    cookies = {"officer": people["officer"], "handler": people["places"][0]["handler"]}
    rows = []
    for who, paths in PAGES.items():
        client = Client()
        client.cookies["sessionid"] = cookies[who]
        rows += [{"who": who, "page": path} | _page(client, path, repeats) for path in paths]
    return rows


def _page(client: Any, path: str, repeats: int) -> dict[str, float]:
    from django.db import connection

    asked: list[str] = []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    client.get(path)  # what is kept is kept from now on
    with connection.execute_wrapper(counted):
        answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    took = []
    for _ in range(repeats):
        began = time.perf_counter()
        client.get(path)
        took.append(1000 * (time.perf_counter() - began))
    return {"ms": statistics.median(took), "statements": len(asked)}


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:3]))
