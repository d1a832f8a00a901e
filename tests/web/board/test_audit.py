"""The auditor's pages: filter, page on, one entry, export; nobody else sees them."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry, record
from hequan.core.audit.check import check_trail, save_check
from hequan.core.audit.digests import seal_day
from hequan.core.audit.queries import ROWS
from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from tests.world import AT

LIST = "web:board-audit"


@pytest.fixture
def auditor(world, client):
    """Somebody who holds READ_AUDIT and nothing else, signed in."""
    account = Account.objects.create_user("wangjing", name="王静")
    give_grants(account=account, capabilities=[Capability.READ_AUDIT], by=world.system, at=AT)
    client.force_login(account)
    return account


def show(client, **asked):
    return client.get(reverse(LIST), asked)


def test_the_newest_entries_come_first_in_words(auditor, client):
    page = show(client)

    assert page.status_code == 200
    assert "授予权限" in page.content.decode()
    times = [row.at for row in page.context["page"].rows]
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize("who", ["officer", "clerk", "viewer", "stranger"])
def test_nobody_else_learns_that_there_is_a_trail(world, client, who):
    client.force_login(getattr(world, who))
    entry = AuditEntry.objects.first()

    assert client.get(reverse(LIST)).status_code == 404
    assert client.get(reverse("web:board-audit-entry", args=[entry.pk])).status_code == 404
    assert client.post(reverse("web:board-audit-export"), {"kind": "csv"}).status_code == 404


def test_a_visitor_is_asked_to_sign_in(world, client):
    assert client.get(reverse(LIST)).status_code == 302


def test_reading_the_trail_opens_nothing_else(auditor, client):
    for name in ("board-stations", "board-territory", "board-imports"):
        assert client.get(reverse(f"web:{name}")).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {"verb": "territory.circle_saved"},
        {"actor": "system", "verb": "territory.circle_saved"},
        {"thing_kind": "territory.circle"},
        {"since": "2026-03-10", "until": "2026-03-10", "verb": "territory.circle_saved"},
    ],
)
def test_the_list_is_narrowed(auditor, client, asked):
    rows = show(client, **asked).context["page"].rows

    assert len(rows) == 2
    assert {row.verb for row in rows} == {"territory.circle_saved"}


def test_one_thing_and_whom_it_was_for_narrow_too(world, auditor, client):
    record(verb="tests.saved", by=world.clerk, at=AT, thing=world.maple, on_behalf_of=17)

    assert len(show(client, on_behalf_of="17").context["page"].rows) == 1
    asked = {"thing_kind": "territory.unit", "thing_id": str(world.maple.pk), "actor": "陈洁"}
    assert [row.verb for row in show(client, **asked).context["page"].rows] == ["tests.saved"]


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "gestern", "on_behalf_of": "x"},
        {"after": "9" * 40 + "-1"},
        {"after": "1-" + "9" * 40},
        {"after": "no"},
    ],
)
def test_what_cannot_be_read_does_not_break_the_page(auditor, client, asked):
    assert show(client, **asked).status_code == 200


def test_every_entry_comes_once_while_paging(world, auditor, client):
    for number in range(2 * ROWS + 10):
        record(verb="tests.saved", by=world.clerk, at=AT, thing=world.pine, after={"n": number})
    seen, after = [], ""
    while True:
        page = show(client, verb="tests.saved", after=after).context["page"]
        seen += [row.pk for row in page.rows]
        after = page.after
        if not after:
            break

    assert len(seen) == len(set(seen)) == 2 * ROWS + 10


def test_an_entry_shows_its_values_before_and_after(world, auditor, client):
    record(
        verb="tests.saved",
        by=world.clerk,
        at=AT,
        thing=world.pine,
        before={"households": 3, "roles": ["a"]},
        after={"households": 4, "roles": ["a"]},
    )
    entry = AuditEntry.objects.get(verb="tests.saved")
    page = client.get(reverse("web:board-audit-entry", args=[entry.pk]))

    assert ("households", "3", "4", True) in page.context["rows"]
    assert ("roles", '["a"]', '["a"]', False) in page.context["rows"]
    assert entry.mac in page.content.decode()


def test_there_is_no_page_without_an_entry(auditor, client):
    assert client.get(reverse("web:board-audit-entry", args=[2**40])).status_code == 404


@pytest.mark.slow
def test_an_export_holds_what_the_filter_shows_and_is_an_entry(auditor, client):
    asked = {"kind": "xlsx", "verb": "territory.circle_saved"}
    answer = client.post(reverse("web:board-audit-export"), asked)
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    entry = AuditEntry.objects.get(verb="core.audit_exported")

    assert len(rows) == 3
    assert entry.by == auditor
    assert entry.after == {
        "kind": "xlsx",
        "entries": 2,
        "filter": {"verb": "territory.circle_saved"},
    }


def test_a_csv_is_offered_too(auditor, client):
    answer = client.post(reverse("web:board-audit-export"), {"kind": "csv"})

    assert answer.content.decode("utf-8-sig").startswith("审计记录,时间,操作人")
    assert client.post(reverse("web:board-audit-export"), {"kind": "exe"}).status_code == 404
    assert client.get(reverse("web:board-audit-export")).status_code == 405


def test_the_page_tells_whether_the_trail_is_whole(auditor, client):
    assert "尚未校验" in show(client).content.decode()
    save_check(check_trail(at=timezone.now()))
    assert "审计链完整" in show(client).content.decode()
    with_fault = check_trail(at=timezone.now(), against=[{"day": "2026-01-01", "value": "0"}])
    save_check(with_fault)
    text = show(client).content.decode()
    assert "审计链不完整" in text
    assert "2026-01-01" in text


def test_the_list_asks_the_database_a_few_times(auditor, client, django_assert_max_num_queries):
    show(client)
    with django_assert_max_num_queries(7):
        show(client)


def test_digests_are_there_for_everybody(world, client):
    digest = seal_day(day=AT.date(), at=AT)
    page = client.get(reverse("web:audit-digests"))
    kept = client.get(reverse("web:audit-digests-json")).json()["digests"]

    assert digest.value in page.content.decode()
    assert [(one["day"], one["value"]) for one in kept] == [("2026-03-10", digest.value)]
    assert check_trail(at=AT, against=kept).faults == ()


def test_days_beyond_every_calendar_filter_nothing(sign_in):
    auditor = sign_in("auditor")
    for day in ("0001-01-01", "9999-12-31"):
        for name in ("since", "until"):
            assert auditor.get(reverse("web:board-audit"), {name: day}).status_code == 200
