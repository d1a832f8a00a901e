"""The territory browser: the tree, one unit, its outlines, what may be changed."""

from django.urls import reverse

from hequan.core.audit import AuditEntry
from hequan.territory.models import Boundary


def unit(world_unit, name="web:board-unit"):
    return reverse(name, args=[world_unit.pk])


def test_the_browser_begins_where_the_accounts_part_begins(sign_in, world):
    answer = sign_in("viewer").get(reverse("web:board-territory"))

    assert answer["Location"] == unit(world.pine)


def test_a_unit_shows_its_codes_people_and_what_lies_in_it(sign_in, world):
    page = sign_in("officer").get(unit(world.maple)).content.decode()

    assert "310113111001" in page
    assert "红枫第1微网格" in page
    assert "幸福圈" in page


def test_units_are_found_by_name_or_code_inside_ones_part(sign_in, world):
    officer = sign_in("officer").get(reverse("web:board-territory"), {"words": "居委会"})
    assert len(officer.context["rows"]) == 2

    viewer = sign_in("viewer").get(reverse("web:board-territory"), {"words": "居委会"})
    assert [row.name for row in viewer.context["rows"]] == ["青松居委会"]


def test_an_officer_renames_and_describes_a_unit(sign_in, world):
    sent = {"name": "红枫苑居委会", "zone_kind": "estate", "households": "1300"}
    sign_in("officer").post(unit(world.maple, "web:board-unit-edit"), sent)

    world.maple.refresh_from_db()
    assert (world.maple.name, world.maple.households) == ("红枫苑居委会", 1300)
    assert AuditEntry.objects.filter(verb="territory.unit_renamed", by=world.officer).exists()


def test_a_clerk_without_the_capability_cannot_change_a_unit(sign_in, world):
    page = unit(world.maple, "web:board-unit-edit")

    assert sign_in("clerk").post(page, {"name": "x"}).status_code == 404
    world.maple.refresh_from_db()
    assert world.maple.name == "红枫居委会"


def test_the_outlines_of_the_town_are_checked(sign_in, world):
    page = unit(world.town, "web:board-topology")

    assert "微网格" not in str(sign_in("officer").get(page, {"level": "committee"}).context["rows"])
    assert sign_in("officer").get(page, {"level": "nonsense"}).status_code == 404


def test_the_map_gets_the_outlines_of_a_level(sign_in, world):
    address = reverse("web:board-unit-outlines", args=[world.town.pk, "grid"])

    assert len(sign_in("officer").get(address).json()["features"]) == 6


def test_a_unit_whose_parts_have_no_outlines_offers_no_map(sign_in, world):
    page = sign_in("officer").get(unit(world.town))
    assert 'id="outlines-map"' in page.content.decode()

    Boundary.objects.all().delete()
    page = sign_in("officer").get(unit(world.town))
    assert 'id="outlines-map"' not in page.content.decode()
    assert len(page.context["children"]) > 0
