"""Same matter, many people: following, merging and parting, splitting; everybody judges."""

from datetime import timedelta

import pytest

from hequan.cases.access import may_see_contact, voice_with_link
from hequan.cases.actions import (
    Given,
    Judgement,
    follow_case,
    following,
    make_any_move,
    make_move,
    moving,
    rate_answer,
)
from hequan.cases.asking import Part
from hequan.cases.errors import (
    LacksError,
    LeadsOthersError,
    MergedAlreadyError,
    MergeLateError,
    MovedMeanwhileError,
    MoveNotAllowedError,
    NotOpenAnyMoreError,
    OthersWaitError,
    OtherTownError,
    OwnCaseError,
    RatedAlreadyError,
    SameCaseError,
    UnmergeLateError,
)
from hequan.cases.kinds import CaseState
from hequan.cases.models import Case, CaseStep, Follower, JointRating
from hequan.cases.moves import Doer, MoveName
from hequan.cases.queries import near_to, status_for
from hequan.core.audit import AuditEntry
from hequan.people.models import Message
from hequan.territory.models import Unit
from tests.cases.cast import LIFT, RUBBISH
from tests.roster.list_cast import person
from tests.world import AT, place

pytestmark = pytest.mark.django_db
GOOD, BAD = Judgement(True, True, True, True), Judgement(True, False, True, False, "还堆着")
CLOCKS = ("state", "triage_reason", "post", "due_at", "contact_due_at", "accept_due_at")
KEPT = (*CLOCKS, "solve_due_at", "number", "link", "words", "closed_at", "lead")


def joint(desk, name, case, at=AT, doer=Doer.DISPATCHER, **given):
    by = desk.dispatcher
    return make_any_move(case=case, name=name, doers={doer}, given=Given(**given), by=by, at=at)


def merged(desk, case, lead, at=AT):
    return joint(desk, MoveName.MERGE, case, at, lead=lead)


def parted(desk, case, at=AT):
    return joint(desk, MoveName.UNMERGE, case, at)


def follows(desk, case, at=AT, **more):
    return follow_case(case=case, asking=desk.asking(**more), by=desk.town.system, at=at)


def judged(desk, link, judgement, at=AT):
    voice = voice_with_link(link)
    by = desk.town.system
    return rate_answer(case=voice.lead, judgement=judgement, by=by, at=at, voice=voice)


def seen(link, at=AT):
    return status_for(voice_with_link(link), at)


def facts(case, names=KEPT):
    row = Case.objects.get(pk=case.pk)
    return {name: getattr(row, name) for name in names}


def heard(monkeypatch, module):
    """Return the list into which the module's news go."""
    news = []
    monkeypatch.setattr(module, "tell", lambda what, told, at: news.append((what, told)))
    return news


# near


def test_what_is_open_of_the_class_within_sight_is_told_nearest_first(desk):
    def at_place(x, words="垃圾", **more):
        lon, lat = place(x, 100)
        return desk.opened(lon=lon, lat=lat, words=words, **more)

    far, near, nearer = at_place(700 - 200), at_place(170), at_place(120)
    at_place(110, matter_code=LIFT)
    in_unit = desk.opened()  # no point, the same micro-grid
    lon, lat = place(100, 100)
    found = near_to(desk.asking(lon=lon, lat=lat), AT)

    assert [one.number for one in found] == [nearer.number, near.number, in_unit.number]
    assert [one.metres for one in found] == [20, 70, None]
    assert far.number not in {one.number for one in found}
    assert all(one.words == "" for one in found)  # nobody released any


def test_without_a_point_the_same_committee_without_a_place_nothing_and_never_more_than_five(desk):
    for _ in range(6):
        desk.opened()
    desk.opened(unit=desk.town.pine.pk)
    maple = near_to(desk.asking(unit=desk.town.maple.pk), AT)

    assert len(maple) == 5
    assert near_to(desk.asking(unit=desk.town.grids[1].pk), AT) == ()
    assert near_to(desk.asking(unit=None), AT) == ()
    assert near_to(desk.asking(unit=desk.town.town.pk), AT) == ()


