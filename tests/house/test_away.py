"""The database away for a while, under a real server: words, no restart, and all by itself again.

HEQUAN_AWAY is how many seconds PostgreSQL stays away (5 here; 30 and more by hand).
"""

import http.client
import os
import time
from datetime import timedelta

import pytest

from hequan.core import clock
from hequan.core.jobs import Job, enqueue
from hequan.core.kinds import JobState
from hequan.core.tidying import TIDY
from tests.house.installations import copy_postgres_installation, leave_out_static_files
from tests.house.served import serve

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
AWAY = float(os.environ.get("HEQUAN_AWAY", "5"))
PAGE, API = "/services/", "/api/units"


def _let_the_worker_start(installed):
    """Wait until it has done the jobs that the town came with."""
    with installed.entered():
        waiting = Job.objects.filter(state=JobState.WAITING, next_at__lte=clock.now())
        _wait_until(lambda: not waiting.exists())


def test_while_postgresql_is_away_pages_say_so_and_come_back_by_themselves(
    postgres_town, cluster, tmp_path, django_db_blocker
):
    installed = copy_postgres_installation(postgres_town, tmp_path / "home", cluster)
    leave_out_static_files(installed)
    with (
        django_db_blocker.unblock(),
        serve(installed.home, environment=installed.environment, wait=300) as served,
    ):
        assert [_get(served, path)[0] for path in (PAGE, API, "/readyz")] == [200, 200, 200]
        _let_the_worker_start(installed)
        with _stopped(cluster):
            back_at = time.monotonic() + AWAY
            while True:
                status, text = _get(served, PAGE)
                assert (status, "暂时无法访问" in text, "Traceback" in text) == (503, True, False)
                assert (_get(served, API)[0], _get(served, "/readyz")[0]) == (503, 503)
                assert _get(served, "/healthz")[0] == 200
                if time.monotonic() > back_at:
                    break
                time.sleep(0.5)
        with installed.entered():
            asked = enqueue(TIDY, {}, clock.now() - timedelta(seconds=1))
        _wait_until(lambda: _get(served, "/readyz")[0] == 200)
        assert [_get(served, path)[0] for path in (PAGE, API)] == [200, 200]
        with installed.entered():
            _wait_until(lambda: Job.objects.get(pk=asked.pk).state == JobState.DONE)
        assert "ended with code" not in served.said()  # nothing had to be started again


class _stopped:
    """PostgreSQL stopped as by a power cut, and started again at the end of the block."""

    def __init__(self, cluster):
        self._cluster = cluster

    def __enter__(self):
        self._cluster.stop()

    def __exit__(self, *_):
        self._cluster.start()


def _get(served, path):
    """Return status and text of one address, whatever the status; no redirects followed."""
    connection = http.client.HTTPConnection(served.address.partition("//")[2], timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _wait_until(true):
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        time.sleep(0.2)
