"""A question put into SQL once answers what its queryset would, whatever is told it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.grants import Grant
from hequan.core.questions import Question, key

pytestmark = pytest.mark.django_db


@pytest.fixture
def granted():
    accounts = [Account.objects.create_user(name) for name in ("甲", "乙")]
    rows = [
        Grant(account=one, capability="see", path=f"/{n}/", valid_from=timezone.now())
        for one in accounts
        for n in range(2)
    ]
    Grant.objects.bulk_create(rows)
    return accounts


def test_rows_come_out_as_the_querysets_do(granted):
    def with_account(account, path):
        rows = Grant.objects.filter(account=account, path__gte=path).select_related("account")
        return rows.order_by("-path")

    question = Question(with_account, account=key(), path=models.CharField())
    for account in granted:
        for path in ("/0/", "/1/", "/'; DROP TABLE core_grant; --"):
            wanted = list(with_account(account.pk, path))
            with CaptureQueriesContext(connection) as asked:
                found = question.all(account=account.pk, path=path)
                assert [one.account.username for one in found] == [account.username] * len(found)
            assert found == wanted
            assert len(asked) == 1


def test_values_come_out_flat_or_in_rows(granted):
    flat = Question(
        lambda account: Grant.objects.filter(account=account).values_list("path", flat=True),
        account=key(),
    )
    rows = Question(
        lambda account: Grant.objects.filter(account=account).values_list("pk", "valid_from"),
        account=key(),
    )
    account = granted[1]
    assert sorted(flat.all(account=account.pk)) == ["/0/", "/1/"]
    assert rows.all(account=account.pk) == list(
        Grant.objects.filter(account=account).values_list("pk", "valid_from")
    )


def test_nobody_is_found_and_a_gap_left_open_is_an_error(granted):
    question = Question(lambda pk: Account.objects.filter(pk=pk), pk=key())
    assert question.first(pk=-1) is None
    assert question.first(pk=10**30) is None
    assert question.first(pk=-(2**63) - 1) is None
    assert question.first(pk=granted[0].pk) == granted[0]
    with pytest.raises(KeyError):
        question.first()


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection(granted):
    question = Question(lambda pk: Account.objects.filter(pk=pk), pk=key())

    def ask(pk):
        try:
            return question.first(pk=pk).pk, id(connection.connection)
        finally:
            connections.close_all()

    keys = [one.pk for one in granted] * 4
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(ask, keys))
    assert [pk for pk, _ in found] == keys
    assert id(connection.connection) not in {one for _, one in found}