def test_an_officer_reads_the_beginning_without_numbers_and_nothing_of_a_confidential_one(desk):
    desk.opened(words="打我电话 136 1234 0004 或 310113198804230027")
    desk.opened(words="举报邻居", is_confidential=True)
    hidden, open_one = near_to(desk.asking(), AT, Case.objects.all())

    assert open_one.words == "打我电话 *** 或 ***"
    assert (hidden.words, hidden.metres, hidden.unit) == ("", None, desk.town.maple.name)
    for unseen in (None, Case.objects.none()):  # nobody signed in; an account of elsewhere
        assert [one.number for one in near_to(desk.asking(), AT, unseen)] == [open_one.number]


def test_what_was_sent_is_not_near_itself(desk):
    desk.opened(form_key="k")

    assert near_to(desk.asking(form_key="k"), AT) == ()


# following


def test_a_follower_has_her_own_page_and_learns_nothing_of_the_asker(desk, monkeypatch):
    news = heard(monkeypatch, following)
    case = desk.opened(words="三楼李四家门口", contact_name="李四", place_words="502室")
    row = follows(desk, case, words="我家也是", contact_phone="13612340004")
    case = desk.moved(case, MoveName.ACCEPT, MoveName.CONTACT)
    page = seen(row.link)

    assert row.link != case.link
    assert (page.number, page.words, page.is_follower) == (case.number, "我家也是", True)
    assert (page.reported, page.place_words, page.reopens_until) == ("", "", None)
    assert [step.move for step in page.steps] == ["accept"]  # the contact was with the asker
    assert case.version == 2  # following made no page of the case old
    assert AuditEntry.objects.filter(verb="cases.followed").count() == 1
    assert news == [("cases.followed", {"case": case.pk, "follower": row.pk})]


def test_following_twice_is_once_by_form_and_by_person(desk):
    case, who = desk.opened(), desk.town.cast.resident.pk

    assert follows(desk, case, form_key="f") == follows(desk, case, form_key="f")
    assert follows(desk, case, asker=who) == follows(desk, case, asker=who, form_key="g")
    assert Follower.objects.count() == 2


def test_what_is_over_or_ones_own_is_not_followed(desk):
    own = desk.opened(asker=desk.town.cast.resident.pk)
    with pytest.raises(OwnCaseError):
        follows(desk, own, asker=desk.town.cast.resident.pk)
    Case.objects.filter(pk=own.pk).update(state=CaseState.CLOSED)
    with pytest.raises(NotOpenAnyMoreError):
        follows(desk, own)


def test_a_confidential_follower_is_hidden_from_the_handler(desk):
    row = follows(desk, desk.opened(), is_confidential=True, contact_phone="13612340004")

    assert not may_see_contact(desk.dispatcher, row, {Doer.HANDLER})
    assert may_see_contact(desk.dispatcher, row, {Doer.DISPATCHER})


def test_everybody_known_is_told_of_the_answer_by_her_own_link(desk):
    asker, other = desk.town.cast.resident, person("跟随者")
    case = desk.opened(asker=asker.pk)
    row = follows(desk, case, asker=other.pk)
    steps = (MoveName.ACCEPT, MoveName.CONTACT, MoveName.ANSWER, MoveName.VERIFY, MoveName.PUBLISH)
    desk.moved(case, *steps)
    told = dict(
        Message.objects.filter(template="cases.answered").values_list("person__name", "link")
    )

    assert told == {asker.name: f"/case/{case.link}/", other.name: f"/case/{row.link}/"}


# judging


def test_a_case_closes_when_the_last_of_those_who_wait_is_satisfied(desk):
    case = desk.published()
    row = follows(desk, case)
    assert judged(desk, case.link, GOOD).state == CaseState.PUBLISHED
    assert seen(case.link).is_rated
    assert seen(row.link).may_rate

    assert judged(desk, row.link, GOOD).state == CaseState.CLOSED


def test_one_who_is_not_satisfied_opens_the_return_visit_and_the_others_still_judge(desk):
    case = desk.published()
    row = follows(desk, case)
    assert judged(desk, row.link, BAD).state == CaseState.RETURN_VISIT
    with pytest.raises(RatedAlreadyError):
        judged(desk, row.link, GOOD)

    assert judged(desk, case.link, GOOD).state == CaseState.RETURN_VISIT
    assert JointRating.objects.get().is_satisfied is False


