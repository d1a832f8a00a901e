"""Nobody is registered but on her consent: to the words she was shown, kept with their version."""

import pytest
from django.urls import reverse

from hequan.core.audit import AuditEntry
from hequan.people.actions import publish_consent_text, publish_standard_words
from hequan.people.models import Consent, Person
from hequan.people.protection_errors import ConsentTextOutdatedError
from hequan.people.protection_kinds import ConsentChannel, ConsentPurpose
from hequan.people.queries import words_in_force
from hequan.roster.actions import Offer, register_person
from hequan.roster.errors import NoRegistrationWordsError
from hequan.roster.kinds import RegistrationKind
from hequan.roster.models import Registration
from tests.world import AT

PURPOSE = ConsentPurpose.REGISTRATION


def publish(world, words="同意报到"):
    return publish_consent_text(
        purpose=PURPOSE, text_zh=words, text_en="Agreed", valid_from=AT, by=world.system, at=AT
    )


def at_counter(stations, text, **more):
    wanted = {"person": "王丽娟", "kind": "member", "station": stations["ST-1"].pk}
    return wanted | {"agreed": "on", "channel": "paper", "text": text.pk} | more


@pytest.fixture
def rider(client, monkeypatch):
    """A visitor whose proved phone nobody knows."""
    for module in ("hequan.web.account.proof", "hequan.web.public.registering"):
        monkeypatch.setattr(f"{module}.verified_phone", lambda _request: "13800001111")
    return client


def by_herself(stations, text, **more):
    wanted = {"name": "钱骑手", "kind": "new_job_person", "station": stations["ST-1"].pk}
    return wanted | {"agreed": "on", "text": text.pk} | more


def test_at_the_counter_she_is_shown_the_words_and_her_consent_is_kept(
    sign_in, world, stations, people
):
    text, officer = publish(world), sign_in("officer")
    page = officer.get(reverse("web:board-register")).content.decode()
    officer.post(reverse("web:board-register"), at_counter(stations, text))

    assert "同意报到" in page
    kept = Consent.objects.get(person=people.wang)
    assert (kept.text, kept.channel, kept.proxy_account) == (text, "paper", world.officer)
    entry = AuditEntry.objects.get(verb="roster.registered")
    assert entry.after["consent"] == 1


def test_without_her_consent_nobody_is_registered_at_the_counter(sign_in, world, stations, people):
    wanted = at_counter(stations, publish(world))
    del wanted["agreed"]
    answer = sign_in("officer").post(reverse("web:board-register"), wanted)

    assert answer.context["form"].errors["agreed"]
    assert not Registration.objects.exists()
    assert not Consent.objects.exists()


def test_by_herself_she_agrees_online_and_nobody_stands_in(rider, world, stations):
    text = publish(world)
    rider.post(reverse("web:register"), by_herself(stations, text))

    kept = Consent.objects.get(person__name="钱骑手")
    assert (kept.text, kept.channel, kept.proxy_account) == (text, "online", None)
    assert Registration.objects.get().by_herself


def test_words_that_changed_since_the_page_was_shown_are_asked_anew(
    rider, sign_in, world, stations, people, monkeypatch
):
    old = publish(world)
    new = publish_consent_text(
        purpose=PURPOSE,
        text_zh="新的同意",
        text_en="Anew",
        valid_from=AT.replace(minute=1),
        by=world.system,
        at=AT,
    )
    monkeypatch.setattr("hequan.core.clock.now", lambda: AT.replace(minute=2))
    answers = [
        rider.post(reverse("web:register"), by_herself(stations, old)),
        sign_in("officer").post(reverse("web:board-register"), at_counter(stations, old)),
    ]

    for answer in answers:
        assert str(ConsentTextOutdatedError()) in answer.context["form"].non_field_errors()
        assert f'value="{new.pk}"' in answer.content.decode()
    assert not Registration.objects.exists()
    assert not Person.objects.filter(name="钱骑手").exists()


def test_where_no_words_are_published_both_pages_say_so_and_refuse(
    rider, sign_in, world, stations, people
):
    officer = sign_in("officer")
    for client, address, said in (
        (officer, reverse("web:board-register"), "报到的同意文本尚未发布"),
        (rider, reverse("web:register"), "暂时不能报到"),
    ):
        assert said in client.get(address).content.decode()
        client.post(address, {"person": "王丽娟", "name": "钱骑手", "kind": "member"})
        wanted = {"station": stations["ST-1"].pk, "agreed": "on", "channel": "paper", "text": ""}
        client.post(address, wanted | {"person": "王丽娟", "name": "钱骑手", "kind": "member"})
    assert not Registration.objects.exists()
    assert not Person.objects.filter(name="钱骑手").exists()


@pytest.mark.parametrize("purpose", [None, ConsentPurpose.ACCOUNT])
def test_the_action_takes_no_other_words(world, stations, people, purpose):
    publish_standard_words(by=world.system, at=AT)
    text = words_in_force(AT)[purpose] if purpose else None
    with pytest.raises(NoRegistrationWordsError):
        register_person(
            person=people.wang,
            kind=RegistrationKind.MEMBER,
            station=stations["ST-1"],
            offer=Offer(),
            text=text,
            channel=ConsentChannel.COUNTER,
            by=world.officer,
            at=AT,
        )
