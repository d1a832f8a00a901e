"""Who answers, by the rules alone: the list, the item, the party, who stands in, and why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hequan.roster.answering import answer_for
from hequan.roster.answers import (
    BodyFacts,
    Holders,
    Outcome,
    PassedOverCode,
    PostFacts,
    ReasonCode,
    StandIn,
    UnitFacts,
)
from hequan.roster.matters import MatterRow
from hequan.roster.responsibilities import (
    ItemFacts,
    ListFacts,
    PartyFacts,
    PartyRole,
    ResolvesBy,
    check_list,
)

DAY, ON = date(2026, 1, 1), date(2026, 3, 10)
A, D, H = PartyRole.ANSWERABLE, PartyRole.DOES, PartyRole.HELPS
LEAK = MatterRow(1, "51999", "51", "漏水", "Leak", ())
TOWN = UnitFacts(1, "高境镇", "town")
AREA = UnitFacts(2, "第一片区", "area")
MAPLE = UnitFacts(3, "红枫居委会", "committee", "estate", "old_public")
GRID = UnitFacts(4, "红枫第1微网格", "grid")
TRAIL = (TOWN, AREA, MAPLE, GRID)

HEAD = PartyFacts(1, "网格长", ResolvesBy.POST, "grid_head", "grid")
FIRM = PartyFacts(2, "物业", ResolvesBy.ORGANISATION_KIND, organisation_kind="property_firm")
CITY = PartyFacts(3, "城管所", ResolvesBy.ORGANISATION, organisation_id=90)
CLERK = PartyFacts(4, "站点", ResolvesBy.STATION_POST, "station_clerk")
UNSET = PartyFacts(5, "某部门")
PARTIES = (HEAD, FIRM, CITY, CLERK, UNSET)


def item(number=1, roles=((1, A),), matters=("51",), places=()):
    return ItemFacts(number, number, f"第{number}项", matters, places, roles)


def sheet(*items, unit=1, **more):
    plain = ListFacts(1, unit, 3, "清单", DAY, None, PARTIES, items or (item(),))
    return replace(plain, **more)


def post(pk, kind="grid_head", name="王丽", **more):
    return PostFacts(pk, kind, 100 + pk, name, **({"valid_from": DAY} | more))


def ask(*lists, matter=LEAK, trail=TRAIL, on=ON, **holders):
    return answer_for(matter, trail, lists or (sheet(),), Holders(**holders), on)


def codes(answer):
    return [one.code for one in answer.reasons]


def test_the_head_of_the_grid_answers_and_the_way_is_told():
    answer = ask(at_unit={4: [post(7)]})

    assert (
        answer.outcome,
        answer.addressee.post,
        answer.addressee.person_name,
    ) == (Outcome.ANSWERED, 7, "王丽")
    assert codes(answer) == [
        ReasonCode.LIST_CHOSEN,
        ReasonCode.ITEM_CHOSEN,
        ReasonCode.PARTY_ANSWERS,
        ReasonCode.POST_FOUND,
    ]
    assert (answer.list_version, answer.item_number) == (3, 1)
    assert dict(answer.reasons[-1].values) == {
        "kind": "grid_head",
        "level": "grid",
        "unit": "红枫第1微网格",
    }


def test_a_vacant_post_climbs_to_the_heads_above_with_its_reasons():
    answer = ask(at_unit={2: [post(9, "area_head", "片长")]})

    assert answer.addressee.person_name == "片长"
    assert answer.is_climbed
    vacant = [one.values["unit"] for one in answer.reasons if one.code == ReasonCode.VACANT]
    assert vacant == ["红枫第1微网格", "红枫居委会"]


def test_the_director_goes_before_the_secretary_of_a_committee():
    there = [post(1, "committee_secretary", "书记"), post(2, "committee_director", "主任")]

    assert ask(at_unit={3: there}).addressee.person_name == "主任"


def test_nobody_all_the_way_up_is_an_answer_too():
    answer = ask()

    assert (answer.outcome, answer.posts) == (Outcome.NOBODY, ())
    assert codes(answer)[-1] == ReasonCode.VACANT_ALL_THE_WAY
    assert answer.item_number == 1


@pytest.mark.parametrize(
    ("on", "who"),
    [
        (date(2026, 4, 30), "王丽"),
        (date(2026, 5, 1), "赵强"),
        (date(2025, 12, 31), None),
    ],
)
def test_a_post_is_held_until_the_day_before_it_ends(on, who):
    first = post(1, valid_to=date(2026, 5, 1))
    second = post(2, name="赵强", valid_from=date(2026, 5, 1))
    answer = ask(sheet(valid_from=date(2025, 1, 1)), on=on, at_unit={4: [second, first]})

    assert who == (answer.addressee.person_name if answer.addressee else None)


def test_the_ended_and_the_coming_are_named_among_those_passed_over():
    was = post(1, name="旧", valid_to=date(2026, 3, 10))
    old = post(2, name="更旧", valid_from=date(2020, 1, 1), valid_to=date(2024, 1, 1))
    will = post(3, name="新", valid_from=date(2026, 4, 1))
    answer = ask(at_unit={4: [was, old, will, post(4)]})

    assert [(one.name, one.code) for one in answer.passed_over] == [
        ("旧", PassedOverCode.ENDED),
        ("新", PassedOverCode.NOT_BEGUN),
    ]


def test_somebody_on_leave_is_passed_over_and_the_next_takes_it():
    answer = ask(at_unit={4: [post(1), post(2, name="赵强")]}, away={101: None})

    assert answer.addressee.person_name == "赵强"
    assert [one.code for one in answer.passed_over] == [PassedOverCode.ON_LEAVE]


def test_a_stand_in_does_the_work_of_the_one_on_leave():
    answer = ask(at_unit={4: [post(1)]}, away={101: StandIn(55, "李梅")})

    assert (
        answer.addressee.person_name,
        answer.addressee.person,
        answer.addressee.post,
        answer.addressee.stands_in_for,
    ) == ("李梅", 55, 1, "王丽")


def test_a_stand_in_who_is_away_too_does_not():
    away = {101: StandIn(55, "李梅"), 55: None}

    assert ask(at_unit={4: [post(1)]}, away=away).outcome == Outcome.NOBODY


@pytest.mark.parametrize(
    ("lists", "matter", "code"),
    [
        ((sheet(unit=99),), LEAK, ReasonCode.NO_LIST),
        ((sheet(valid_from=date(2026, 3, 11)),), LEAK, ReasonCode.NO_LIST),
        ((sheet(valid_to=ON),), LEAK, ReasonCode.NO_LIST),
        ((sheet(item(matters=("52",))),), LEAK, ReasonCode.NO_ITEM),
        ((sheet(item(roles=((1, D),))),), LEAK, ReasonCode.NO_ANSWERABLE),
        ((sheet(),), None, ReasonCode.NO_MATTER),
    ],
)
def test_gaps_in_the_books_are_told_not_raised(lists, matter, code):
    answer = ask(*lists, matter=matter, at_unit={4: [post(1)]})

    assert answer.outcome == Outcome.NOBODY
    assert code == codes(answer)[-1]


def test_a_list_of_the_committee_goes_before_the_towns():
    own = sheet(item(2), unit=3, key=8, version=1)

    assert ask(sheet(), own, at_unit={4: [post(1)]}).list_id == 8


def test_a_silent_list_leaves_the_question_to_the_one_above():
    own = sheet(item(2, matters=("52",)), unit=3, key=8)
    answer = ask(sheet(), own, at_unit={4: [post(1)]})

    assert answer.list_id == 1
    assert codes(answer)[0] == ReasonCode.LIST_SILENT


def test_a_grid_is_the_kind_of_place_its_committee_is():
    by_place = sheet(item(1, ((2, A),)), item(2, places=("old_public",)))
    answer = ask(by_place, at_unit={4: [post(1)]})

    assert answer.item_number == 2
    assert [(one.what, one.code) for one in answer.passed_over] == [
        ("item", PassedOverCode.LESS_SPECIFIC_PLACE)
    ]


def test_a_case_known_only_by_its_committee_is_answered_above_the_grid():
    answer = ask(trail=TRAIL[:3], at_unit={3: [post(1, "committee_director", "主任")]})

    assert answer.addressee.person_name == "主任"
    assert ReasonCode.NO_SUCH_LEVEL in codes(answer)


def firm(pk=50, name="红枫物业", **more):
    return BodyFacts(pk, name, "property_firm", **more)


FIRM_ANSWERS = sheet(item(1, ((2, A), (1, H))))


def test_the_firm_that_serves_the_grid_goes_before_the_one_seated_there():
    answer = ask(
        FIRM_ANSWERS,
        serving={3: [firm()]},
        seated={4: [firm(51, "别家")]},
        at_body={50: [post(1, "department_officer", "员"), post(2, "liaison", "联络")]},
    )

    assert (
        answer.organisation,
        answer.organisation_name,
        [one.person_name for one in answer.answerable],
    ) == (50, "红枫物业", ["联络"])
    assert answer.addressee.organisation == 50


def test_of_two_firms_at_one_unit_the_first_entered_answers():
    answer = ask(FIRM_ANSWERS, serving={4: [firm(52, "二"), firm(51, "一")]})

    assert answer.organisation == 51
    assert [(one.name, one.code) for one in answer.passed_over] == [
        ("二", PassedOverCode.ANOTHER_SERVES)
    ]


def test_a_firm_nobody_speaks_for_is_the_answer_without_a_person():
    answer = ask(FIRM_ANSWERS, serving={4: [firm()]}, at_unit={4: [post(1)]})

    assert (
        answer.outcome,
        answer.organisation,
        answer.addressee,
    ) == (Outcome.ORGANISATION, 50, None)
    assert [one.role for one in answer.posts] == [H]


def test_where_no_firm_serves_the_heads_stand_in_from_the_grid_upward():
    answer = ask(FIRM_ANSWERS, serving={4: [firm(closed_on=ON)]}, at_unit={4: [post(1)]})

    assert answer.addressee.person_name == "王丽"
    assert ReasonCode.NO_ORGANISATION in codes(answer)
    assert [one.code for one in answer.passed_over] == [PassedOverCode.ORGANISATION_CLOSED]


def test_a_named_department_answers_by_its_officer():
    office = BodyFacts(90, "城管所", "department")
    officer = post(1, "department_officer", "队员")
    answer = ask(sheet(item(1, ((3, A),))), bodies={90: office}, at_body={90: [officer]})

    assert (answer.addressee.person_name, answer.organisation) == ("队员", 90)


def test_the_main_stations_clerk_answers_before_the_towns():
    clerks = {31: [post(1, "station_clerk", "近")], 32: [post(2, "station_clerk", "远")]}
    near = ask(sheet(item(1, ((4, A),))), stations={4: [31], 1: [32]}, at_station=clerks)
    far = ask(sheet(item(1, ((4, A),))), stations={4: [33], 1: [32]}, at_station=clerks)

    assert [one.addressee.person_name for one in (near, far)] == ["近", "远"]


def test_a_party_that_is_not_set_leaves_it_to_the_heads():
    answer = ask(sheet(item(1, ((5, A),))), at_unit={4: [post(1)]})

    assert answer.is_climbed
    assert ReasonCode.PARTY_UNSET in codes(answer)


kinds = st.sampled_from(["grid_head", "committee_director", "area_head", "town_officer"])
posts = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 3, 4]),
        kinds,
        st.integers(-60, 60),
        st.none() | st.integers(1, 90),
    ),
    max_size=8,
)


def book(rows):
    at_unit = {}
    for pk, (unit, kind, begins, lasts) in enumerate(rows, start=1):
        begun = ON + timedelta(days=begins)
        ends = begun + timedelta(days=lasts) if lasts else None
        at_unit.setdefault(unit, []).append(post(pk, kind, valid_from=begun, valid_to=ends))
    return at_unit


@given(posts, st.sets(st.integers(101, 108)), st.randoms())
def test_the_same_books_give_the_same_answer_in_any_order(rows, away, random):
    at_unit = book(rows)
    shuffled = {unit: random.sample(there, len(there)) for unit, there in at_unit.items()}
    gone = dict.fromkeys(away)

    assert ask(at_unit=at_unit, away=gone) == ask(at_unit=shuffled, away=gone)


@given(posts, st.sets(st.integers(101, 108)), st.integers(-70, 160))
def test_whoever_answers_is_in_post_and_present_on_the_day(rows, away, shift):
    on = ON + timedelta(days=shift)
    at_unit = book(rows)
    answer = ask(
        sheet(valid_from=date(2025, 1, 1)), at_unit=at_unit, away=dict.fromkeys(away), on=on
    )

    by_pk = {one.pk: one for there in at_unit.values() for one in there}
    for one in answer.posts:
        assert by_pk[one.post].holds_on(on)
        assert one.person not in away
    assert (answer.outcome == Outcome.ANSWERED) == bool(answer.answerable)


@given(st.lists(st.sampled_from(["51", "51999", "52"]), min_size=1, max_size=4), st.booleans())
def test_a_list_without_holes_and_doubles_leads_to_one_party(matters, towns_officer):
    one = sheet(*(item(n, matters=(m,)) for n, m in enumerate(matters, start=1)))
    if check_list(one, [LEAK], [("old_public", "estate")]).holes:
        return
    there = {1: [post(9, "town_officer")]} if towns_officer else {}
    answer = ask(one, at_unit=there)

    assert answer.party == "网格长" or answer.outcome == Outcome.NOBODY
    assert towns_officer == (answer.outcome == Outcome.ANSWERED)