def test_others_judging_meanwhile_makes_no_page_old_but_an_answer_taken_back_does(desk):
    case = desk.published()
    row, version = follows(desk, case), case.version
    judged(desk, row.link, GOOD)
    page = Case.objects.get(pk=case.pk)
    page.version = version
    rate_answer(case=page, judgement=BAD, by=desk.town.system, at=AT)

    later = desk.published()
    joint_row = follows(desk, later)
    voice = voice_with_link(joint_row.link)
    make_move(
        case=Case.objects.get(pk=later.pk),
        name=MoveName.SUPERVISE,
        doers={Doer.HEAD},
        given=Given(note="看"),
        by=desk.chief,
        at=AT,
    )
    with pytest.raises(MovedMeanwhileError):
        rate_answer(case=voice.lead, judgement=GOOD, by=desk.town.system, at=AT, voice=voice)


def test_who_no_longer_waits_for_this_answer_does_not_judge_it(desk):
    other, lead = desk.opened(), desk.published()
    merged(desk, other, lead)
    voice = voice_with_link(other.link)
    parted(desk, Case.objects.get(pk=other.pk))
    with pytest.raises(MovedMeanwhileError):
        rate_answer(
            case=Case.objects.get(pk=lead.pk),
            judgement=GOOD,
            by=desk.town.system,
            at=AT,
            voice=voice,
        )


def test_an_asker_does_not_withdraw_what_others_wait_for(desk):
    case = desk.opened()
    assert seen(case.link).may_withdraw
    follows(desk, case)
    given = Given(reason="不用了")
    with pytest.raises(OthersWaitError):
        make_move(
            case=case,
            name=MoveName.WITHDRAW,
            doers={Doer.ASKER},
            given=given,
            by=desk.town.system,
            at=AT,
        )
    assert not seen(case.link).may_withdraw


# merging


def test_a_merged_case_keeps_number_and_link_and_hears_what_happens_to_the_lead(desk):
    other = desk.opened(words="我的话", asker=desk.town.cast.resident.pk)
    lead = desk.opened(contact_name="王五")
    row = merged(desk, other, lead)
    lead = Case.objects.get(pk=lead.pk)
    for name in (MoveName.ACCEPT, MoveName.CONTACT, MoveName.ANSWER):
        lead = desk.moved(lead, name)
    Case.objects.filter(pk=lead.pk).update(answer="王五家门口已清运,电话13612340004")
    lead = desk.moved(Case.objects.get(pk=lead.pk), MoveName.VERIFY, MoveName.PUBLISH)
    page = seen(other.link)

    assert (row.state, row.number, row.link) == (CaseState.MERGED, other.number, other.link)
    assert (page.number, page.handled_under, page.words) == (other.number, lead.number, "我的话")
    assert page.answer == "***家门口已清运,电话***"
    assert (page.state, page.may_rate, page.may_withdraw) == ("published", True, False)
    assert [one.move for one in page.steps] == ["open", "merge", "accept", "publish"]
    links = Message.objects.filter(person=desk.town.cast.resident).values_list("template", "link")
    assert set(links) == {
        (f"cases.{one}", f"/case/{other.link}/") for one in ("merged", "answered")
    }
    assert judged(desk, other.link, GOOD).state == CaseState.PUBLISHED
    assert judged(desk, lead.link, GOOD).state == CaseState.CLOSED
    assert seen(other.link).reopens_until is not None


@pytest.mark.parametrize("steps", [(), (MoveName.ACCEPT,), (MoveName.SEND_BACK,)])
def test_parting_restores_both_as_they_were_with_steps_entries_and_news(desk, monkeypatch, steps):
    other, lead = desk.moved(desk.opened(), *steps), desk.opened()
    if steps == (MoveName.ACCEPT,):  # a pause too is taken up where it was
        given = Given(reason="等配件")
        other = make_move(
            case=other, name=MoveName.PAUSE, doers={Doer.HEAD}, given=given, by=desk.chief, at=AT
        )
    before, news = (facts(other), facts(lead)), heard(monkeypatch, moving)
    row = merged(desk, other, lead)
    assert (row.due_at, row.closed_at, row.lead) == (None, AT, lead)
    parted(desk, row, AT + timedelta(days=14))

    assert (facts(other), facts(lead)) == before
    moves = list(CaseStep.objects.filter(case=lead).values_list("move", "words"))
    assert moves[1:] == [("take_up", other.number), ("let_go", other.number)]
    verbs = {f"cases.{one}" for one in ("merge", "take_up", "unmerge", "let_go")}
    assert set(AuditEntry.objects.filter(verb__in=verbs).values_list("verb", flat=True)) == verbs
    assert [told["move"] for _news, told in news] == ["merge", "take_up", "unmerge", "let_go"]
    assert Case.objects.get(pk=lead.pk).version == 2


