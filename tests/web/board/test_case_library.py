"""The case library and early warning on the board."""

import pytest

from hequan.cases.kinds import CaseState
from hequan.cases.models import Case, WriteUp
from tests.cases.test_library import FACTS, shelf  # noqa: F401 - a fixture
from tests.cases.test_warning_queries import months  # noqa: F401 - a fixture
from tests.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_moment(monkeypatch):
    monkeypatch.setattr("hequan.core.clock.now", lambda: AT)


def page(client, by, address, **asked):
    client.force_login(by)
    return client.get(address, asked)


def test_written_sent_back_changed_approved_and_found(client, shelf):  # noqa: F811
    desk, case = shelf.desk, shelf.closed()
    assert "整理成案例" in page(client, desk.handler, f"/board/cases/{case.pk}/").content.decode()
    address = f"/board/cases/{case.pk}/write-up/"
    said = vars(FACTS) | {"version": 0}
    refused = client.post(address, said | {"deed": "打13612340004"}).content.decode()
    assert "13612340004" in refused
    assert "车牌或邮箱" in refused
    client.post(address, said)
    row = WriteUp.objects.get()
    own = page(client, desk.handler, f"/board/library/{row.pk}/").content.decode()
    assert "通过并" not in own
    assert client.post(f"/board/library/{row.pk}/", {"do": "approve"}).status_code == 404
    assert page(client, desk.neighbour, f"/board/library/{row.pk}/").status_code == 404
    assert row.title in page(client, desk.dispatcher, "/board/library/review/").content.decode()
    back = {"do": "send_back", "version": 1, "reason": "写明周期"}
    client.post(f"/board/library/{row.pk}/", back)
    assert "写明周期" in page(client, desk.handler, f"/board/library/{row.pk}/").content.decode()
    client.post(address, said | {"version": 2})
    client.force_login(desk.dispatcher)
    stale = client.post(f"/board/library/{row.pk}/", {"do": "approve", "version": 1}, follow=True)
    assert "已有改动" in stale.content.decode()
    client.post(f"/board/library/{row.pk}/", {"do": "approve", "version": 3})

    found = page(client, desk.neighbour, "/board/library/", q="垃圾 日清").content.decode()
    assert row.title in found
    assert (
        case.number
        not in page(client, desk.neighbour, f"/board/library/{row.pk}/").content.decode()
    )
    assert (
        row.title
        in page(client, desk.handler, "/board/library/", **{"class": "52"}).content.decode()
    )
    assert "没有相符" in page(client, desk.handler, "/board/library/", q="游泳池").content.decode()


def test_the_handler_reads_beside_a_case_how_it_was_done_elsewhere(client, shelf):  # noqa: F811
    row, desk = shelf.published(), shelf.desk
    case = desk.opened()
    told = page(client, desk.handler, f"/board/cases/{case.pk}/").content.decode()

    assert "别处这样办" in told
    assert row.title in told
    assert "同一事项" in told
    assert "别处这样办" not in page(client, desk.chief, f"/board/cases/{case.pk}/").content.decode()
    client.force_login(desk.handler)
    out = {"do": "withdraw", "version": row.version, "reason": "已过时"}
    client.post(f"/board/library/{row.pk}/", out)
    assert (
        "别处这样办" not in page(client, desk.handler, f"/board/cases/{case.pk}/").content.decode()
    )


def test_nobody_else_writes_over_a_write_up_or_of_an_open_case(client, shelf):  # noqa: F811
    case = shelf.closed()
    shelf.write(case)
    address = f"/board/cases/{case.pk}/write-up/"
    assert page(client, shelf.desk.dispatcher, address).status_code == 404
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED)
    client.force_login(shelf.desk.handler)
    fresh = shelf.desk.opened()
    got = client.post(f"/board/cases/{fresh.pk}/write-up/", vars(FACTS)).content.decode()

    assert "尚未办结" in got


def test_warnings_say_their_numbers_and_open_their_cases(client, months):  # noqa: F811
    told = page(client, months.chief, "/board/warnings/").content.decode()
    assert "14天内9件" in told
    assert "垃圾未清运" in told
    unit = months.town.grids[0]
    first = Case.objects.order_by("pk")[0]
    case = Case.objects.filter(matter=first.matter).latest("opened_at")
    asked = {"unit": unit.pk, "matter": first.matter_id}
    rows = page(client, months.chief, "/board/warnings/cases/", **asked).content.decode()
    assert rows.count('scope="row"') == 9
    assert case.number in rows
    assert page(client, months.neighbour, "/board/warnings/cases/", **asked).status_code == 404
    pine = page(client, months.neighbour, "/board/warnings/").content.decode()
    assert "尚不知道平常有多少" in pine
