"""Matters, responsibility lists and who answers, on the board."""

from datetime import date

import pytest
from django.urls import reverse

from hequan.roster.models import (
    Matter,
    ResponsibilityItem,
    ResponsibilityList,
    ResponsibilityParty,
    ServiceArea,
)
from hequan.roster.queries.matters import catalogue_on
from hequan.roster.queries.responsibilities import list_facts
from tests.roster.list_cast import TODAY, draft, lists  # noqa: F401 - a fixture

ITEM = {"number": "9", "text": "电梯", "matters": ["51998"], "place_kinds": ["mall"]}
PARTY = {"name": "片区长", "resolves_by": "post", "post_kind": "area_head", "level": "area"}


@pytest.fixture
def next_version(lists):  # noqa: F811
    """A draft of the second version."""
    return draft(lists.town, (), ())


def at(name, *args):
    return reverse(f"web:{name}", args=args)


def test_every_page_opens_for_the_officer_and_no_stranger(sign_in, lists, next_version):  # noqa: F811
    pk, item = next_version.pk, ResponsibilityItem.objects.filter(sheet=next_version).first()
    party = ResponsibilityParty.objects.filter(sheet=next_version).first()
    pages = [
        at("board-matters"),
        at("board-matter-new"),
        at("board-matter", Matter.objects.first().pk),
        at("board-lists"),
        at("board-list-new"),
        at("board-list", pk),
        at("board-list", lists.sheet.pk),
        at("board-list-item-new", pk),
        at("board-list-item", pk, item.pk),
        at("board-list-party-new", pk),
        at("board-list-party", pk, party.pk),
        at("board-list-check", pk),
        at("board-list-check", lists.sheet.pk),
        at("board-list-compare", pk),
        at("board-list-paper", pk, "a3"),
        at("board-list-paper", pk, "a4"),
        at("board-list-workbook", pk),
        at("board-answering"),
        at("board-service-areas"),
    ]
    officer, stranger = sign_in("officer"), sign_in("stranger")

    assert [200] * len(pages) == [officer.get(page).status_code for page in pages]
    assert {404} == {stranger.get(page).status_code for page in pages}


def test_an_empty_catalogue_is_begun_with_the_starter(sign_in, world):
    officer = sign_in("officer")
    assert officer.get(at("board-matters")).context["is_empty"]

    officer.post(at("board-matters-starter"))
    assert len(catalogue_on(TODAY).by_code) == 113
    again = officer.post(at("board-matters-starter"), follow=True)
    assert "目录已经有了" in again.content.decode()
    assert len(catalogue_on(TODAY).by_code) == 113


def test_a_matter_is_entered_found_changed_and_ended(sign_in, lists):  # noqa: F811
    officer = sign_in("officer")
    entered = {"code": "51001", "name": "外墙", "valid_from": "2026-03-10", "place_kinds": ["mall"]}
    officer.post(at("board-matter-new"), entered)
    matter = Matter.objects.get(code="51001")

    groups = officer.get(at("board-matters"), {"words": "外墙"}).context["groups"]
    assert [[row.code for row in rows] for _class, rows in groups] == [["51001"]]

    officer.post(
        at("board-matter", matter.pk), entered | {"valid_from": "2026-05-01", "name": "墙"}
    )
    officer.post(at("board-matter-end", matter.pk), {"end-on": "2026-06-01"})
    assert catalogue_on(date(2026, 5, 31)).by_code["51001"].name == "墙"
    assert "51001" not in catalogue_on(date(2026, 6, 1)).by_code


def test_a_code_that_is_none_is_refused_in_the_form(sign_in, lists):  # noqa: F811
    entered = {"code": "5199", "name": "外墙", "valid_from": "2026-03-10"}
    answer = sign_in("officer").post(at("board-matter-new"), entered)

    assert "5199" in str(answer.context["form"].non_field_errors())


def test_a_draft_is_begun_filled_as_a_grid_and_published(sign_in, lists):  # noqa: F811
    officer = sign_in("officer")
    officer.post(at("board-list-new"), {"unit": lists.town.town.pk, "title": "第二版"})
    sheet = ResponsibilityList.objects.get(state="draft")
    officer.post(at("board-list-party-new", sheet.pk), PARTY)
    officer.post(at("board-list-item-new", sheet.pk), ITEM)
    item = ResponsibilityItem.objects.get(sheet=sheet, number=9)
    party = ResponsibilityParty.objects.get(sheet=sheet, name="片区长")

    officer.post(at("board-list", sheet.pk), {f"cell-{item.pk}-{party.pk}": "answerable"})
    entered = list_facts(sheet).items[-1]
    assert ((party.pk, "answerable"),) == entered.roles
    assert (entered.matters, entered.place_kinds) == (("51998",), ("mall",))
    assert len(list_facts(sheet).items) == 5

    officer.post(at("board-list-check", sheet.pk), {"valid_from": "2026-04-01"})
    sheet.refresh_from_db()
    assert ("published", date(2026, 4, 1)) == (sheet.state, sheet.valid_from)


