"""Telling people: into the inbox with the action, out by the channels they chose, at least once."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.db import transaction

from hequan.core.jobs import Job, run_next
from hequan.people.actions.deliveries import (
    ChosenDelivery,
    choose_delivery,
    mark_read,
    send_again,
    stop_channel,
    write_template,
)
from hequan.people.deliveries import notify, send_delivery
from hequan.people.errors import (
    BadMailError,
    DeliveryNotFailedError,
    QuietHoursError,
    StrangePlaceError,
    TemplateTextError,
)
from hequan.people.gateways import GatewayError, Receipt, backend, outgoing_file
from hequan.people.kinds import Channel, DeliveryReason, DeliveryState
from hequan.people.message_templates import Words
from hequan.people.models import Delivery, Guardianship, Message, Organisation, Person
from hequan.people.queries.deliveries import inbox, unread_count, words_in_force

MORNING = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)  # ten o'clock in Shanghai
NIGHT = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)  # midnight
NOTICE = {"title": "停水", "text": "周六停水。"}


@pytest.fixture(autouse=True)
def _file_gateway(settings, tmp_path):
    settings.GATEWAYS = dict.fromkeys([str(one) for one in Channel], "file")
    settings.OUTGOING_ROOT = tmp_path / "outgoing"


@pytest.fixture
def li(world):
    return Person.objects.create(name="李明", phone="13800001234", registered_at=MORNING)


def sent(channel=Channel.SMS):
    path = outgoing_file(channel)
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def run_jobs(at):
    while run_next(at):
        pass


def tell(world, receiver, at=MORNING, **more):
    return notify(receiver, "people.notice", NOTICE, by=world.officer, at=at, **more)


def choose(world, receiver, **more):
    wanted = {
        "language": "zh-hans",
        "quiet_from": None,
        "quiet_to": None,
        "digest_at": None,
        "channels": {Channel.SMS: True},
        "addresses": {},
    }
    return choose_delivery(
        receiver=receiver, chosen=ChosenDelivery(**wanted | more), by=world.officer, at=MORNING
    )


def test_a_message_lies_in_the_inbox_and_leaves_by_sms(world, li):
    tell(world, li)
    run_jobs(MORNING)

    assert [one.subject for one in inbox(person=li)] == ["停水"]
    assert [(one["address"], one["text"]) for one in sent()] == [
        ("13800001234", "停水：周六停水。")
    ]
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_nobody_is_told_of_what_did_not_happen(world, li):
    try:
        with transaction.atomic():
            tell(world, li)
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass

    run_jobs(MORNING)
    assert not Message.objects.exists()
    assert not sent()


def test_the_town_sleeps_until_the_rule_says_so(world, li):
    tell(world, li, at=NIGHT)

    run_jobs(NIGHT)
    assert not sent()
    run_jobs(NIGHT + timedelta(hours=8))
    assert len(sent()) == 1


def test_an_urgent_message_leaves_at_night(world, li):
    tell(world, li, at=NIGHT, is_urgent=True)
    run_jobs(NIGHT)

    assert len(sent()) == 1


def test_a_digest_is_one_text_for_all(world, li):
    choose(world, li, digest_at=time(18))
    tell(world, li)
    tell(world, li, at=MORNING + timedelta(hours=1))

    run_jobs(MORNING + timedelta(hours=7))
    assert not sent()
    run_jobs(MORNING + timedelta(hours=8))
    assert [one["text"].splitlines() for one in sent()] == [["2 条新消息", "1. 停水", "2. 停水"]]


def test_a_job_run_twice_sends_once(world, li):
    tell(world, li)
    pk = Delivery.objects.get().pk

    send_delivery(pk, MORNING)
    send_delivery(pk, MORNING)

    assert len(sent()) == 1


def test_a_child_is_told_through_her_guardian(world, li):
    child = Person.objects.create(name="李小", born_on=date(2018, 1, 1), registered_at=MORNING)
    Guardianship.objects.create(
        minor=child,
        guardian=li,
        kind="parent",
        valid_from=date(2018, 1, 1),
        recorded_by=world.officer,
        recorded_at=MORNING,
    )

    tell(world, child)

    assert [one.person for one in Message.objects.all()] == [li]


def test_whoever_was_merged_is_told_once_and_whoever_was_erased_never(world, li):
    double = Person.objects.create(name="李明", merged_into=li, registered_at=MORNING)
    gone = Person.objects.create(name="", erased_at=MORNING, registered_at=MORNING)

    assert [one.person for one in tell(world, double)] == [li]
    assert tell(world, gone) == []


def test_an_organisation_has_an_inbox(world):
    shop = Organisation.objects.create(name="红枫便利店", phone="13900005678", kind="shop")

    tell(world, shop)
    run_jobs(MORNING)

    assert unread_count(None, (shop.pk,)) == 1
    assert sent()[0]["address"] == "13900005678"


def test_a_landline_gets_no_sms(world):
    shop = Organisation.objects.create(name="红枫便利店", phone="021-66783456", kind="shop")

    tell(world, shop)

    assert not Delivery.objects.exists()


def test_a_channel_turned_off_meanwhile_drops_what_waits(world, li):
    tell(world, li)
    stop_channel(receiver=li, channel=Channel.SMS, by=world.officer, at=MORNING)
    run_jobs(MORNING)

    assert not sent()
    assert Delivery.objects.get().reason == DeliveryReason.SWITCHED_OFF


@pytest.mark.parametrize(
    ("times", "error"),
    [({"quiet_from": time(21)}, QuietHoursError), ({"quiet_to": time(7)}, QuietHoursError)],
)
def test_quiet_hours_need_both_ends(world, li, times, error):
    with pytest.raises(error):
        choose(world, li, **times)


def test_what_is_no_mail_address_is_refused_by_name(world, li):
    with pytest.raises(BadMailError, match="zhang@"):
        choose(world, li, channels={Channel.MAIL: True}, addresses={Channel.MAIL: "zhang@"})


class _Flaky:
    """Fails as often as told, then takes everything."""

    failures = 0
    references: list[str] = []

    def __init__(self, channel):
        self.channel = channel

    def send(self, address, text, reference):
        _Flaky.references.append(reference)
        if _Flaky.failures:
            _Flaky.failures -= 1
            raise GatewayError
        return Receipt(reference)


backend("flaky")(_Flaky)


def test_a_gateway_that_is_away_is_tried_again_under_the_same_reference(world, li, settings):
    settings.GATEWAYS = {"sms": "flaky"}
    _Flaky.failures, _Flaky.references = 2, []
    tell(world, li)

    for minutes in (0, 1, 6):
        run_jobs(MORNING + timedelta(minutes=minutes))

    assert Delivery.objects.get().state == DeliveryState.SENT
    assert len(_Flaky.references) == 3
    assert len(set(_Flaky.references)) == 1


def test_after_the_last_try_it_has_failed_and_an_officer_sends_it_again(world, li, settings):
    settings.GATEWAYS = {"sms": "flaky"}
    _Flaky.failures, _Flaky.references = 6, []
    tell(world, li)
    at = MORNING
    for _ in range(7):
        run_jobs(at)
        at += timedelta(days=1)
    failed = Delivery.objects.get()
    assert (failed.state, failed.reason) == (DeliveryState.FAILED, DeliveryReason.UNREACHABLE)

    send_again(delivery=failed, by=world.officer, at=at)
    run_jobs(at)

    assert Delivery.objects.get().state == DeliveryState.SENT
    with pytest.raises(DeliveryNotFailedError):
        send_again(delivery=failed, by=world.officer, at=at)


def test_officers_words_are_in_force_at_once_and_versions_stay(world, li):
    for body in ("通知：{text}", "请看：{text}"):
        write_template(
            template="people.notice",
            language="zh-hans",
            words=Words("{title}", body),
            by=world.officer,
            at=MORNING,
        )

    assert tell(world, li)[0].body == "请看：周六停水。"
    assert words_in_force("people.notice", "zh-hans")[1] == 2
    assert words_in_force("people.notice", "en")[1] == 0


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (Words("{title}", "{password}"), StrangePlaceError),
        (Words("", "x"), TemplateTextError),
        (Words("x", "长" * 2001), TemplateTextError),
    ],
)
def test_words_that_cannot_be_filled_are_refused(world, words, error):
    with pytest.raises(error):
        write_template(
            template="people.notice",
            language="zh-hans",
            words=words,
            by=world.officer,
            at=MORNING,
        )


def test_a_value_that_is_missing_is_a_mistake_of_the_program(world, li):
    with pytest.raises(LookupError, match="text"):
        notify(li, "people.notice", {"title": "x"}, by=world.officer, at=MORNING)


def test_reading_is_noted_once(world, li):
    [message] = tell(world, li)

    mark_read(message=message, by=world.officer, at=MORNING)
    mark_read(message=message, by=world.officer, at=MORNING + timedelta(hours=1))

    message.refresh_from_db()
    assert message.read_at == MORNING
    assert unread_count(li) == 0


def test_no_phone_and_no_text_stands_in_the_jobs(world, li):
    tell(world, li)

    said = json.dumps([one.payload for one in Job.objects.all()], ensure_ascii=False)
    assert "13800001234" not in said
    assert "停水" not in said
    assert settings.GATEWAYS["sms"] == "file"
