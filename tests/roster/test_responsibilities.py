"""The rules over a responsibility list: which item answers, holes, doubles, differences."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hequan.roster.matters import PLACE_KINDS, MatterRow, kinds_of_place
from hequan.roster.responsibilities import (
    CellChange,
    ItemFacts,
    ListFacts,
    PartyFacts,
    PartyRole,
    check_list,
    choose_item,
    compare_lists,
)

A, D = PartyRole.ANSWERABLE, PartyRole.DOES
LEAK = MatterRow(1, "51999", "51", "漏水", "Leak", ("estate",))
RUBBISH = MatterRow(2, "52999", "52", "垃圾", "Rubbish", ())
OLD, NEW, MALL = ("old_public", "estate"), ("commodity", "estate"), ("mall",)
HEAD, FIRM = PartyFacts(1, "网格长", "post"), PartyFacts(2, "物业", "organisation")


def item(number, matters, places=(), roles=((1, A),)):
    return ItemFacts(100 + number, number, f"第{number}项", matters, places, roles)


def sheet(*items, parties=(HEAD, FIRM)):
    return ListFacts(1, 7, 1, "清单", date(2026, 1, 1), None, parties, items)


def test_naming_the_matter_goes_before_naming_its_class():
    chosen = choose_item([item(1, ("51",), ("old_public",)), item(2, ("51999",))], LEAK, OLD)

    assert chosen.item.number == 2
    assert [(one.why, one.item.number) for one in chosen.others] == [("matter", 1)]


def test_the_particular_place_goes_before_the_general():
    items = [item(1, ("51",)), item(2, ("51",), ("estate",)), item(3, ("51",), ("old_public",))]

    assert [choose_item(items, LEAK, place).item.number for place in (OLD, NEW, MALL)] == [3, 2, 1]


def test_of_equal_items_the_lower_number_answers():
    chosen = choose_item([item(5, ("51",)), item(4, ("51",))], LEAK, OLD)

    assert (chosen.item.number, [one.why for one in chosen.others]) == (4, ["number"])


def test_where_no_item_speaks_of_a_matter_none_is_chosen():
    assert choose_item([item(1, ("52",)), item(2, ("51",), ("mall",))], LEAK, OLD) is None


def test_a_matter_without_an_item_is_a_hole_where_it_may_happen():
    found = check_list(sheet(item(1, ("51",), ("old_public",))), [LEAK, RUBBISH], [OLD, NEW, MALL])

    said = [(one.matter.code, one.places, one.everywhere) for one in found.holes]
    assert said == [("51999", (NEW,), False), ("52999", (NEW, MALL, OLD), True)]


def test_an_item_nobody_answers_for_is_a_hole_and_is_named():
    found = check_list(sheet(item(1, ("51",), roles=((1, D),))), [LEAK], [OLD])

    assert found.items_without_answerable == (1,)
    assert [one.item for one in found.holes] == [1]
    assert found.blocks


def test_two_parties_answering_in_one_item_are_a_double():
    found = check_list(sheet(item(1, ("51",), roles=((1, A), (2, A)))), [LEAK], [OLD])

    assert [(one.matter, one.items, one.parties) for one in found.doubles] == [
        (None, (1,), ("网格长", "物业"))
    ]


def test_equal_items_with_different_answers_are_a_double_where_they_meet():
    items = item(1, ("51",), ("estate",)), item(2, ("51",), ("estate",), ((2, A),))
    found = check_list(sheet(*items), [LEAK, RUBBISH], [OLD, MALL])

    assert [(d.matter, d.places, d.items) for d in found.doubles] == [(LEAK, (OLD,), (1, 2))]


def test_equal_items_with_one_answer_are_no_double():
    assert not check_list(sheet(item(1, ("51",)), item(2, ("51",))), [LEAK], [OLD]).doubles


def test_a_particular_item_beside_a_general_one_is_no_double():
    items = item(1, ("51",)), item(2, ("51999",), (), ((2, A),))

    assert not check_list(sheet(*items), [LEAK], [OLD]).doubles


def test_two_versions_are_compared_cell_by_cell():
    before = sheet(item(1, ("51",)), item(2, ("52",)))
    after = sheet(replace(item(1, ("51",), roles=((2, A),)), key=900, text="改"), item(3, ("53",)))
    found = compare_lists(before, after)

    assert {CellChange(1, "网格长", A, ""), CellChange(1, "物业", "", A)} == set(found.cells)
    assert (
        [one.number for one in found.items_added],
        [one.number for one in found.items_removed],
    ) == ([3], [2])
    assert [(f.name, f.before, f.after) for f in found.item_facts] == [("text", "第1项", "改")]


def test_parties_are_compared_by_name():
    changed = replace(HEAD, key=5, level="grid")
    found = compare_lists(sheet(), sheet(parties=(changed,)))

    assert (found.parties_removed, found.parties_added) == (("物业",), ())
    assert [(one.thing, one.name) for one in found.party_facts] == [("网格长", "level")]


codes = st.sampled_from(["51", "51999", "52", "52999"])
roles = st.dictionaries(st.sampled_from([1, 2]), st.sampled_from(list(PartyRole)), max_size=2)
places = st.sampled_from([OLD, NEW, MALL, ()])


@st.composite
def sheets(draw):
    rows = draw(
        st.lists(
            st.tuples(
                st.lists(codes, max_size=2, unique=True),
                st.lists(st.sampled_from(PLACE_KINDS), max_size=2, unique=True),
                roles,
            ),
            max_size=6,
        )
    )
    return sheet(
        *(
            item(n, tuple(matters), tuple(kinds), tuple(cells.items()))
            for n, (matters, kinds, cells) in enumerate(rows, start=1)
        )
    )


@given(sheets(), places, st.randoms())
def test_the_order_of_the_rows_does_not_matter(one, place, random):
    shuffled = list(one.items)
    random.shuffle(shuffled)

    for matter in (LEAK, RUBBISH):
        assert choose_item(one.items, matter, place) == choose_item(shuffled, matter, place)


@given(sheets(), st.lists(places, min_size=1))
def test_without_holes_and_doubles_exactly_one_party_answers_everywhere(one, there):
    found = check_list(one, [LEAK, RUBBISH], there)
    if found.holes or found.doubles:
        return
    for matter in (LEAK, RUBBISH):
        for place in there:
            if matter is LEAK and "estate" not in place:
                continue
            chosen = choose_item(one.items, matter, place)
            assert len(chosen.item.parties_with(A)) == 1


@given(sheets())
def test_a_version_is_the_same_as_itself(one):
    assert compare_lists(one, one).is_same


@given(sheets(), sheets())
def test_comparing_backwards_tells_the_opposite(one, other):
    there, back = compare_lists(one, other), compare_lists(other, one)

    assert there.items_added == back.items_removed
    assert {(c.number, c.party, c.before, c.after) for c in there.cells} == {
        (c.number, c.party, c.after, c.before) for c in back.cells
    }


def test_a_place_that_says_nothing_fits_only_rules_for_anywhere():
    assert kinds_of_place("", "") == ()
    assert choose_item([item(1, ("51",), ("estate",))], LEAK, ()) is None