def test_why_a_draft_is_not_published_is_said(sign_in, lists, next_version):  # noqa: F811
    officer = sign_in("officer")
    officer.post(at("board-list-item-new", next_version.pk), ITEM)
    page = officer.post(at("board-list-check", next_version.pk), {"valid_from": "2026-04-01"})

    assert "9" in str(page.context["form"].non_field_errors())
    assert page.context["findings"].items_without_answerable == (9,)


def test_a_published_list_is_shown_and_not_written(sign_in, lists):  # noqa: F811
    officer, pk = sign_in("officer"), lists.sheet.pk
    before = list_facts(lists.sheet)
    page = officer.get(at("board-list", pk))
    assert "<select" not in page.content.decode()

    cell = before.items[0].roles[0][0]
    officer.post(at("board-list", pk), {f"cell-{before.items[0].key}-{cell}": "helps"})
    assert before == list_facts(lists.sheet)
    assert officer.post(at("board-list-item-new", pk), ITEM).status_code == 404


def test_items_and_parties_are_taken_out(sign_in, lists, next_version):  # noqa: F811
    officer, facts = sign_in("officer"), list_facts(next_version)
    officer.post(at("board-list-item", next_version.pk, facts.items[0].key), {"remove": "1"})
    officer.post(at("board-list-party", next_version.pk, facts.parties[0].key), {"remove": "1"})

    left = list_facts(next_version)
    assert (len(left.items), len(left.parties)) == (3, 2)
    officer.post(at("board-list-discard", next_version.pk))
    assert not ResponsibilityList.objects.filter(pk=next_version.pk).exists()


def test_the_grid_asks_few_queries(sign_in, lists, django_assert_max_num_queries):  # noqa: F811
    officer = sign_in("officer")
    officer.get(at("board-list", lists.sheet.pk))

    with django_assert_max_num_queries(14):
        officer.get(at("board-list", lists.sheet.pk))


def test_two_versions_are_compared(sign_in, lists, next_version):  # noqa: F811
    officer, facts = sign_in("officer"), list_facts(next_version)
    cell = f"cell-{facts.items[3].key}-{facts.parties[0].key}"
    officer.post(at("board-list", next_version.pk), {cell: "helps"})

    found = officer.get(at("board-list-compare", next_version.pk)).context["found"]
    assert [(one.number, one.party, one.before, one.after) for one in found.cells] == [
        (4, "网格长", "answerable", "helps")
    ]


def test_a_list_ends_by_its_page(sign_in, lists):  # noqa: F811
    sign_in("officer").post(at("board-list-end", lists.sheet.pk), {"end-on": "2026-04-01"})

    lists.sheet.refresh_from_db()
    assert date(2026, 4, 1) == lists.sheet.valid_to


def test_who_answers_is_told_with_reasons_in_both_languages(sign_in, lists):  # noqa: F811
    officer = sign_in("officer")
    asked = {"matter": "51999", "place": "红枫第1微网格", "on": "2026-03-10"}
    chinese = officer.get(at("board-answering"), asked)
    assert chinese.context["answer"].addressee.person_name == "王丽"

    officer.cookies["hequan_language"] = "en"
    page = officer.get(at("board-answering"), asked).content.decode()
    assert "of 红枫第1微网格: in post and present." in page
    assert "names this matter and this type of housing" in page
    assert "is for a wider kind of place" in page
    assert "%(" not in page + chinese.content.decode()


def test_a_place_of_many_is_asked_back(sign_in, lists):  # noqa: F811
    page = sign_in("officer").get(at("board-answering"), {"matter": "52999", "place": "微网格"})

    assert len(page.context["places"]) == 6
    assert "unit=" in page.content.decode()


def test_a_place_one_may_not_see_is_not_found(sign_in, lists):  # noqa: F811
    asked = {"matter": "52999", "unit": lists.town.city.pk}

    assert "answer" not in sign_in("officer").get(at("board-answering"), asked).context


def test_who_serves_a_unit_is_entered_and_ended(sign_in, lists):  # noqa: F811
    officer = sign_in("officer")
    entered = {
        "organisation": lists.firm.pk,
        "unit": lists.town.grids[0].pk,
        "valid_from": "2026-03-01",
    }
    officer.post(at("board-service-areas"), entered)
    area = ServiceArea.objects.get()
    assert (lists.firm, lists.town.grids[0]) == (area.organisation, area.unit)

    officer.post(at("board-service-area-end", area.pk))
    area.refresh_from_db()
    assert area.valid_to == TODAY
    assert sign_in("viewer").post(at("board-service-areas"), entered).status_code == 404


def test_a_downloaded_list_can_be_imported_again(sign_in, lists, tmp_path, db):  # noqa: F811
    from hequan.core.import_runs import plan_import
    from hequan.core.imports import ImportOptions
    from hequan.core.kinds import Fate

    path = tmp_path / "list.xlsx"
    path.write_bytes(sign_in("officer").get(at("board-list-workbook", lists.sheet.pk)).content)

    found = plan_import(
        "responsibilities", path, path.name, ImportOptions(extra={"unit": "310113111"})
    )
    assert {Fate.SAME} == {one.fate for one in found.fates}
