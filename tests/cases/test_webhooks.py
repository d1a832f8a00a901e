"""Other systems hear of cases: who is told what, what is never told, what is tried again."""

import base64
import hmac
import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from hequan.cases.actions import webhooks
from hequan.cases.actions.webhooks import add_webhook, call_webhook, end_webhook
from hequan.cases.events import EventKind, key_in
from hequan.cases.jobs import CALL, FAN_OUT
from hequan.cases.models import CaseStep, Webhook
from hequan.cases.moves import MoveName
from hequan.cases.queries.events import event_calls, event_of
from hequan.cases.webhook_errors import NoSuchWebhookError, WebhookThereError
from hequan.core.audit import AuditEntry
from hequan.core.jobs import Job, run_next
from hequan.core.kinds import JobState
from hequan.core.webhooks import CallFailedError, UnsafeAddressError
from tests.core.test_webhooks import certificate, known_as, partner  # noqa: F401 - fixtures
from tests.world import AT

pytestmark = pytest.mark.django_db
URL = "https://partner.example.org/in"


@pytest.fixture
def outside(monkeypatch):
    """Names lead to the open internet."""
    known_as(monkeypatch, "8.8.8.8")


def added(desk, url=URL, kinds=tuple(EventKind), unit=None):
    unit = unit or desk.town.maple
    return add_webhook(url=url, kinds=kinds, unit=unit, by=desk.town.system, at=AT)


def run_all(at=AT):
    while run_next(at):
        pass


def calls():
    rows = Job.objects.filter(name=CALL).order_by("pk")
    return [(one.payload["webhook"], one.payload["event"]) for one in rows]


@pytest.fixture(autouse=True)
def _nothing_is_sent(monkeypatch):
    """Calls fail unless a test has a partner."""

    def unsent(*_args, **_more):
        raise UnsafeAddressError(url="", why="in a test")

    monkeypatch.setattr("hequan.cases.actions.webhooks.send_signed", unsent)
    monkeypatch.setattr("hequan.cases.actions.webhooks._rests_until", {})


def test_without_a_webhook_no_job_is_written(desk):
    desk.published()

    assert not Job.objects.filter(name=FAN_OUT).exists()


def test_each_hears_of_its_own_unit_and_of_what_it_asked_for(desk, outside):
    maple, _secret = added(desk)
    closed, _secret = added(desk, "https://partner.example.org/closed", [EventKind.PUBLISHED])
    added(desk, unit=desk.town.pine)
    ended, _secret = added(desk, "https://partner.example.org/old")
    end_webhook(webhook=ended.pk, by=desk.town.system, at=AT)
    case = desk.opened()
    run_all()
    assert calls() == [(maple.pk, "opened")]
    desk.moved(case, MoveName.ACCEPT, MoveName.ANSWER, MoveName.VERIFY, MoveName.PUBLISH)
    run_all()

    assert calls()[-3:] == [
        (maple.pk, "moved"), (maple.pk, "published"), (closed.pk, "published"),
    ]  # fmt: skip


def test_an_event_holds_what_everybody_may_know_and_nobodys_words(desk):
    case = desk.opened(
        words="王阿姨家漏水", place_words="3号楼201", contact_name="王阿姨",
        contact_phone="13612340004", asker=desk.town.cast.resident.pk,
    )  # fmt: skip
    said = event_of(CaseStep.objects.get(case=case).pk, EventKind.OPENED).decode()
    event = json.loads(said)

    assert set(event["data"]) == {
        *("number", "class", "unit", "state", "move", "opened_at", "promised_at", "link")
    }
    assert (event["subject"], event["data"]["class"]) == (case.number, "52999")
    assert event["data"]["unit"] == "GJ-M1"
    for hidden in ("王阿姨", "201", "1361234", case.link, "王丽", desk.town.cast.resident.name):
        assert hidden not in said


def test_a_confidential_case_is_placed_no_closer_than_its_committee(desk, outside):
    case = desk.opened(is_confidential=True)
    step = CaseStep.objects.get(case=case)
    added(desk, "https://grid.example.cn/", unit=desk.town.grids[0])
    committee, _secret = added(desk, "https://committee.example.cn/", unit=desk.town.maple)

    # who is called tells no more than what is said
    assert event_calls(step.pk) == [(committee.pk, EventKind.OPENED)]
    assert json.loads(event_of(step.pk, EventKind.OPENED))["data"]["unit"] == "310113111001"


def test_what_the_asker_does_not_see_is_told_to_nobody_else(desk, outside):
    added(desk, "https://partner.example.cn/")
    case = desk.moved(desk.opened(), MoveName.SEND_BACK)

    assert event_calls(CaseStep.objects.filter(case=case).latest("pk").pk) == []


