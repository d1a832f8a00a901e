"""Residents who sign in by code, in a process of their own: see bench/web/sign_in.py.

    python -m bench.web.sign_in_load PORT SECONDS CONNECTIONS OUTGOING < phones

A connection stands for one estate behind one address of its own: a few dozen residents sign in
over it one after the other, each on a device of her own. A sign-in is two forms sent: ask for a
code, enter it; it counts when the answer leads on and sets a session. The codes are read from the
file gateway. The result is one line of JSON.
"""

import asyncio
import itertools
import json
import random
import re
import sys
import time
from collections.abc import Iterator

from bench.web.load import Tally

FORM = (
    "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: {size}\r\nCookie: {cookies}\r\n\r\n{body}"
)
TOKEN = "t" * 32
RESIDENTS_EACH = 100  # of one estate, under the limit of its address
_COOKIE = re.compile(rb"set-cookie: ([^=]+)=([^;]*)", re.IGNORECASE)
_CODE = re.compile(r"[0-9]{6}")


class Outgoing:
    """The messages sent so far, by phone, read as the file grows."""

    def __init__(self, path: str) -> None:
        self._file = open(path, encoding="utf-8")  # noqa: SIM115 - kept open while it grows
        self._file.seek(0, 2)
        self._codes: dict[str, str] = {}
        self._half = ""  # a line that was still being written

    def code(self, phone: str) -> str:
        """Return the last code sent to the phone."""
        for read in self._file:
            line = self._half + read
            self._half = "" if line.endswith("\n") else line
            if self._half:
                break
            told = json.loads(line)
            found = _CODE.search(told["text"])
            self._codes[told["address"]] = found[0] if found else ""
        return self._codes.pop(phone, "")


async def send(reader, writer, path: str, cookies: dict[str, str], body: str) -> bytes:
    """Send one form; return the head of the answer and keep its cookies."""
    said = "; ".join(f"{name}={value}" for name, value in cookies.items())
    body += f"&csrfmiddlewaretoken={TOKEN}"
    writer.write(FORM.format(path=path, size=len(body), cookies=said, body=body).encode())
    head = await reader.readuntil(b"\r\n\r\n")
    size = re.search(rb"content-length: ([0-9]+)", head, re.IGNORECASE)
    if size:
        await reader.readexactly(int(size[1]))
    for name, value in _COOKIE.findall(head):
        cookies[name.decode()] = value.decode()
    return head


async def sign_in(reader, writer, phone: str, outgoing: Outgoing) -> bool:
    """Sign one resident in on a new device; tell whether she got a session."""
    cookies = {"csrftoken": TOKEN}
    asked = await send(reader, writer, "/sign-in/code/", cookies, f"phone={phone}")
    if b" 302 " not in asked[:16]:
        return False
    code = outgoing.code(phone)
    entered = await send(reader, writer, "/sign-in/code/enter/", cookies, f"code={code}")
    return b"location: /landing/" in entered.lower() and b"sessionid=" in entered


async def estate(port: int, phones: Iterator[str], until: float, outgoing, tally: Tally) -> None:
    """Sign residents in over connections from ever new addresses until the time is over."""
    while time.perf_counter() < until:
        here = f"127.{random.randint(1, 250)}.{random.randint(0, 255)}.{random.randint(1, 254)}"
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(here, 0))
        for phone in itertools.islice(phones, RESIDENTS_EACH):
            began = time.perf_counter()
            if began >= until:
                break
            done = await sign_in(reader, writer, phone, outgoing)
            tally.seconds.append(time.perf_counter() - began)
            tally.failures += not done
        writer.close()


async def load(port: int, seconds: float, connections: int, path: str, phones: list[str]) -> Tally:
    """Let the estates sign in side by side."""
    tally, outgoing, each = Tally(), Outgoing(path), iter(phones)
    until = time.perf_counter() + seconds
    await asyncio.gather(*(estate(port, each, until, outgoing, tally) for _ in range(connections)))
    return tally


def main() -> None:
    """Read the arguments, load, and print what was seen."""
    port, seconds, connections, path = sys.argv[1:5]
    phones = sys.stdin.read().split()
    began = time.perf_counter()
    tally = asyncio.run(load(int(port), float(seconds), int(connections), path, phones))
    took, times = time.perf_counter() - began, sorted(tally.seconds)
    print(
        json.dumps(
            {
                "sign_ins": len(times) - tally.failures,
                "per_second": (len(times) - tally.failures) / took,
                "median_ms": 1000 * times[len(times) // 2],
                "p95_ms": 1000 * times[int(len(times) * 0.95)],
                "failures": tally.failures,
            }
        )
    )


if __name__ == "__main__":
    main()
