"""Asking who answers over the books: few queries, many at once, every gap an answer."""

from datetime import UTC, date, datetime

import pytest

from hequan.people.models import Organisation
from hequan.roster.actions.publishing import end_list, publish_list
from hequan.roster.actions.responsibilities import (
    ItemEntry,
    set_roles,
    start_draft,
)
from hequan.roster.actions.service_areas import serve_unit
from hequan.roster.answers import Outcome, PassedOverCode, ReasonCode
from hequan.roster.models import Leave, Matter, ResponsibilityItem, ResponsibilityParty
from hequan.roster.queries import posts_answering_for, posts_answering_for_many
from hequan.roster.queries.answering import unresolved_parties
from hequan.roster.queries.responsibilities import list_facts
from tests.roster.list_cast import DAY, TODAY, A, D, draft, person, post
from tests.world import AT


def who(answer):
    return answer.addressee.person_name if answer.addressee else answer.outcome


def test_old_public_housing_is_answered_for_by_the_grid_head(lists, django_assert_num_queries):
    maple1 = lists.town.grids[0]
    posts_answering_for("51999", maple1, AT)  # lists and catalogue are kept from here on

    with django_assert_num_queries(7):
        answer = posts_answering_for("51999", maple1, AT)

    assert (who(answer), answer.item_number) == ("王丽", 3)
    assert {PassedOverCode.LESS_SPECIFIC_PLACE, PassedOverCode.LESS_SPECIFIC_MATTER} == {
        one.code for one in answer.passed_over
    }


def test_elsewhere_the_firm_is_and_has_nobody_to_speak_for_it(lists):
    Organisation.objects.create(name="青松物业", kind="property_firm", unit=lists.town.pine)
    answer = posts_answering_for(Matter.objects.get(code="51999"), lists.town.grids[3], AT)

    assert (answer.outcome, answer.organisation_name) == (Outcome.ORGANISATION, "青松物业")


def test_who_serves_a_grid_goes_before_who_sits_there(lists):
    served = Organisation.objects.create(name="外来物业", kind="property_firm")
    pine1 = lists.town.grids[3]
    serve_unit(organisation=served, unit=pine1, valid_from=TODAY, by=lists.town.officer, at=AT)
    post("liaison", "联络员", organisation=served)

    assert who(posts_answering_for("51999", pine1, AT)) == "联络员"
    before = datetime(2026, 3, 9, 2, tzinfo=UTC)
    assert posts_answering_for("51999", pine1, before).outcome == Outcome.NOBODY


def test_leave_is_looked_at_by_the_day(lists):
    stand_in = person("李梅")
    Leave.objects.create(
        person=lists.head.person, stand_in=stand_in, first_on=TODAY, until_on=date(2026, 3, 12)
    )
    days = [datetime(2026, 3, day, 4, tzinfo=UTC) for day in (9, 10, 11, 12)]

    answered = [who(posts_answering_for("52999", lists.town.grids[0], at)) for at in days]

    assert answered == ["王丽", "李梅", "李梅", "王丽"]


def test_a_vacant_grid_is_answered_for_by_its_committee(lists):
    answer = posts_answering_for("52999", lists.town.grids[1], AT)

    assert who(answer) == "赵强"
    assert ReasonCode.CLIMBED in [one.code for one in answer.reasons]


def test_unknown_matters_and_units_without_a_list_are_answered_by_nobody(lists):
    assert posts_answering_for("99999", lists.town.grids[0], AT).outcome == Outcome.NOBODY
    no_list = posts_answering_for("52999", lists.town.city, AT)
    assert [one.code for one in no_list.reasons] == [ReasonCode.NO_LIST]


def test_an_empty_house_answers_nobody(world):
    answer = posts_answering_for("52999", world.grids[0], AT)

    assert [one.code for one in answer.reasons] == [ReasonCode.NO_MATTER]


def test_the_next_version_answers_from_its_day_on(lists):
    by = lists.town.officer
    sheet = start_draft(unit=lists.town.town, title="第二版", by=by, at=AT)
    rubbish = ResponsibilityItem.objects.get(sheet=sheet, number=4)
    parties = {one.name: one.pk for one in ResponsibilityParty.objects.filter(sheet=sheet)}
    cells = {(rubbish.pk, parties["网格长"]): D, (rubbish.pk, parties["居委会主任"]): A}
    set_roles(sheet=sheet, cells=cells, by=by, at=AT)
    publish_list(sheet=sheet, valid_from=date(2026, 4, 1), by=by, at=AT)

    maple1 = lists.town.grids[0]
    moments = [datetime(2026, 3, 31, 15, 59, tzinfo=UTC), datetime(2026, 3, 31, 16, tzinfo=UTC)]
    answers = [posts_answering_for("52999", maple1, at) for at in moments]

    assert [(who(one), one.list_version) for one in answers] == [("王丽", 1), ("赵强", 2)]


