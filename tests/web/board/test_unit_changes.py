"""Units that change: another code, neighbours merged, one split, and who may do it."""

import pytest
from django.urls import reverse

from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from hequan.territory.models import Unit, UnitCode
from tests.world import AT

NAME, CODE = "红枫青松居委会", "310113111009"


def post(client, unit, change, **sent):
    prefix = {"recode": "recode", "merge": "merge", "split": "split"}[change]
    address = reverse(f"web:board-unit-{change}", args=[unit.pk])
    return client.post(address, {f"{prefix}-{k}": v for k, v in sent.items()})


def edit_page(client, unit):
    return client.get(reverse("web:board-unit-edit", args=[unit.pk]))


def test_a_unit_gets_another_code_from_a_day_on(sign_in, world):
    post(sign_in("officer"), world.maple, "recode", code=CODE, on="2026-04-01")

    codes = UnitCode.objects.filter(unit=world.maple).order_by("valid_to")
    assert {(one.code, str(one.valid_to)) for one in codes} == {
        ("310113111001", "2026-04-01"),
        (CODE, "None"),
    }


def test_a_code_somebody_bears_is_refused_in_the_form(sign_in, world):
    answer = post(sign_in("officer"), world.maple, "recode", code="310113111002", on="2026-04-01")

    assert answer.status_code == 422
    assert "青松居委会" in answer.context["recode"].non_field_errors()[0]
    assert answer.context["form"].initial["name"] == "红枫居委会"


def test_neighbours_become_one_unit_that_takes_over_what_lay_in_them(sign_in, world):
    sent = {"others": [world.pine.pk], "name": NAME, "code": CODE, "on": "2026-04-01"}
    answer = post(sign_in("officer"), world.maple, "merge", **sent)

    heir = Unit.objects.get(name=NAME)
    assert answer["Location"] == reverse("web:board-unit", args=[heir.pk])
    assert heir.parent == world.maple.parent
    assert Unit.objects.filter(parent=heir, valid_to=None).count() == 6
    world.maple.refresh_from_db()
    assert str(world.maple.valid_to) == "2026-04-01"


def test_only_neighbours_are_offered_to_merge_with(sign_in, world):
    page = edit_page(sign_in("officer"), world.maple)

    assert [int(pk) for pk, _name in page.context["merge"].fields["others"].choices] == [
        world.pine.pk
    ]
    sent = {"others": [world.grids[5].pk], "name": NAME, "code": CODE, "on": "2026-04-01"}
    assert post(sign_in("officer"), world.maple, "merge", **sent).status_code == 422
    assert not Unit.objects.filter(name=NAME).exists()


def test_one_unit_becomes_two(sign_in, world):
    lines = "310113111001 红枫东居委会\n310113111008　红枫西居委会"
    post(sign_in("officer"), world.maple, "split", parts=lines, on="2026-04-01")

    heirs = Unit.objects.filter(name__in=["红枫东居委会", "红枫西居委会"])
    assert {one.level for one in heirs} == {"committee"}
    assert heirs.get(name="红枫东居委会").children.count() == 3


@pytest.mark.parametrize("lines", ["310113111001", "310113111001 红枫东居委会"])
def test_a_split_needs_two_whole_lines(sign_in, world, lines):
    answer = post(sign_in("officer"), world.maple, "split", parts=lines, on="2026-04-01")

    assert answer.status_code == 422
    world.maple.refresh_from_db()
    assert world.maple.valid_to is None


def test_who_may_change_one_unit_only_may_not_merge_or_split_it(sign_in, world):
    give_grants(
        account=world.clerk,
        capabilities=[Capability.EDIT_TERRITORY],
        path=world.maple.path,
        by=world.system,
        at=AT,
    )
    clerk = sign_in("clerk")

    assert "merge" not in edit_page(clerk, world.maple).context
    sent = {"others": [world.pine.pk], "name": NAME, "code": CODE, "on": "2026-04-01"}
    assert post(clerk, world.maple, "merge", **sent).status_code == 404
    assert post(clerk, world.maple, "split", parts="1 a\n2 b", on="2026-04-01").status_code == 404
    assert post(clerk, world.pine, "recode", code=CODE, on="2026-04-01").status_code == 404


def test_a_unit_that_has_ended_offers_no_merger(sign_in, world):
    post(sign_in("officer"), world.maple, "split", parts="1 东\n2 西", on="2026-04-01")
    page = edit_page(sign_in("officer"), world.maple)

    assert page.context["above"] is None
