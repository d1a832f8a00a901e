"""Figures for a monitor: for who may see them, by the names of pages."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.django_db


def value_of(text, name, **labels):
    wanted = [f'{key}="{value}"' for key, value in labels.items()]
    lines = [line for line in text.splitlines() if line.startswith(name + "{")]
    found = [line for line in lines if all(one in line for one in wanted)]
    return sum(float(one.rpartition(" ")[2]) for one in found)


def test_pages_are_counted_by_name_and_guesses_in_one_row(client, world):
    before = client.get("/metrics").content.decode()
    client.get("/about/")
    for guess in ("/wp-admin/", "/.git/config", "/13812345678/"):
        client.get(guess)
    after = client.get("/metrics").content.decode()

    def more(**labels):
        name = "hequan_requests_total"
        return value_of(after, name, **labels) - value_of(before, name, **labels)

    assert more(page="web:about", status="2xx") == 1
    assert more(page="none", status="4xx") == 3
    assert "13812345678" not in after
    assert "wp-admin" not in after


def test_jobs_deliveries_and_time_are_told(client, world):
    text = client.get("/metrics").content.decode()

    assert 'hequan_jobs{state="waiting"}' in text
    assert 'hequan_jobs{state="dead"} 0.0' in text
    assert 'hequan_deliveries{channel="sms",state="failed"} 0.0' in text
    assert "hequan_request_seconds_bucket" in text


def test_a_method_of_ones_own_makes_no_row(client, world):
    client.generic("BREW13812345678", "/about/")

    assert "BREW" not in client.get("/metrics").content.decode()


@pytest.mark.parametrize(
    "more", [{"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}]
)
def test_nobody_else_sees_that_there_are_figures(client, world, more):
    assert client.get("/metrics", **more).status_code == 404


def test_with_a_token_who_brings_it_is_answered(client, world, settings):
    settings.METRICS_TOKEN = "the right one"
    far = {"REMOTE_ADDR": "203.0.113.9"}

    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer wrong", **far).status_code == 404
    right = client.get("/metrics", HTTP_AUTHORIZATION="Bearer the right one", **far)
    assert right.status_code == 200


TWO = """
import os
from hequan.web.metrics import REQUESTS
from prometheus_client import CollectorRegistry, generate_latest, multiprocess
for _ in range(2):
    if os.fork() == 0:
        REQUESTS.labels("GET", "web:home", "2xx").inc(3)
        os._exit(0)
for _ in range(2):
    os.wait()
registry = CollectorRegistry()
multiprocess.MultiProcessCollector(registry)
print(generate_latest(registry).decode())
"""


@pytest.mark.slow
def test_the_counts_of_all_web_processes_are_added_up(tmp_path):
    """Without the folder each process tells its own count only."""
    code = "import django; django.setup()\n" + TWO
    settings = {"DJANGO_SETTINGS_MODULE": "hequan.config.settings"}
    settings["PROMETHEUS_MULTIPROC_DIR"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=True,
    )

    assert value_of(done.stdout, "hequan_requests_total", page="web:home") == 6
