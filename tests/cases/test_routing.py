"""To whom a case goes: on duty first, then the fewest open cases, then the list; with every why."""

import json

from hypothesis import given
from hypothesis import strategies as some

from hequan.cases.kinds import TriageReason
from hequan.cases.routing import WhyNot, as_kept, choose_post
from hequan.roster.answers import (
    Answer,
    AnsweringPost,
    Outcome,
    PassedOver,
    PassedOverCode,
    Reason,
    ReasonCode,
)
from hequan.roster.responsibilities import PartyRole

ANSWERABLE = PartyRole.ANSWERABLE


def post(number, person=None, body=None):
    return AnsweringPost(
        number, "grid_head", person or number, f"人{number}", "红枫", ANSWERABLE, "网格长", body
    )


def answer(*posts, outcome=Outcome.ANSWERED, **more):
    return Answer(outcome, posts=posts, **more)


def whys(route):
    return {one.post.post: one.why_not for one in route.candidates}


def test_whoever_is_on_duty_comes_before_whoever_has_less_to_do():
    route = choose_post(answer(post(1), post(2)), {1: 0, 2: 9}, {2})

    assert route.post.post == 2
    assert whys(route) == {1: WhyNot.OFF_DUTY, 2: None}


def test_of_equals_on_duty_the_one_with_fewest_open_cases():
    route = choose_post(answer(post(1), post(2), post(3)), {1: 4, 2: 1, 3: 1}, ())

    assert route.post.post == 2
    assert whys(route) == {1: WhyNot.BUSIER, 2: None, 3: WhyNot.LATER_IN_LIST}


def test_a_gap_in_the_books_goes_to_triage():
    route = choose_post(answer(outcome=Outcome.NOBODY), {}, ())

    assert (route.triage, route.post) == (TriageReason.NOBODY_ANSWERS, None)


def test_a_body_without_a_speaker_gets_it_itself():
    route = choose_post(answer(outcome=Outcome.ORGANISATION, organisation=7), {}, ())

    assert (route.organisation, route.post, route.triage) == (7, None, None)


def test_what_is_kept_is_plain_and_names_nobody():
    reason = Reason(ReasonCode.ITEM_CHOSEN, {"number": 4, "text": "环境卫生"})
    away = PassedOver("post", 3, "人3", PassedOverCode.ON_LEAVE, {"kind": "grid_head"})
    kept = json.dumps(
        as_kept(choose_post(answer(post(1), reasons=(reason,), passed_over=(away,)), {}, ())),
        ensure_ascii=False,
    )

    assert "环境卫生" in kept
    assert "人1" not in kept
    assert "人3" not in kept


@given(
    some.lists(some.integers(1, 50), unique=True, min_size=1, max_size=8),
    some.dictionaries(some.integers(1, 50), some.integers(0, 9)),
    some.frozensets(some.integers(1, 50)),
)
def test_one_is_chosen_nobody_is_before_her_and_each_other_has_a_reason(posts, load, on_duty):
    route = choose_post(answer(*map(post, posts)), load, on_duty)
    best = next(one for one in route.candidates if one.why_not is None)

    assert best.post == route.post
    assert [one.why_not for one in route.candidates].count(None) == 1
    for one in route.candidates:
        assert (not best.on_duty, best.open_cases) <= (not one.on_duty, one.open_cases)
