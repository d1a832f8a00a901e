"""What a clerk does while she acts for somebody is recorded on behalf of that person."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from hequan.core import clock, jobs
from hequan.core.audit import AuditEntry, record
from hequan.core.audit.behalf import acting_on_behalf_of, person_acted_for
from hequan.core.grants import end_grants, give_grants
from hequan.core.kinds import Capability
from hequan.web.board.behalf import ActingMiddleware
from tests.world import AT

SERVICE = {"code": "EL-09", "name": "理发", "category": "daily"}


@pytest.fixture
def acting(sign_in, world):
    """The town's officer, who acts for Wang Li."""
    client = sign_in("officer")
    client.post(f"/board/behalf/{world.cast.wang_li.pk}/", {"basis": "spoken"})
    return client


def correct(client, world, name):
    """Correct somebody's name on her page; return for whom the trail says it was done."""
    person = world.cast.li_genbao
    where = reverse("web:board-person-edit", args=[person.pk])
    answer = client.post(where, {"name": name, "unit": "红枫居委会"})
    assert answer.status_code == 302
    entry = AuditEntry.objects.filter(verb="people.person_corrected").latest("pk")
    assert entry.thing_id == str(person.pk)
    return entry.on_behalf_of


def test_what_is_saved_while_acting_is_on_behalf_of_her(acting, world):
    assert correct(acting, world, "李根生") == world.cast.wang_li.pk


def test_it_is_nobodys_after_the_acting_ended(acting, world):
    acting.post("/board/behalf/end/")

    assert correct(acting, world, "李根生") is None


def test_it_is_nobodys_after_half_an_hour(acting, world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=31))

    assert correct(acting, world, "李根生") is None


def test_another_request_of_the_same_thread_is_not_on_her_behalf(acting, sign_in, world):
    other = sign_in("officer")
    correct(acting, world, "李根生")

    assert correct(other, world, "李根宝") is None
    assert person_acted_for() is None


def test_whoever_lost_the_capability_meanwhile_acts_for_nobody(sign_in, world):
    where = {"account": world.clerk, "path": world.maple.path, "by": world.system, "at": AT}
    give_grants(capabilities=[Capability.SEE_PEOPLE, Capability.EDIT_PEOPLE], **where)
    give_grants(capabilities=[Capability.ACT_ON_BEHALF], source="tests.post/1", **where)
    clerk = sign_in("clerk")
    clerk.post(f"/board/behalf/{world.cast.wang_li.pk}/", {"basis": "spoken"})
    assert correct(clerk, world, "李根生") == world.cast.wang_li.pk

    end_grants(source="tests.post/1", by=world.system, at=AT)
    assert correct(clerk, world, "李根宝") is None


def test_the_clerks_own_pages_stay_hers(acting):
    acting.post("/my/delivery/", {"sms": "on", "language": "en"})

    own = AuditEntry.objects.get(verb="people.delivery_chosen")
    assert own.on_behalf_of is None


@pytest.mark.parametrize(("method", "acted_for"), [("get", False), ("post", True)])
def test_reading_is_on_nobodys_behalf_and_a_view_that_raises_leaves_nothing(
    world, method, acted_for
):
    person = world.cast.wang_li
    seen = []

    def view(request):
        seen.append(person_acted_for())
        raise ValueError("the shelf is empty")

    request = getattr(RequestFactory(), method)("/board/")
    request.user = world.officer
    request.session = {"acting_for": [person.pk, person.name, AT.timestamp() + 60]}
    with pytest.raises(ValueError, match="shelf"):
        ActingMiddleware(view)(request)

    assert seen == [person.pk if acted_for else None]
    assert person_acted_for() is None


def test_a_session_that_acts_for_nobody_passes_on(world):
    request = RequestFactory().post("/board/")
    request.session = {}
    answer = HttpResponse()

    assert ActingMiddleware(lambda _: answer)(request) is answer


def test_an_action_that_names_somebody_is_believed(world):
    with acting_on_behalf_of(7):
        record(verb="tests.saved", by=world.clerk, at=AT, thing=world.maple)
        record(verb="tests.saved", by=world.clerk, at=AT, thing=world.maple, on_behalf_of=8)

    found = AuditEntry.objects.filter(verb="tests.saved").order_by("pk")
    assert [one.on_behalf_of for one in found] == [7, 8]


def test_a_job_run_meanwhile_acts_for_nobody(world, monkeypatch):
    seen = []
    monkeypatch.setitem(
        jobs._handlers, "tests.note", lambda payload, at: seen.append(person_acted_for())
    )
    jobs.enqueue("tests.note", {}, AT)
    with acting_on_behalf_of(7):
        jobs.run_next(AT)

    assert seen == [None]


def test_a_childs_name_is_masked_before_anybody_acts_for_her(sign_in, world):
    address = reverse("web:board-behalf", args=[world.cast.wang_xiaobao.pk])
    said = sign_in("officer").get(address).content.decode()
    assert "王小宝" not in said
    assert "王*宝" in said
