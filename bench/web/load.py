"""The other side of the measurement: many visitors at once, in a process of its own.

    python -m bench.web.load PORT SECONDS CONNECTIONS < addresses

Every connection asks one address after the other and reads the whole answer. Written with plain
asyncio streams: on a machine of two cores the visitors must cost less than what they measure. The
result is one line of JSON.
"""

import asyncio
import itertools
import json
import sys
import time
from dataclasses import dataclass, field

REQUEST = "GET {} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br, gzip\r\n\r\n"


@dataclass
class Tally:
    """What the visitors saw."""

    seconds: list[float] = field(default_factory=list)
    bytes: int = 0
    failures: int = 0


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    """Read one answer; return its status and how many bytes came."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    status = int(lines[0].split()[1])
    for line in lines:
        if line.startswith(b"content-length:"):
            body = await reader.readexactly(int(line.split(b":")[1]))
            return status, len(head) + len(body)
    total = len(head)
    while True:
        size = int(await reader.readline(), 16)
        part = await reader.readexactly(size + 2)
        total += len(part)
        if size == 0:
            return status, total


async def visit(port: int, addresses: "itertools.cycle[str]", until: float, tally: Tally) -> None:
    """Ask one address after the other until the time is over."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(REQUEST.format(next(addresses)).encode())
        status, size = await read_answer(reader)
        tally.seconds.append(time.perf_counter() - began)
        tally.bytes += size
        tally.failures += status != 200
    writer.close()


async def load(port: int, seconds: float, connections: int, addresses: list[str]) -> Tally:
    """Let so many visitors ask for so long."""
    tally = Tally()
    turns = itertools.cycle(addresses)
    until = time.perf_counter() + seconds
    await asyncio.gather(*(visit(port, turns, until, tally) for _ in range(connections)))
    return tally


def main() -> None:
    """Read addresses, make the load, print what was seen."""
    port, seconds, connections = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    addresses = sys.stdin.read().split()
    tally = asyncio.run(load(port, seconds, connections, addresses))
    times = sorted(tally.seconds)
    seen = {
        "answers": len(times),
        "per_second": len(times) / seconds,
        "median_ms": 1000 * times[len(times) // 2],
        "p95_ms": 1000 * times[int(len(times) * 0.95)],
        "bytes_each": tally.bytes / max(1, len(times)),
        "failures": tally.failures,
    }
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
