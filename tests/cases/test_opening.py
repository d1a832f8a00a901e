"""Opening a case: once however often it is sent, in the right place, on its clocks."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hequan.cases.actions import answer_at_once, open_case
from hequan.cases.actions import opening as opening_module
from hequan.cases.errors import (
    LacksError,
    LongWordsError,
    MatterRetiredError,
    OutsideTownError,
)
from hequan.cases.kinds import CaseState, Result, TriageReason
from hequan.cases.models import Case, CaseStep, ClassTerms
from hequan.core import versions
from hequan.core.audit import AuditEntry
from hequan.people.models import Message
from hequan.roster.models import Leave, Matter
from tests.cases.cast import LIFT, RUBBISH
from tests.roster.list_cast import person
from tests.world import AT, place

pytestmark = pytest.mark.django_db


def local(moment):
    return timezone.localtime(moment)


def test_it_goes_to_whoever_answers_and_says_why(desk):
    case = desk.opened()

    assert (case.state, case.post) == (CaseState.DISPATCHED, desk.lists.head)
    assert [one["code"] for one in case.routing["reasons"]][:2] == ["list_chosen", "item_chosen"]
    assert case.routing["candidates"][0]["post"] == desk.lists.head.pk
    assert CaseStep.objects.get(case=case).move == "open"
    assert AuditEntry.objects.filter(verb="cases.opened", thing_id=str(case.pk)).count() == 1


def test_the_post_is_told_in_its_inbox(desk):
    case = desk.opened()
    (message,) = Message.objects.filter(template="cases.dispatched")

    assert message.person == desk.lists.head.person
    assert case.number in message.subject
    assert message.link == f"/board/cases/{case.pk}/"


def test_a_stand_in_is_told_in_her_place(desk):
    stand_in, today = person("孙代班"), AT.date()
    Leave.objects.create(
        person=desk.lists.head.person,
        stand_in=stand_in,
        first_on=today,
        until_on=today + timedelta(days=2),
    )
    desk.opened()

    assert Message.objects.get(template="cases.dispatched").person == stand_in


def test_the_same_form_twice_is_one_case(desk):
    first = desk.opened(form_key="a-key")
    again = desk.opened(form_key="a-key", words="别的话")

    assert first.pk == again.pk
    assert Case.objects.count() == 1


def test_two_forms_without_a_key_are_two_cases(desk):
    assert desk.opened().pk != desk.opened().pk


def test_a_number_drawn_before_is_drawn_again_and_gives_nobody_elses_case(desk, monkeypatch):
    drawn = iter(["260310-AAAAA", "260310-AAAAA", "260310-BBBBB"])
    monkeypatch.setattr(opening_module, "new_number", lambda _on: next(drawn))
    first, second = desk.opened(), desk.opened()

    assert (first.number, second.number) == ("260310-AAAAA", "260310-BBBBB")


def test_a_point_decides_the_place_before_a_chosen_unit(desk):
    lon, lat = place(500, 300)
    case = desk.opened(lon=lon, lat=lat)

    assert case.unit == desk.town.grids[5]


def test_a_point_outside_the_town_is_refused_and_nothing_is_written(desk):
    lon, lat = place(9000, 9000)
    with pytest.raises(OutsideTownError):
        desk.opened(lon=lon, lat=lat)

    assert Case.objects.count() == 0


def test_a_matter_retired_between_form_and_send_is_refused(desk):
    Matter.objects.get(code=RUBBISH).versions.update(valid_to=date(2026, 3, 1))
    versions.forget_everything()
    with pytest.raises(MatterRetiredError):
        desk.opened()


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"unit": None}, TriageReason.NO_PLACE),
        ({"matter_code": ""}, TriageReason.NO_CLASS),
    ],
)
def test_what_nobody_can_route_waits_for_the_dispatcher_with_its_reason(desk, more, reason):
    case = desk.opened(**more)

    assert (case.state, case.triage_reason) == (CaseState.TRIAGE, reason)
    assert case.due_at is not None


def test_nobody_in_post_is_triage_too(desk):
    desk.lists.sheet.items.all().delete()

    assert desk.opened().triage_reason == TriageReason.NOBODY_ANSWERS


@pytest.mark.parametrize("words", ["", "   \n "])
def test_nothing_said_is_refused(desk, words):
    with pytest.raises(LacksError):
        desk.opened(words=words)


@pytest.mark.parametrize(
    "more",
    [{"words": "长" * 100_000}, {"place_words": "长" * 201}, {"contact_name": "长" * 65}],
)
def test_too_many_words_are_refused_before_the_database_sees_them(desk, more):
    with pytest.raises(LongWordsError):
        desk.opened(**more)


def test_any_letters_are_kept_as_they_were_said(desk):
    said = "🗑️ שלום '; DROP TABLE cases_case; --"

    assert desk.opened(words=said).words == said


def test_the_clocks_run_in_office_hours(desk):
    case = desk.opened()  # Tuesday, 10 in the morning

    assert f"{local(case.accept_due_at):%a %H:%M}" == "Tue 16:00"  # 4 hours, lunch left out
    assert f"{local(case.contact_due_at):%a %H:%M}" == "Wed 10:00"
    assert f"{local(case.solve_due_at):%a %d %H:%M}" == "Tue 17 10:00"
    assert case.due_at == case.accept_due_at


def test_a_class_has_limits_of_its_own_and_a_subclass_takes_them(desk):
    ClassTerms.objects.create(
        matter=Matter.objects.get(code=RUBBISH[:2]),
        limits={"solve": [24, "urgent_hour"]},
        valid_from=date(2026, 1, 1),
    )

    assert desk.opened().solve_due_at == AT + timedelta(hours=24)
    assert desk.opened(matter_code=LIFT).solve_due_at > AT + timedelta(days=2)


def test_limits_may_run_from_when_another_system_had_it(desk):
    earlier = AT - timedelta(days=1)
    case = open_case(asking=desk.asking(), by=desk.town.system, at=AT, clock_from=earlier)

    assert case.accept_due_at < AT < case.solve_due_at
    assert case.opened_at == AT


def test_what_is_answered_on_the_spot_is_published_at_once_and_dispatched_to_nobody(desk):
    kwargs = {"asking": desk.asking(form_key="k"), "result": Result.EXPLAINED, "answer": "带身份证"}
    case = answer_at_once(**kwargs, by=desk.dispatcher, at=AT)
    again = answer_at_once(**kwargs, by=desk.dispatcher, at=AT)

    assert (case.state, case.due_at, case.post) == (CaseState.PUBLISHED, None, None)
    assert case.published_at == case.accepted_at == AT
    assert again.pk == case.pk
    assert not Message.objects.filter(template="cases.dispatched").exists()


def test_on_the_spot_needs_words(desk):
    with pytest.raises(LacksError):
        answer_at_once(
            asking=desk.asking(), result=Result.SOLVED, answer=" ", by=desk.dispatcher, at=AT
        )
    assert Case.objects.count() == 0


def test_a_refused_asking_leaves_nothing(desk):
    with pytest.raises(OutsideTownError):
        desk.opened(lon=0.0, lat=0.0)

    assert not CaseStep.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "unseen", ["\u200b", " \u200d\ufeff\n", "\u3164", "\u202e\u2066", "\u00ad"]
)
def test_words_in_which_nothing_is_seen_are_none(desk, unseen):
    with pytest.raises(LacksError):
        desk.opened(words=unseen)
    assert desk.opened(contact_name=unseen, place_words=unseen).contact_name == ""


def test_what_turns_the_reading_of_words_is_left_out_of_words_place_and_name(desk):
    case = desk.opened(
        words="车\u202e沪A123\u2069 👩\u200d🔧", place_words="\u2066东", contact_name="李\u202a四"
    )

    assert (case.words, case.place_words, case.contact_name) == (
        "车沪A123 👩\u200d🔧",
        "东",
        "李四",
    )