def test_after_a_list_has_ended_nobody_answers(lists):
    end_list(sheet=lists.sheet, on=date(2026, 3, 11), by=lists.town.officer, at=AT)

    after = datetime(2026, 3, 11, 2, tzinfo=UTC)
    assert who(posts_answering_for("52999", lists.town.grids[0], AT)) == "王丽"
    assert posts_answering_for("52999", lists.town.grids[0], after).outcome == Outcome.NOBODY


def test_many_pairs_are_answered_as_each_alone(lists, django_assert_max_num_queries):
    pairs = [(code, unit.pk) for code in ("51999", "52999", "x") for unit in lists.town.grids]
    pairs.append(("51999", 10**9))
    with django_assert_max_num_queries(16):  # the kept ones are read here too
        together = posts_answering_for_many(pairs, AT)
    with django_assert_max_num_queries(8):
        posts_answering_for_many(pairs, AT)

    units = {unit.pk: unit for unit in lists.town.grids}
    for code, unit in pairs[:-1]:
        assert posts_answering_for(code, units[unit], AT) == together[code, unit]
    assert together["51999", 10**9].outcome == Outcome.NOBODY


def test_a_draft_can_be_tried_instead(lists):
    by = lists.town.officer
    sheet = start_draft(unit=lists.town.town, title="试", by=by, at=AT)
    rubbish = ResponsibilityItem.objects.get(sheet=sheet, number=4)
    parties = {one.name: one.pk for one in ResponsibilityParty.objects.filter(sheet=sheet)}
    cells = {(rubbish.pk, parties["网格长"]): D, (rubbish.pk, parties["居委会主任"]): A}
    set_roles(sheet=sheet, cells=cells, by=by, at=AT)

    pair = ("52999", lists.town.grids[0].pk)
    tried = posts_answering_for_many([pair], AT, instead=list_facts(sheet))[pair]

    assert (who(posts_answering_for_many([pair], AT)[pair]), who(tried)) == ("王丽", "赵强")


def test_parties_that_come_to_nobody_are_listed_with_their_units(lists):
    found = {one.party.name: one for one in unresolved_parties(list_facts(lists.sheet), TODAY)}

    assert {"网格长", "居委会主任", "物业公司"} == set(found)
    assert len(found["网格长"].units) == 5
    assert {unit.pk for unit in lists.town.grids[3:]} == {
        unit.pk for unit in found["居委会主任"].units
    }
    assert not found["网格长"].is_everywhere


def test_a_merged_persons_post_is_answered_by_whom_she_is_now(lists):
    now = person("王丽丽")
    lists.head.person.merged_into = now
    lists.head.person.save()

    addressee = posts_answering_for("52999", lists.town.grids[0], AT).addressee
    assert ("王丽丽", now.pk) == (addressee.person_name, addressee.person)


@pytest.mark.usefixtures("lists")
def test_a_draft_answers_nothing(lists):
    by = lists.town.officer
    start_draft(unit=lists.town.maple, title="居委会", by=by, at=AT)

    assert lists.sheet.pk == posts_answering_for("52999", lists.town.grids[0], AT).list_id


def test_a_station_and_a_department_answer_by_their_posts(world, cast):
    from hequan.roster.actions.matters import save_matters
    from hequan.roster.responsibilities import PartyFacts, ResolvesBy
    from hequan.stations.actions import set_main_station
    from tests.roster.list_cast import MATTERS

    save_matters(facts=MATTERS, source="test", by=world.officer, at=AT)
    office = Organisation.objects.create(name="城管所", kind="department", unit=world.town)
    parties = (
        PartyFacts(0, "站点", ResolvesBy.STATION_POST, post_kind="station_clerk"),
        PartyFacts(0, "城管所", ResolvesBy.ORGANISATION, organisation_id=office.pk),
    )
    items = (
        ItemEntry(1, "住房", ("51",), roles=(("站点", A),)),
        ItemEntry(2, "环境", ("52",), roles=(("城管所", A),)),
    )
    sheet = draft(world, items, parties)
    publish_list(sheet=sheet, valid_from=DAY, by=world.officer, at=AT)
    set_main_station(grid=world.grids[0], station=cast.hall, by=world.officer, at=AT)
    post("station_clerk", "站务员", station=cast.hall)
    post("department_officer", "队员", organisation=office)

    answers = [posts_answering_for(code, world.grids[0], AT) for code in ("51999", "52999")]
    assert [who(one) for one in answers] == ["站务员", "队员"]
