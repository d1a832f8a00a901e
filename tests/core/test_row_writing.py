"""Rows written quickly are the rows the ORM would have written."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hequan.core.jobs import Job
from hequan.core.kinds import JobState
from hequan.core.row_writing import change

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 10, 2, 0, 0, 123456, tzinfo=UTC)
SLOW_DATABASE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
moments = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
facts = st.fixed_dictionaries(
    {
        "name": texts,
        "payload": st.dictionaries(texts, st.one_of(texts, st.integers(-9, 9), st.none())),
        "attempts": st.integers(0, 9),
        "next_at": moments,
        "leased_until": st.none() | moments,
        "error": texts,
    }
)


def as_the_orm_writes(job):
    """Write the row by the ORM's own way, beside ours."""
    models.Model.save(job)
    return job


@SLOW_DATABASE
@given(facts, facts)
def test_a_row_is_written_and_changed_as_the_orm_does(first, then):
    ours, theirs = Job.objects.create(**first), as_the_orm_writes(Job(**first))
    assert ours.pk != theirs.pk
    for told in (first, then):
        for one in (ours, theirs):
            for name, value in told.items():
                setattr(one, name, value)
        ours.save()
        as_the_orm_writes(theirs)
        read = [model_to_dict(Job.objects.get(pk=one.pk), exclude=["id"]) for one in (ours, theirs)]
        assert read[0] == read[1]


def test_one_statement_writes_a_row_and_one_some_of_its_fields():
    with CaptureQueriesContext(connection) as asked:
        job = Job.objects.create(name="a", next_at=AT)
        job.state, job.name = JobState.DONE, "not written"
        job.save(update_fields=["state"])
        job.save(update_fields=[])
    assert len(asked) == 2
    there = Job.objects.get()
    assert (there.pk, there.name, there.state) == (job.pk, "a", JobState.DONE)
    assert not job._state.adding


def test_a_row_that_is_gone_is_not_changed_in_silence():
    job = Job.objects.create(name="a", next_at=AT)
    Job.objects.all().delete()
    with pytest.raises(DatabaseError, match="not there any more"), transaction.atomic():
        change(job)
    assert not Job.objects.exists()


def test_a_row_without_its_key_is_a_new_one():
    job = Job.objects.create(name="a", next_at=AT)
    first, job.pk = job.pk, None
    job.save()
    assert sorted(Job.objects.values_list("pk", flat=True)) == [first, job.pk]


def test_a_row_with_a_key_of_its_own_keeps_it():
    Job.objects.create(pk=77, name="a", next_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(pk=77, name="b", next_at=AT)
    assert Job.objects.get().name == "a"


def test_what_was_not_read_stays_as_it_is():
    Job.objects.create(name="a", error="boom", next_at=AT)
    job = Job.objects.defer("error").get()
    job.name = "b"
    with CaptureQueriesContext(connection) as asked:
        job.save()
    assert len(asked) == 1
    assert Job.objects.values_list("name", "error").get() == ("b", "boom")


def tried_again_after_a_failure():
    """Write a row that is refused, and then another in the same transaction."""
    with transaction.atomic():
        try:
            Job.objects.create(name=None, next_at=AT)
        except IntegrityError:
            Job.objects.create(name="after", next_at=AT)


def test_a_transaction_that_failed_writes_nothing_more():
    with pytest.raises(transaction.TransactionManagementError):
        tried_again_after_a_failure()
    assert not Job.objects.exists()
