"""`hequan serve`: prepares, says when it is ready, revives what dies, stops when told.

It runs from the wheel, with nothing beside it but the packages that are locked.
"""

import os
import signal
import subprocess
import time
import urllib.error

import pytest

from tests.house.served import READY, serve
from tests.house.wheels import install_wheel

pytestmark = pytest.mark.slow


def _children(pid):
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)],
        capture_output=True,
        text=True,
        check=False,  # it ends with 1 where there are no children
    )
    rows = [line.strip().split(None, 1) for line in listed.stdout.splitlines()]
    return {
        ("worker" if "hequan.cli worker" in args else "web"): int(number) for number, args in rows
    }


def test_serve_prepares_an_empty_folder_revives_what_dies_and_stops(wheel, tmp_path):
    command = [str(install_wheel(wheel, tmp_path / "environment"))]
    with serve(tmp_path / "home", command=command) as served:
        status, page = served.get("/")
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]

        assert status == 200
        assert '<html lang="zh-hans"' in page.lower()
        assert "核圈" in page
        assert served.get(style)[0] == 200
        assert served.get("/healthz") == (200, "ok\n")
        assert served.get("/readyz") == (200, "ready\n")
        _kill_and_wait(served)
        assert served.get("/readyz")[0] == 200
        assert set(_children(served.process.pid)) == {"web", "worker"}
        code = (tmp_path / "home" / "setup_code").read_text(encoding="ascii")
        lines = served.said().splitlines()
        told = [number for number, line in enumerate(lines) if code in line]
        assert len(told) == 1
        assert served.address in lines[told[0]]
        assert lines[told[0] + 1].startswith(READY)  # nobody is sent to a page not there yet
    assert served.process.returncode == 0
    assert "hequan stopped." in served.said()


def _kill_and_wait(served):
    """Kill the worker and the web server; wait until others stand in their place."""
    before = _children(served.process.pid)
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        now = _children(served.process.pid)
        if len(now) == 2 and not set(now.values()) & set(before.values()) and _answers(served):
            return
        time.sleep(0.3)


def _answers(served):
    try:
        return served.get("/readyz")[0] == 200
    except (urllib.error.URLError, OSError):
        return False