def test_who_did_not_answer_is_not_waited_for_again_at_once(desk, outside, monkeypatch):
    tried = []

    def silent(*args, **kwargs):
        tried.append(args)
        raise CallFailedError(host="x", why="x")

    monkeypatch.setattr(webhooks, "send_signed", silent)
    row, _secret = added(desk, "https://partner.example.cn/")
    step = CaseStep.objects.get(case=desk.opened()).pk
    for minutes in (0, 1, 4, 6):
        with pytest.raises(CallFailedError):
            webhooks.call_webhook(
                row.pk, step, EventKind.OPENED, at=AT + timedelta(minutes=minutes)
            )
    assert len(tried) == 2


def test_the_receiver_can_prove_who_sent_it(desk, partner, monkeypatch):  # noqa: F811
    from hequan.core.webhooks import send_signed

    monkeypatch.setattr("hequan.cases.actions.webhooks.send_signed", send_signed)
    seen = {}

    def take(handler):
        seen.update({name.lower(): value for name, value in handler.headers.items()})
        handler.send_response(204)
        handler.end_headers()

    monkeypatch.setattr(partner, "answer", staticmethod(take))
    _row, secret = added(desk, partner.url, [EventKind.OPENED])
    case = desk.opened()
    run_all()

    (_path, body, _signature), *_ = partner.taken
    step = CaseStep.objects.get(case=case)
    assert seen["webhook-id"] == f"{step.pk}.opened" == json.loads(body)["id"]
    signed = f"{seen['webhook-id']}.{seen['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.digest(key_in(secret), signed, "sha256")).decode()
    assert seen["webhook-signature"] == f"v1,{digest}"
    assert seen["content-type"].startswith("application/cloudevents+json")
    assert Job.objects.get(name=CALL).state == JobState.DONE


def test_what_is_not_taken_is_tried_again_later_and_at_last_a_dead_letter(
    desk,
    partner,  # noqa: F811
    monkeypatch,
):
    from hequan.core.webhooks import send_signed

    monkeypatch.setattr("hequan.cases.actions.webhooks.send_signed", send_signed)

    def busy(handler):
        handler.send_response(503)
        handler.end_headers()

    monkeypatch.setattr(partner, "answer", staticmethod(busy))
    added(desk, partner.url, [EventKind.OPENED])
    desk.opened()
    run_all()
    row = Job.objects.get(name=CALL)
    assert (row.state, row.attempts) == (JobState.WAITING, 1)
    assert row.next_at > AT
    run_all(AT + timedelta(hours=1))
    for _ in range(4):
        row.refresh_from_db()
        run_all(row.next_at)
    row.refresh_from_db()
    assert row.state == JobState.DEAD
    assert len({body for _path, body, _signature in partner.taken}) == 1  # the same at every try


def test_an_address_that_leads_inside_is_refused_when_added_and_at_every_call(desk, monkeypatch):
    from hequan.core.webhooks import send_signed

    monkeypatch.setattr("hequan.cases.actions.webhooks.send_signed", send_signed)
    for url in ("http://partner.example.org/", "https://127.0.0.1/", "https://localhost/"):
        with pytest.raises(UnsafeAddressError):
            added(desk, url)
    known_as(monkeypatch, "8.8.8.8")
    row, _secret = added(desk)
    step = CaseStep.objects.get(case=desk.opened())
    known_as(monkeypatch, "169.254.169.254")  # the name changes its mind
    with pytest.raises(UnsafeAddressError):
        call_webhook(row.pk, step.pk, EventKind.OPENED, at=AT)


def test_the_secret_is_sealed_told_once_and_gone_at_the_end(desk, outside):
    row, secret = added(desk)
    row.refresh_from_db()

    assert secret not in row.secret.token
    assert row.secret.open() == secret
    assert not any(secret in str(one.after) for one in AuditEntry.objects.all())
    with pytest.raises(WebhookThereError):
        added(desk)
    end_webhook(webhook=row.pk, by=desk.town.system, at=AT)
    with pytest.raises(NoSuchWebhookError):
        end_webhook(webhook=row.pk, by=desk.town.system, at=AT)
    assert not Webhook.objects.get(pk=row.pk).secret
    assert call_webhook(row.pk, 1, EventKind.OPENED, at=AT) is False


def test_the_command_adds_lists_and_removes(desk, outside):
    def say(*words):
        out = io.StringIO()
        call_command("webhook", *words, stdout=out)
        return out.getvalue()

    said = say("add", URL, "--unit", "310113111001", "--types", "opened,closed")
    assert "whsec_" in said
    row = Webhook.objects.get()
    assert row.types == ["closed", "opened"]
    assert "in use" in say("list")
    assert "whsec_" not in say("list")
    assert "told nothing more" in say("remove", str(row.pk))
    for wrong in (["add", URL, "--unit", "0"], ["remove", "999"]):
        with pytest.raises(CommandError):
            say(*wrong)
    with pytest.raises(CommandError, match="--types"):
        say("add", URL, "--unit", "310113111001", "--types", "everything")