def test_parted_from_a_post_that_ended_it_is_routed_anew(desk):
    other, lead = desk.opened(), desk.opened()
    row = merged(desk, other, lead)
    desk.lists.head.valid_to = AT.date()
    desk.lists.head.save()
    row = parted(desk, row, AT + timedelta(hours=1))

    assert (row.state, row.post) == (CaseState.DISPATCHED, desk.lists.director)


def test_what_cannot_be_merged_is_refused_and_says_why(desk):
    one, two, three = desk.opened(), desk.opened(), desk.opened()
    done = desk.published()
    with pytest.raises(SameCaseError):
        merged(desk, one, one)
    with pytest.raises(MergeLateError, match=done.number):
        merged(desk, done, one)
    Case.objects.filter(pk=done.pk).update(state=CaseState.CLOSED, closed_at=AT)
    with pytest.raises(MergeLateError, match=done.number):
        merged(desk, one, done)
    row = merged(desk, one, two)
    two.refresh_from_db()
    with pytest.raises(MergedAlreadyError, match=two.number):
        merged(desk, row, three)
    with pytest.raises(MergedAlreadyError, match=two.number):
        merged(desk, three, row)
    with pytest.raises(LeadsOthersError):
        merged(desk, two, three)
    with pytest.raises(LacksError):
        joint(desk, MoveName.MERGE, three)
    with pytest.raises(UnmergeLateError):
        parted(desk, row, AT + timedelta(days=15))
    with pytest.raises(MoveNotAllowedError):
        parted(desk, three)
    assert Case.objects.get(pk=three.pk).version == 0


def test_cases_of_two_towns_stay_apart(desk):
    town = desk.town.town
    away = Unit.objects.create(level="town", name="邻镇", parent=town.parent)
    Unit.objects.filter(pk=away.pk).update(path=f"{town.parent.path}{away.pk}/")
    one, two = desk.opened(), desk.opened()
    Case.objects.filter(pk=two.pk).update(unit=away)
    with pytest.raises(OtherTownError):
        merged(desk, one, two)


def test_several_cases_are_not_moved_by_the_move_of_one(desk):
    one, two = desk.opened(), desk.opened()
    with pytest.raises(MoveNotAllowedError):
        make_move(
            case=one,
            name=MoveName.MERGE,
            doers={Doer.DISPATCHER},
            given=Given(lead=two),
            by=desk.dispatcher,
            at=AT,
        )


# splitting


def test_a_case_of_several_matters_becomes_several_of_one_asker(desk):
    who = desk.town.cast.resident
    case = desk.opened(
        words="垃圾没收,电梯也坏了", asker=who.pk, contact_phone="13612340004", is_confidential=True
    )
    later = AT + timedelta(hours=3)
    parts = (Part("电梯坏了", LIFT), Part("还有别的"))
    row = joint(desk, MoveName.SPLIT, case, later, parts=parts, stays="垃圾没收")
    lift, rest = row.parts.order_by("pk")

    assert (lift.matter.code, lift.post, lift.words) == (LIFT, desk.lists.director, "电梯坏了")
    assert (rest.state, rest.triage_reason) == (CaseState.TRIAGE, "no_class")
    for one in (lift, rest):
        assert (one.asker, one.first_responder) == (who, case.first_responder)
        assert (one.is_confidential, one.contact_phone.open()) == (True, "13612340004")
        assert one.split_from == row
    assert lift.solve_due_at == desk.opened(matter_code=LIFT).solve_due_at  # from when she came
    assert (row.words, row.post, row.state) == ("垃圾没收", desk.lists.head, "dispatched")
    kept = CaseStep.objects.get(case=row, move="split")
    assert (kept.words, kept.words_are_public, kept.is_public) == (case.words, False, True)
    assert [one.number for one in seen(case.link).parts] == [lift.number, rest.number]
    assert [one.number for one in seen(lift.link).split_from] == [case.number]
    assert Message.objects.get(template="cases.split").person == who
    assert AuditEntry.objects.filter(verb="cases.split").count() == 1
    with pytest.raises(MovedMeanwhileError):
        joint(desk, MoveName.SPLIT, case, parts=parts)
    with pytest.raises(LacksError):
        joint(desk, MoveName.SPLIT, row)
    assert row.matter.code == RUBBISH
