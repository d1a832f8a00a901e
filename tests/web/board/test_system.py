"""The system administrator's page: what runs, what was given up, what was backed up."""

from datetime import timedelta

import pytest

from hequan.core import jobs
from hequan.core.installation.backups import Backup
from hequan.core.jobs import Job
from hequan.core.kinds import JobState
from hequan.core.workers import Worker
from hequan.web.job_words import JOB_WORDS
from tests.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, world):
    """Signed in as the system administrator, in English."""
    client.cookies["hequan_language"] = "en"
    client.force_login(world.sysadmin)
    return client


@pytest.fixture
def given_up(world):
    return Job.objects.create(
        name="stations.measure_coverage",
        payload={"run": 0, "who": "王小明"},
        state=JobState.DEAD,
        attempts=5,
        next_at=AT,
        ended_at=AT,
        error="measure.py:7 measure\nKeyError: 'homes'",
    )


@pytest.mark.parametrize("who", ["officer", "security", "auditor", "viewer", "stranger"])
def test_the_page_is_the_system_administrators_only(client, world, given_up, who):
    client.force_login(getattr(world, who))

    assert client.get("/board/system/").status_code == 404
    assert client.get("/board/system/jobs/").status_code == 404
    assert client.post(f"/board/system/jobs/{given_up.pk}/again/").status_code == 404
    assert client.post(f"/board/system/jobs/{given_up.pk}/aside/").status_code == 404


def test_it_says_that_no_worker_runs_and_no_backup_is_there(administrator):
    page = administrator.get("/board/system/").content.decode()

    assert "No worker is running" in page
    assert "HEQUAN_BACKUPS" in page
    assert "Nightly backup" in page


def test_it_shows_backups_and_workers_that_are_well(administrator):
    Worker.objects.create(name="a", host="town-hall", started_at=AT, seen_at=AT)
    Backup.objects.create(
        at=AT - timedelta(hours=7), file_name="n.hqbackup", rows=1234, verified=True
    )
    page = administrator.get("/board/system/").content.decode()

    assert "town-hall" in page
    assert "read back and equal" in page
    assert "No worker is running" not in page
    assert "no good backup" not in page


def test_a_failed_backup_does_not_count_as_one(administrator):
    Backup.objects.create(at=AT, file_name="n.hqbackup", error="OSError: no space")

    assert "no good backup" in administrator.get("/board/system/").content.decode()


def test_a_job_given_up_is_shown_without_what_may_be_personal(administrator, given_up):
    assert "1 job was given up" in administrator.get("/board/system/").content.decode()
    page = administrator.get("/board/system/jobs/").content.decode()

    assert "Measuring coverage" in page
    assert "run=0" in page
    assert "KeyError: &#x27;homes&#x27;" in page
    assert "王小明" not in page


def test_she_runs_it_again_or_puts_it_aside_and_a_second_click_does_nothing(
    administrator, given_up
):
    answer = administrator.post(f"/board/system/jobs/{given_up.pk}/aside/", follow=True)
    assert "it will not be run" in answer.content.decode()
    answer = administrator.post(f"/board/system/jobs/{given_up.pk}/aside/", follow=True)
    assert "somebody has dealt with it" in answer.content.decode()

    administrator.post(f"/board/system/jobs/{given_up.pk}/again/")
    given_up.refresh_from_db()
    assert given_up.state == JobState.WAITING


def test_the_list_costs_the_same_however_long_it_is(
    administrator, given_up, django_assert_max_num_queries
):
    for _ in range(20):
        given_up.pk = None
        given_up.save()

    with django_assert_max_num_queries(8):
        administrator.get("/board/system/jobs/")
    with django_assert_max_num_queries(16):
        administrator.get("/board/system/")


def test_every_kind_of_job_has_words():
    assert set(jobs._ways) - set(JOB_WORDS) == set()
