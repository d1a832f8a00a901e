"""Lifecycles of cases over HTTP, in a process of their own: see bench/cases/lifecycle.py.

    python -m bench.cases.load PORT SECONDS CONNECTIONS < people.json

A lifecycle is four requests, the ones DIGIT's published figure counts: a clerk takes a case in and
it is routed, whoever has it accepts, then answers it, and the dispatcher looks at a queue. The
result is one line of JSON.
"""

import asyncio
import itertools
import json
import re
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from bench.web.load import Tally

TOKEN = "t" * 32
_CASE = re.compile(rb"location: /board/cases/visits/[0-9]+/#case-([0-9]+)", re.IGNORECASE)
_SIZE = re.compile(rb"content-length: ([0-9]+)", re.IGNORECASE)
_keys = itertools.count()


async def send(reader, writer, session: str, path: str, form: dict[str, Any] | None) -> bytes:
    """Send one request with a session; return the head of the answer."""
    body = urlencode(form | {"csrfmiddlewaretoken": TOKEN}) if form is not None else ""
    head = f"{'GET' if form is None else 'POST'} {path} HTTP/1.1\r\nHost: localhost\r\n"
    head += f"Cookie: csrftoken={TOKEN}; sessionid={session}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
    told: bytes = await reader.readuntil(b"\r\n\r\n")
    if size := _SIZE.search(told):
        await reader.readexactly(int(size[1]))
    return told


async def live(reader, writer, people: dict[str, Any], place: dict[str, str]) -> bool:
    """Let one case live; tell whether every step was taken."""
    form = {
        "matter": place["matter"],
        "place": place["unit"],
        "words": "楼道灯不亮了，晚上老人走路看不清。",
        "channel": "counter",
        "looked": "1",  # at what is near: another of the same kind is taken in all the same
        "form_key": f"bench-{time.time_ns()}-{next(_keys)}",
    }
    opened = await send(reader, writer, people["clerk"], "/board/cases/new/", form)
    found = _CASE.search(opened)
    if found is None:
        return False
    page = f"/board/cases/{int(found[1])}/"
    steps: tuple[dict[str, Any], ...] = (
        {"move": "accept", "version": 0},
        {"move": "answer", "version": 1, "result": "solved", "answer": "灯已换好。"},
    )
    for step in steps:
        moved = await send(reader, writer, place["handler"], page, step)
        if b" 302 " not in moved[:16] or page.encode() not in moved:
            return False
    looked = await send(reader, writer, people["officer"], "/board/cases/?queue=to_check", None)
    return b" 200 " in looked[:16]


async def desk(
    port: int, people: dict[str, Any], places: Iterator[Any], until: float, tally: Tally
):
    """Let one case after another live over one connection until the time is over."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (began := time.perf_counter()) < until:
        done = await live(reader, writer, people, next(places))
        tally.seconds.append(time.perf_counter() - began)
        tally.failures += not done
    writer.close()


async def load(port: int, seconds: float, connections: int, people: dict[str, Any]) -> Tally:
    """Work at so many desks side by side."""
    tally, places = Tally(), itertools.cycle(people["places"])
    until = time.perf_counter() + seconds
    desks = (desk(port, people, places, until, tally) for _ in range(connections))
    await asyncio.gather(*desks)
    return tally


def main() -> None:
    """Read the arguments, load, and print what was seen."""
    port, seconds, connections = sys.argv[1:4]
    people = json.load(sys.stdin)
    began, cpu = time.perf_counter(), time.process_time()
    tally = asyncio.run(load(int(port), float(seconds), int(connections), people))
    took, times = time.perf_counter() - began, sorted(tally.seconds)
    print(
        json.dumps(
            {
                "lives": len(times) - tally.failures,
                "per_second": (len(times) - tally.failures) / took,
                "median_ms": 1000 * times[len(times) // 2],
                "p95_ms": 1000 * times[int(len(times) * 0.95)],
                "failures": tally.failures,
                "client_ms": 1000 * (time.process_time() - cpu) / len(times),
            }
        )
    )


if __name__ == "__main__":
    main()
