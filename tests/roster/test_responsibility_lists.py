"""Writing a list: only drafts, published once and for good, one version after the other."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hequan.core.audit import AuditEntry
from hequan.roster import errors
from hequan.roster.access import list_for
from hequan.roster.actions.publishing import discard_draft, end_list, publish_list
from hequan.roster.actions.responsibilities import (
    ItemEntry,
    describe_draft,
    remove_item,
    remove_party,
    save_item,
    save_party,
    set_roles,
    start_draft,
    write_sheet,
)
from hequan.roster.actions.service_areas import (
    end_service_area,
    move_service_areas_to_heirs,
    serve_unit,
)
from hequan.roster.models import ItemParty, Matter, ResponsibilityList, ServiceArea
from hequan.roster.queries.responsibilities import (
    findings_of,
    is_untouched,
    list_facts,
    list_rows,
    places_below,
)
from hequan.roster.responsibilities import (
    ItemFacts,
    PartyFacts,
    PartyRole,
    ResolvesBy,
    compare_lists,
)
from hequan.territory.heirs import Heirs
from tests.roster.list_cast import ITEMS, PARTIES, TODAY, draft, numbers
from tests.world import AT

APRIL = date(2026, 4, 1)


def begin(lists, unit=None):
    return start_draft(unit=unit or lists.town.town, title="第二版", by=lists.town.officer, at=AT)


def act(action, lists, sheet, **more):
    return action(sheet=sheet, by=lists.town.officer, at=AT, **more)


def test_a_new_draft_holds_all_that_stood_in_the_version_before(lists):
    sheet = begin(lists)

    before, after = list_facts(lists.sheet), list_facts(sheet)
    assert compare_lists(before, after).is_same
    assert (sheet.version, sheet.valid_from) == (2, None)


def test_a_unit_has_one_draft_at_a_time(lists):
    begin(lists)

    with pytest.raises(errors.DraftThereError):
        begin(lists)
    begin(lists, lists.town.maple)  # another unit's is its own affair


@pytest.mark.parametrize(
    ("action", "more"),
    [
        (describe_draft, {"title": "改", "source": ""}),
        (save_item, {"facts": ItemFacts(0, 9, "新")}),
        (remove_item, {"item_key": 1}),
        (save_party, {"facts": PartyFacts(0, "新")}),
        (remove_party, {"party_key": 1}),
        (set_roles, {"cells": {}}),
        (write_sheet, {"parties": (), "items": (), "source": ""}),
        (publish_list, {"valid_from": APRIL}),
        (discard_draft, {}),
    ],
)
def test_a_published_version_is_never_written(lists, action, more):
    before = list_facts(lists.sheet)

    with pytest.raises(errors.PublishedListError):
        act(action, lists, lists.sheet, **more)
    assert before == list_facts(lists.sheet)


def test_a_change_behind_the_actions_back_is_found(lists):
    assert is_untouched(lists.sheet)
    ItemParty.objects.filter(item__sheet=lists.sheet, role="does").update(role="helps")

    assert not is_untouched(lists.sheet)


def test_publishing_ends_the_version_before_on_that_day(lists):
    sheet = begin(lists)
    act(publish_list, lists, sheet, valid_from=APRIL)

    lists.sheet.refresh_from_db()
    assert lists.sheet.valid_to == APRIL
    rows = list_rows(["/"])
    assert [one.stands_on(TODAY) for one in rows] == ["coming", "in_force"]
    assert [one.stands_on(APRIL) for one in rows] == ["in_force", "ended"]


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2025, 6, 1), date(2026, 3, 9)])
def test_what_has_been_in_force_stays_as_it_was(lists, day):
    sheet = begin(lists)

    with pytest.raises(errors.ListDayError):
        act(publish_list, lists, sheet, valid_from=day)
    lists.sheet.refresh_from_db()
    assert lists.sheet.valid_to is None


def test_an_empty_list_is_not_published(world):
    sheet = start_draft(unit=world.town, title="空", by=world.officer, at=AT)

    with pytest.raises(errors.ListEmptyError):
        publish_list(sheet=sheet, valid_from=TODAY, by=world.officer, at=AT)


@pytest.mark.parametrize(
    "items",
    [
        (*ITEMS, ItemEntry(9, "无人", ("52",))),
        (*ITEMS, ItemEntry(9, "两家", ("52",), roles=(("物业公司", PartyRole.ANSWERABLE),))),
        (
            *ITEMS[:3],
            ItemEntry(
                9,
                "一项两家",
                ("52",),
                roles=(("物业公司", PartyRole.ANSWERABLE), ("网格长", PartyRole.ANSWERABLE)),
            ),
        ),
    ],
)
def test_doubles_and_items_nobody_answers_for_keep_a_list_from_being_published(lists, items):
    sheet = begin(lists)
    for item in list_facts(sheet).items:
        act(remove_item, lists, sheet, item_key=item.key)
    act(write_sheet, lists, sheet, parties=PARTIES, items=items, source="test")

    with pytest.raises(errors.ListFaultyError):
        act(publish_list, lists, sheet, valid_from=APRIL)


def test_a_party_that_is_not_set_keeps_a_list_from_being_published(lists):
    sheet = begin(lists)
    act(save_party, lists, sheet, facts=PartyFacts(0, "某办"))

    with pytest.raises(errors.ListFaultyError, match="某办"):
        act(publish_list, lists, sheet, valid_from=APRIL)


def test_holes_take_a_second_word(lists):
    sheet = begin(lists)
    rubbish = next(one for one in list_facts(sheet).items if one.number == 4)
    act(remove_item, lists, sheet, item_key=rubbish.key)

    with pytest.raises(errors.HolesLeftError):
        act(publish_list, lists, sheet, valid_from=APRIL)
    act(publish_list, lists, sheet, valid_from=APRIL, with_holes=True)
    assert AuditEntry.objects.latest("pk").after["holes"] == ["52999"]


def test_items_are_entered_changed_and_taken_out(lists):
    sheet = begin(lists)
    item = act(save_item, lists, sheet, facts=ItemFacts(0, 9, "电梯", ("51998",), ("mall",)))
    act(save_item, lists, sheet, facts=ItemFacts(item.pk, 8, "电梯故障", ("51998", "52")))

    entered = list_facts(sheet).items[-1]
    assert (
        entered.number,
        entered.text,
        entered.matters,
        entered.place_kinds,
    ) == (8, "电梯故障", ("51998", "52"), ())
    act(remove_item, lists, sheet, item_key=item.pk)
    assert numbers(list_facts(sheet)) == [1, 2, 3, 4]


def test_a_number_or_name_that_is_taken_is_refused(lists):
    sheet = begin(lists)

    with pytest.raises(errors.ItemNumberTakenError):
        act(save_item, lists, sheet, facts=ItemFacts(0, 4, "另一项"))
    with pytest.raises(errors.PartyNameTakenError):
        act(save_party, lists, sheet, facts=PartyFacts(0, "网格长"))


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (PartyFacts(0, "甲", ResolvesBy.POST, post_kind="grid_head"), "level"),
        (PartyFacts(0, "甲", ResolvesBy.STATION_POST), "post_kind"),
        (PartyFacts(0, "甲", ResolvesBy.ORGANISATION_KIND), "organisation_kind"),
        (PartyFacts(0, "甲", ResolvesBy.ORGANISATION, organisation_id=10**9), "organisation"),
    ],
)
def test_a_party_says_how_it_is_found(lists, facts, missing):
    with pytest.raises(errors.PartyIncompleteError, match=missing):
        act(save_party, lists, begin(lists), facts=facts)


def test_a_party_keeps_only_what_its_way_of_being_found_needs(lists):
    facts = PartyFacts(
        0, "甲", ResolvesBy.STATION_POST, "station_head", "grid", "property_firm", lists.firm.pk
    )
    party = act(save_party, lists, begin(lists), facts=facts)

    assert (
        party.post_kind,
        party.level,
        party.organisation_kind,
        party.organisation_id,
    ) == ("station_head", "", "", None)


def test_cells_are_set_changed_and_emptied(lists):
    sheet = begin(lists)
    facts = list_facts(sheet)
    item, names = facts.items[3], {one.name: one.key for one in facts.parties}
    cells = {
        (item.key, names["网格长"]): "",
        (item.key, names["居委会主任"]): "answerable",
        (item.key, names["物业公司"]): "does",
    }
    assert act(set_roles, lists, sheet, cells=cells) == 3
    assert act(set_roles, lists, sheet, cells=cells) == 0

    assert {(names["居委会主任"], "answerable"), (names["物业公司"], "does")} == set(
        list_facts(sheet).items[3].roles
    )
    assert (AuditEntry.objects.latest("pk").after) == {
        "4/网格长": "",
        "4/居委会主任": "answerable",
        "4/物业公司": "does",
    }


def test_a_cell_of_another_list_is_refused(lists):
    sheet = begin(lists)
    stranger = list_facts(lists.sheet)

    cell = (stranger.items[0].key, stranger.parties[0].key)
    with pytest.raises(errors.ForeignCellError):
        act(set_roles, lists, sheet, cells={cell: "does"})
    with pytest.raises(errors.ForeignCellError):
        act(remove_item, lists, sheet, item_key=stranger.items[0].key)


def test_an_unknown_matter_is_refused(lists):
    with pytest.raises(errors.RosterError):
        act(save_item, lists, begin(lists), facts=ItemFacts(0, 9, "新", ("77001",)))


def test_the_database_keeps_one_draft_and_one_open_version_a_unit(lists):
    with pytest.raises(IntegrityError), transaction.atomic():
        ResponsibilityList.objects.create(
            unit=lists.town.town,
            version=9,
            title="旁路",
            state="published",
            valid_from=APRIL,
            published_at=AT,
            fingerprint="x",
        )
    begin(lists)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResponsibilityList.objects.create(unit=lists.town.town, version=8, title="二稿")


def test_a_list_ends_from_today_on_at_the_earliest(lists):
    with pytest.raises(errors.ListDayError):
        act(end_list, lists, lists.sheet, on=date(2026, 3, 9))
    act(end_list, lists, lists.sheet, on=APRIL)

    lists.sheet.refresh_from_db()
    assert lists.sheet.valid_to == APRIL
    assert is_untouched(lists.sheet)


def test_the_check_sees_the_places_there_are(lists):
    assert [place for place in places_below(lists.town.town) if place] == [
        ("commodity", "estate"),
        ("old_public", "estate"),
    ]
    found = findings_of(lists.sheet, list_facts(lists.sheet), TODAY)
    assert (found.doubles, found.holes) == ((), ())


def test_a_firm_serves_a_unit_for_a_time_once(lists):
    entered = [
        serve_unit(
            organisation=lists.firm,
            unit=lists.town.maple,
            valid_from=TODAY,
            by=lists.town.officer,
            at=AT,
        )
        for _ in range(2)
    ]
    assert entered[0] == entered[1]
    with pytest.raises(errors.DayOrderError):
        end_service_area(area=entered[0], on=TODAY, by=lists.town.officer, at=AT)


def test_whoever_works_below_sees_the_published_list_and_no_draft(lists):
    sheet, officer = begin(lists), lists.town.officer

    assert sheet == list_for(officer, sheet.pk, AT)
    with pytest.raises(errors.ListNotFoundError):
        list_for(lists.town.stranger, lists.sheet.pk, AT)
    with pytest.raises(errors.ListNotFoundError):
        list_for(lists.town.viewer, sheet.pk, AT)


def test_the_columns_stand_in_their_order(world):
    sheet = draft(world, (), PARTIES)

    assert [one.name for one in PARTIES] == [one.name for one in list_facts(sheet).parties]
    assert not Matter.objects.exists()


def test_whoever_served_an_ended_unit_serves_its_heirs(lists):
    maple, pine, by = lists.town.maple, lists.town.pine, lists.town.officer
    serve_unit(organisation=lists.firm, unit=maple, valid_from=TODAY, by=by, at=AT)
    heirs = Heirs((maple.pk,), (pine,))

    moved = [move_service_areas_to_heirs(heirs=heirs, by=by, at=AT) for _ in range(2)]
    assert moved == [1, 0]
    assert [pine] == [one.unit for one in ServiceArea.objects.filter(valid_to=None)]
