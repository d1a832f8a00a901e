"""Registrations: at the counter, of units, by oneself with a proved phone; letters to units."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hequan.core.audit import AuditEntry
from hequan.people.actions import publish_standard_words
from hequan.people.models import Message, Organisation, Person
from hequan.people.protection_kinds import ConsentPurpose
from hequan.people.queries import words_in_force
from hequan.roster.actions import send_feedback
from hequan.roster.kinds import PostKind
from hequan.roster.models import Registration, UnitFeedback
from tests.roster.cast import make_person
from tests.world import AT


@pytest.fixture
def words(world):
    """The words of consent for registrations, as published."""
    publish_standard_words(by=world.system, at=AT)
    return words_in_force(AT)[ConsentPurpose.REGISTRATION]


@pytest.fixture
def firm(world):
    """A firm of Maple Lane."""
    return Organisation.objects.create(name="红枫快递", kind="firm", unit=world.maple)


@pytest.fixture
def register(sign_in, stations, people, firm, words):
    """Register Wang at the counter of ST-1."""

    def _register(client=None, **more):
        wanted = {"person": "王丽娟", "kind": "member", "station": stations["ST-1"].pk}
        wanted |= {"agreed": "on", "channel": "counter", "text": words.pk}
        wanted |= {"home": "红枫快递", "skills": ["law", "care"], "free_times": ["weekend"]}
        client = client or sign_in("officer")
        return client.post(reverse("web:board-register"), wanted | more)

    return _register


def test_somebody_is_registered_at_the_counter_with_what_she_can_do(sign_in, register, people):
    register()

    row = Registration.objects.get()
    assert (row.person, row.skills, row.by_herself) == (people.wang, ["law", "care"], False)
    entry = AuditEntry.objects.get(verb="roster.registered")
    assert entry.on_behalf_of == people.wang.pk
    found = sign_in("officer").get(reverse("web:board-registrations"), {"skill": "law"})
    assert found.context["found"].total == 1
    none = sign_in("officer").get(reverse("web:board-registrations"), {"skill": "arts"})
    assert none.context["found"].total == 0


def test_that_she_is_a_member_of_a_body_stands_in_no_list(sign_in, register):
    register()
    page = sign_in("officer").get(reverse("web:board-registrations"))

    assert "红枫快递" not in page.content.decode()


def test_the_same_registration_twice_is_refused(register):
    register()
    answer = register()

    assert answer.context["form"].non_field_errors()
    assert Registration.objects.count() == 1


def test_a_registration_is_changed_and_ended(sign_in, register):
    register()
    officer, row = sign_in("officer"), Registration.objects.get()
    address = reverse("web:board-registration", args=[row.pk])
    officer.post(address, {"skills": ["arts"], "wishes": "周末"})
    officer.post(reverse("web:board-registration-end", args=[row.pk]))

    row.refresh_from_db()
    assert (row.skills, row.wishes, row.ended_at is None) == (["arts"], "周末", False)
    register()
    assert Registration.objects.filter(ended_at=None).count() == 1


def test_a_unit_registers_at_an_area(sign_in, world, firm):
    wanted = {"organisation": "红枫快递", "area": "第一片区", "skills": ["repairs"]}
    sign_in("officer").post(reverse("web:board-register-unit"), wanted)

    row = Registration.objects.get()
    assert (row.organisation, row.area) == (firm, world.area)


def test_a_station_next_door_cannot_be_chosen_and_its_people_are_not_there(
    sign_in, register, people, stations
):
    register(station=stations["ST-3"].pk)
    row = Registration.objects.get()
    client = sign_in("officer")
    client.force_login(people.sun)
    answer = register(client, station=stations["ST-3"].pk)

    assert "station" in answer.context["form"].errors
    page = client.get(reverse("web:board-registration", args=[row.pk]))
    assert page.status_code == 404
    assert client.get(reverse("web:board-registrations")).context["found"].total == 0


def test_a_unit_is_written_to_once_a_period_with_the_number_of_its_members(
    sign_in, register, stations, firm
):
    register()
    address = reverse("web:board-letters", args=[stations["ST-1"].pk])
    letter = {"organisation": firm.pk, "text": "三次巡逻。"}
    letter |= {"first_on": "2026-01-01", "until_on": "2026-07-01"}
    officer = sign_in("officer")
    officer.post(address, letter)
    again = officer.post(address, letter)

    assert UnitFeedback.objects.get().members == 1
    assert again.context["form"].non_field_errors()
    (row,) = officer.get(address).context["letters"]
    assert row.organisation == "红枫快递"


def test_a_letter_lies_once_in_the_units_inbox_and_leaves_as_the_unit_chose(
    sign_in, register, stations, firm, world
):
    Organisation.objects.filter(pk=firm.pk).update(phone="13812345678")
    register()
    address = reverse("web:board-letters", args=[stations["ST-1"].pk])
    letter = {"organisation": firm.pk, "text": "三次巡逻。"}
    letter |= {"first_on": "2026-01-01", "until_on": "2026-07-01"}
    officer = sign_in("officer")
    officer.post(address, letter)
    officer.post(address, letter)

    message = Message.objects.get()
    assert (message.organisation, message.template) == (firm, "roster.unit_letter")
    assert "三次巡逻。" in message.body
    assert "报到 1 人" in message.body
    assert "2026-01-01 至 2026-06-30" in message.subject
    assert "王丽娟" not in message.body
    assert [one.channel for one in message.deliveries.all()] == ["sms"]


def test_whoever_speaks_for_the_unit_reads_the_letter_and_nobody_else(
    sign_in, register, stations, firm, people, world
):
    register()
    letter = {"organisation": firm.pk, "text": "三次巡逻。"}
    letter |= {"first_on": "2026-01-01", "until_on": "2026-07-01"}
    sign_in("officer").post(reverse("web:board-letters", args=[stations["ST-1"].pk]), letter)
    people.appoint(PostKind.LIAISON, people.wang, firm)
    client = sign_in("stranger")
    assert "三次巡逻" not in client.get(reverse("web:my-messages")).content.decode()

    client.force_login(people.wang.account)
    page = client.get(reverse("web:my-message", args=[Message.objects.get().pk]))
    assert "三次巡逻" in page.content.decode()


def test_the_longest_letter_fits_into_a_message(register, stations, firm, world):
    register()
    send_feedback(
        organisation=firm,
        station=stations["ST-1"],
        first_on=AT.date(),
        until_on=AT.date() + timedelta(days=200),
        members=1,
        text="巡" * 3000,
        by=world.officer,
        at=AT,
    )

    assert "不评价个人" in Message.objects.get().body


@pytest.fixture
def phone(client, monkeypatch):
    """A visitor who has proved a phone."""

    def _phone(number):
        for module in ("hequan.web.account.proof", "hequan.web.public.registering"):
            monkeypatch.setattr(f"{module}.verified_phone", lambda _request: number)
        return client

    return _phone


@pytest.fixture
def own(stations, words):
    """What a rider enters for herself."""

    def _own(**more):
        wanted = {"kind": "new_job_person", "station": stations["ST-1"].pk}
        wanted |= {"agreed": "on", "text": words.pk}
        return wanted | {"skills": ["eyes_and_ears"]} | more

    return _own


def test_without_a_proved_phone_one_proves_it_first(client, world):
    answer = client.get(reverse("web:register"))

    assert answer.status_code == 302
    assert reverse("web:sign-in-code") in answer.url


def test_a_rider_nobody_knows_registers_by_phone_alone(phone, own):
    client = phone("13800001111")
    nameless = client.post(reverse("web:register"), own())
    client.post(reverse("web:register"), own(name="钱骑手"))

    assert "name" in nameless.context["form"].errors
    row = Registration.objects.get()
    assert (row.person.name, row.by_herself, row.kind) == ("钱骑手", True, "new_job_person")


def test_whoever_is_known_by_her_phone_is_not_entered_twice(phone, own, people):
    client = phone("13800000001")
    before = Person.objects.count()
    client.post(reverse("web:register"), own())

    assert Registration.objects.get().person == people.wang
    assert Person.objects.count() == before


def test_without_agreeing_nothing_is_kept(phone, own):
    wanted = own(name="钱骑手")
    del wanted["agreed"]
    phone("13800001111").post(reverse("web:register"), wanted)

    assert not Registration.objects.exists()
    assert not Person.objects.filter(name="钱骑手").exists()


def test_one_ends_ones_own_registration_and_nobody_elses(phone, own, people):
    client = phone("13800000001")
    client.post(reverse("web:register"), own())
    row = Registration.objects.get()
    make_person("孙二", "13800002222")
    other = phone("13800002222").post(reverse("web:register-end", args=[row.pk]))
    assert other.status_code == 404

    phone("13800000001").post(reverse("web:register-end", args=[row.pk]))
    row.refresh_from_db()
    assert row.ended_at is not None


def test_the_list_takes_the_same_queries_for_any_number_of_rows(
    sign_in, register, django_assert_num_queries
):
    register()
    officer = sign_in("officer")
    officer.get(reverse("web:board-registrations"))
    with django_assert_num_queries(6):
        officer.get(reverse("web:board-registrations"))
