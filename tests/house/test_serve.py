"""`hequan serve`: prepares, says when it is ready, revives what dies, stops when told."""

import os
import signal
import subprocess
import time
import urllib.error

import pytest

from tests.house.served import serve

pytestmark = pytest.mark.slow


def _children(pid):
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(pid)],
        capture_output=True,
        text=True,
        check=False,  # it ends with 1 where there are no children
    )
    rows = [line.strip().split(None, 1) for line in listed.stdout.splitlines()]
    return {("worker" if "worker" in args else "web"): int(number) for number, args in rows}


def test_serve_prepares_an_empty_folder_and_shows_the_wizard(tmp_path):
    with serve(tmp_path / "home") as served:
        status, page = served.get("/")

        assert status == 200
        assert '<html lang="zh-hans"' in page.lower()
        assert served.get("/healthz") == (200, "ok\n")
        assert served.get("/readyz") == (200, "ready\n")
    assert served.process.returncode == 0
    assert "hequan stopped." in served.said()


def test_serve_revives_a_worker_and_a_web_server_that_were_killed(tmp_path):
    with serve(tmp_path / "home") as served:
        before = _children(served.process.pid)
        for pid in before.values():
            os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            now = _children(served.process.pid)
            if len(now) == 2 and not set(now.values()) & set(before.values()) and _answers(served):
                break
            time.sleep(0.3)

        assert served.get("/readyz")[0] == 200
        assert set(_children(served.process.pid)) == {"web", "worker"}


def _answers(served):
    try:
        return served.get("/readyz")[0] == 200
    except (urllib.error.URLError, OSError):
        return False
