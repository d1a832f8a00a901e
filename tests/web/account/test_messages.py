"""My messages: the inbox shows one's own and nobody else's; choices are kept."""

import pytest

from hequan.people.deliveries import notify
from hequan.people.models import Delivery, Message, Person
from hequan.people.queries.deliveries import wishes_of
from tests.world import AT

NOTICE = {"title": "停水", "text": "周六停水。"}


@pytest.fixture
def wang(world):
    found, _ = Person.objects.update_or_create(
        account=world.stranger,
        defaults={"name": "王丽", "phone": "13800001234", "registered_at": AT},
    )
    return found


def tell(world, receiver):
    return notify(receiver, "people.notice", NOTICE, by=world.officer, at=AT)[0]


def test_the_inbox_wants_a_sign_in(client, world):
    assert client.get("/my/messages/").status_code == 302


def test_a_message_is_new_until_it_was_opened(client, world, wang):
    message = tell(world, wang)
    client.force_login(world.stranger)

    assert "message-new" in client.get("/my/messages/").content.decode()
    assert "周六停水。" in client.get(f"/my/messages/{message.pk}/").content.decode()
    assert "message-new" not in client.get("/my/messages/").content.decode()


def test_anothers_message_is_not_there(client, world, wang):
    other = Person.objects.create(name="李明", registered_at=AT)
    message = tell(world, other)
    client.force_login(world.stranger)

    assert client.get(f"/my/messages/{message.pk}/").status_code == 404
    assert "停水" not in client.get("/my/messages/").content.decode()
    assert Message.objects.get(pk=message.pk).read_at is None


def test_choices_are_kept_and_the_phone_shows_masked(client, world, wang):
    client.force_login(world.stranger)
    page = client.get("/my/delivery/").content.decode()
    assert "138****1234" in page
    assert "13800001234" not in page

    answer = client.post(
        "/my/delivery/",
        {"mail": "on", "address": "w@example.com", "language": "en", "digest_at": "18:00"},
    )

    assert answer.status_code == 302
    wishes = wishes_of(wang, AT)
    assert (wishes.language, wishes.digest_at.hour) == ("en", 18)
    assert [channel for channel, on in wishes.channels.items() if on] == ["mail"]


def test_an_address_left_empty_stays(client, world, wang):
    client.force_login(world.stranger)
    chosen = {"sms": "on", "mail": "on", "language": "zh-hans"}
    client.post("/my/delivery/", chosen | {"address": "w@example.com"})

    assert client.post("/my/delivery/", chosen).status_code == 302
    assert "w***@example.com" in client.get("/my/delivery/").content.decode()


def test_quiet_hours_without_an_end_are_refused_with_words(client, world, wang):
    client.force_login(world.stranger)

    page = client.post("/my/delivery/", {"language": "zh-hans", "quiet_from": "21:00"})

    assert "免打扰时段要填开始和结束" in page.content.decode()


def test_an_officer_writes_a_template_after_a_preview(client, world):
    client.force_login(world.officer)
    address = "/board/messages/templates/people.notice/zh-hans/"
    words = {"subject": "{title}", "body": "各位居民：{text}"}

    preview = client.post(address, words | {"preview": "1"}).content.decode()
    assert "各位居民：本周六" in preview
    assert client.post(address, words | {"save": "1"}).status_code == 302

    assert tell(world, Person.objects.create(name="李", registered_at=AT)).body == (
        "各位居民：周六停水。"
    )


def test_a_placeholder_nobody_fills_is_named(client, world):
    client.force_login(world.officer)

    page = client.post(
        "/board/messages/templates/people.notice/en/",
        {"subject": "x", "body": "{name}", "save": "1"},
    ).content.decode()

    assert "{name}" in page
    assert "{title}" in page


@pytest.mark.parametrize("path", ["people.notice/fr", "people.nothing/en"])
def test_a_template_that_is_not_there(client, world, path):
    client.force_login(world.officer)

    assert client.get(f"/board/messages/templates/{path}/").status_code == 404


def test_a_failed_delivery_is_sent_again_from_the_list(client, world, wang):
    tell(world, wang)
    Delivery.objects.update(state="failed", reason="refused")
    client.force_login(world.officer)
    page = client.get("/board/messages/deliveries/").content.decode()
    assert "王*" in page
    assert "王丽" not in page

    client.post(f"/board/messages/deliveries/{Delivery.objects.get().pk}/again/")

    assert Delivery.objects.get().state == "waiting"


def test_only_who_edits_templates_sees_deliveries(client, world):
    client.force_login(world.viewer)

    assert client.get("/board/messages/deliveries/").status_code == 404
    assert client.get("/board/messages/templates/").status_code == 404
