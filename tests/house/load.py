"""Officers at work over HTTP: each remembers what the server has acknowledged, and nothing else."""

import http.client
import threading
import time
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass, field

TOKEN = "a" * 32
PAUSE = 0.03  # seconds between two writes: what was killed needs the processor to come back


@dataclass
class Acknowledged:
    """What was answered as done."""

    services: list[str] = field(default_factory=list)
    measurements: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many writes were acknowledged."""
        return len(self.services) + self.measurements


class Officer(threading.Thread):
    """One client: enters services, at times asks for a measurement, until told to stop."""

    def __init__(self, port: int, session: str, unit: int, name: str) -> None:
        super().__init__(daemon=True)
        self.done = Acknowledged()
        self._port, self._session, self._unit, self._prefix = port, session, unit, name
        self._stopping = threading.Event()

    def run(self) -> None:
        number = 0
        while not self._stopping.is_set():
            number += 1
            try:
                self._work(number)
                time.sleep(PAUSE)
            except (OSError, http.client.HTTPException) as error:
                self._note(type(error).__name__)  # killed under our hands: not acknowledged
                time.sleep(0.05)

    def stop(self) -> None:
        self._stopping.set()

    def _work(self, number: int) -> None:
        if number % 5 == 0:
            status = self._post("/board/coverage/measure/", {"unit": str(self._unit)})
            self.done.measurements += status == 302
        else:
            code = f"{self._prefix}-{number}"
            status = self._post(
                "/board/services/new/",
                {"name": code, "code": code, "category": "living", "mode": "on_the_spot"},
            )
            if status == 302:
                self.done.services.append(code)
        if status != 302:
            self._note(str(status))
            time.sleep(0.05)

    def _post(self, path: str, fields: dict[str, str]) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        try:
            headers = {
                "Cookie": f"sessionid={self._session}; csrftoken={TOKEN}",
                "X-CSRFToken": TOKEN,
                "Content-Type": "application/x-www-form-urlencoded",
            }
            connection.request("POST", path, urllib.parse.urlencode(fields), headers)
            answer = connection.getresponse()
            answer.read()
            if "sign-in" in (answer.headers.get("Location") or ""):
                return 401
            return answer.status
        finally:
            connection.close()

    def _note(self, what: str) -> None:
        self.done.refused[what] = self.done.refused.get(what, 0) + 1


def acknowledged_by(officers: Sequence[Officer]) -> int:
    """Return how many writes were acknowledged to all of them."""
    return sum(one.done.count for one in officers)
