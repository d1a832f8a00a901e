"""A question put into SQL once answers what its queryset would, whatever is told it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.grants import Grant
from hequan.core.questions import Question, key
from hequan.core.sign_in.sessions import Session

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


def test_several_keys_or_texts_fill_one_gap(granted):
    question = Question(
        lambda pks, paths: Grant.objects.filter(account__in=pks, path__in=paths).order_by("pk"),
        pks=[key()],
        paths=[models.CharField()],
    )
    keys = [one.pk for one in granted]
    for pks in (keys, set(keys[:1]), (), (*keys, None, 10**30, -1)):
        for paths in (["/0/", "/1/"], ["/1/"], [], ["'); DROP TABLE core_grant; --", "甲"]):
            real = [one for one in pks if one in keys]
            wanted = list(Grant.objects.filter(account__in=real, path__in=paths).order_by("pk"))
            assert question.all(pks=pks, paths=paths) == wanted


def test_nothing_listed_leaves_the_other_condition(granted):
    question = Question(
        lambda pk, paths: Grant.objects.filter(models.Q(account=pk) | models.Q(path__in=paths)),
        pk=key(),
        paths=[models.CharField()],
    )
    assert len(question.all(pk=granted[0].pk, paths=[])) == 2
    assert len(question.all(pk=granted[0].pk, paths=["/0/"])) == 3


def test_a_beginning_is_told_as_it_is_written(granted):
    for path in ("/100%/", "/1_0/", "/100/"):
        Grant.objects.create(
            account=granted[0], capability="see", path=path, valid_from=timezone.now()
        )
    question = Question(
        lambda part: Grant.objects.filter(path__startswith=part).values_list("path", flat=True),
        begins=("part",),
    )
    for part in ("/1", "/100%", "/1_", "/", "", "\\"):
        wanted = Grant.objects.filter(path__startswith=part).values_list("path", flat=True)
        assert sorted(question.all(part=part)) == sorted(wanted)


def test_what_is_joined_comes_with_the_row_and_is_none_where_nothing_is(granted):
    newest = Session(
        session_key="k" * 32,
        session_data="",
        expire_date=timezone.now(),
        begun_at=timezone.now(),
        seen_at=timezone.now(),
    )
    newest.save()
    question = Question(
        lambda pk: Session.objects.filter(pk=pk).select_related("account").defer("agent"),
        pk=models.CharField(),
    )
    with CaptureQueriesContext(connection) as asked:
        assert question.first(pk=newest.pk).account is None
        Session.objects.update(account=granted[0], agent="a phone")
        row = question.first(pk=newest.pk)
        assert (row.account, row._state.adding, row._state.db) == (granted[0], False, "default")
    assert len(asked) == 3
    assert row.agent == "a phone"  # left out of the question, it is asked for when it is wanted


def test_a_row_may_be_changed_and_saved_like_any_other(granted):
    question = Question(lambda pk: Account.objects.filter(pk=pk), pk=key())
    row = question.first(pk=granted[0].pk)
    row.name = "丙"
    row.save()
    assert Account.objects.get(pk=row.pk).name == "丙"


@pytest.mark.parametrize(
    "rows",
    [
        lambda: Grant.objects.prefetch_related("account"),
        lambda: Grant.objects.values("path"),
        lambda: Grant.objects.annotate(n=models.Value(1)),
    ],
)
def test_what_no_question_can_ask_is_refused(rows):
    with pytest.raises(TypeError):
        Question(rows).all()


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
