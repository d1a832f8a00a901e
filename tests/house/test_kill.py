"""SIGKILL under load: what was acknowledged is there, nothing is half done, no job is lost.

A real `hequan serve` runs on an installation of its own while officers write over HTTP. Again and
again some of its processes (web server, its workers, job workers), chosen at random, are killed at
a random moment; the supervisor starts them again. `make test` kills 30 on each database, `make
torture` 500 (HEQUAN_KILLS).
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta

import pytest

from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry
from hequan.core.audit.check import check_trail
from hequan.core.jobs import Job
from hequan.core.kinds import JobState
from hequan.core.rule_values import RuleValue
from hequan.stations.coverage_runs import CoverageRun
from hequan.stations.kinds import RunState
from hequan.stations.models import Service
from hequan.territory.models import Unit
from tests.house.installations import leave_out_static_files
from tests.house.load import Officer, acknowledged_by
from tests.house.served import serve
from tests.world import TOWN

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
KILLS = int(os.environ.get("HEQUAN_KILLS", "30"))
SEED = int(os.environ.get("HEQUAN_KILL_SEED", "20261122"))
OFFICERS = 3
ALL_AT_ONCE = 0.1  # how often everything dies, which takes long to come back


def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(installed):
    chance = random.Random(SEED)
    with installed.entered():
        unit, before = _prepare()
    sessions = _signed_in(installed)
    leave_out_static_files(installed)
    options = ("--web-processes", "2", "--job-workers", "2")
    with serve(
        installed.home, environment=installed.environment, options=options, wait=300
    ) as served:
        port = int(served.address.rpartition(":")[2])
        officers = [Officer(port, one, unit, f"k{at}") for at, one in enumerate(sessions)]
        for one in officers:
            one.start()
        kills = 0
        while kills < KILLS:
            _wait_for_progress(served, officers)
            time.sleep(chance.uniform(0, 0.4))
            kills += _kill_some(served.process.pid, chance)
        _wait_for_progress(served, officers)
        for one in officers:
            one.stop()
        for one in officers:
            one.join(timeout=30)
        with installed.entered():
            _wait_for_jobs()
    with installed.entered():
        _check(officers, before)


def _prepare():
    """Let officers write as fast as they can; return their unit and the services there are."""
    Account.objects.filter(username="zhoumin").update(is_demo=True)  # no second factor to type
    RuleValue.objects.filter(code="limit.write.account").delete()
    RuleValue.objects.create(
        code="limit.write.account",
        value=[1_000_000, 60],
        source="test",
        version="1",
        valid_from=date(2000, 1, 1),
    )
    return Unit.objects.get(codes__code=TOWN).pk, Service.objects.count()


SIGN_IN = """
import django, json, sys
django.setup()
from django.test import Client
from hequan.core.accounts import Account
officer, sessions = Account.objects.get(username="zhoumin"), []
for _ in range(int(sys.argv[1])):
    client = Client()
    client.force_login(officer)
    sessions.append(client.cookies["sessionid"].value)
print(json.dumps(sessions))
"""


def _signed_in(installed):
    """Return sessions of officers, made by the installation itself, with its own keys."""
    environment = installed.environment | {"DJANGO_SETTINGS_MODULE": "hequan.config.settings"}
    said = subprocess.run(
        [sys.executable, "-c", SIGN_IN, str(OFFICERS)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(said.stdout.splitlines()[-1])


def _wait_for_progress(served, officers):
    """Wait until the pages have acknowledged more writes: there is something to be killed."""
    enough = acknowledged_by(officers) + 3
    until = time.monotonic() + 90
    while acknowledged_by(officers) < enough:
        refused = [one.done.refused for one in officers]
        assert time.monotonic() < until, f"{refused}\n{served.said()[-3000:]}"
        time.sleep(0.02)


def _processes(supervisor):
    """Return the parent of each process below the supervisor: the installation's own."""
    listed = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in listed.stdout.splitlines()]
    found = {}
    for _ in range(3):
        for pid, parent, state in rows:
            if int(parent) in {supervisor, *found} and not state.startswith("Z"):
                found[int(pid)] = int(parent)
    return found


def _kill_some(supervisor, chance):
    """Kill one or two processes with what they started, now and then all; return how many."""
    there = _processes(supervisor)
    all_of_them = chance.random() < ALL_AT_ONCE
    hit = there if all_of_them else chance.sample([*there], min(chance.randint(1, 2), len(there)))
    chosen = {pid for pid, parent in there.items() if pid in hit or parent in hit}
    killed = 0
    for pid in chosen:
        try:
            os.kill(pid, signal.SIGKILL)
            killed += 1
        except ProcessLookupError:
            pass
    return killed


def _wait_for_jobs():
    """Wait until every job is done: none is lost, none is stuck."""
    until = time.monotonic() + 60
    open_jobs = Job.objects.exclude(state=JobState.DONE)
    while open_jobs.exists():
        assert time.monotonic() < until, list(open_jobs.values())
        time.sleep(0.2)


def _check(officers, before):
    acknowledged = [code for one in officers for code in one.done.services]
    there = Counter(Service.objects.filter(code__startswith="k").values_list("code", flat=True))
    assert set(acknowledged) <= set(there), "an acknowledged write is lost"
    assert set(there.values()) == {1}
    assert Service.objects.count() == before + len(there)

    saved = AuditEntry.objects.filter(verb="stations.service_saved")
    numbers = Service.objects.filter(code__startswith="k").values_list("pk", flat=True)
    assert Counter(saved.values_list("thing_id", flat=True)) == Counter(map(str, numbers))

    asked = CoverageRun.objects.filter(asked_at__gt=clock.now() - timedelta(hours=1))
    assert asked.count() >= sum(one.done.measurements for one in officers)
    # the small town has no station yet, so each measurement ends with that refusal, once
    assert set(asked.values_list("state", flat=True)) <= {RunState.FAILED}
    for verb in ("stations.coverage_asked", "stations.coverage_failed"):
        entries = AuditEntry.objects.filter(verb=verb).values_list("thing_id", flat=True)
        assert Counter(entries) == Counter(str(one.pk) for one in asked), verb
    jobs = Job.objects.filter(name="stations.measure_coverage").values_list("payload", flat=True)
    assert Counter(one["run"] for one in jobs) == Counter(one.pk for one in asked)

    assert check_trail(at=clock.now()).faults == ()
