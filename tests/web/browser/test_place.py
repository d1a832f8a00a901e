"""A resident's phone: her place by address, moved on the map, told, left out, and sent with it."""

import pytest

from hequan.cases.models import Case
from tests.cases.cast import make_desk

pytestmark = [
    *(pytest.mark.browser, pytest.mark.slow, pytest.mark.once),
    pytest.mark.django_db(transaction=True),
]
TOLD = ".place-told"


def test_a_place_is_found_by_its_address_and_moved_on_the_map(visit, world):
    desk, visitor = make_desk(world), visit(width=375, height=720)
    page = visitor.go("/report/")
    page.fill("[name=words]", "垃圾两天没人收")
    assert not any("map-base" in asked for asked in visitor.asked)

    page.fill("[name=place_words]", "hfl 11号 门口")
    page.press("[name=place_words]", "Enter")  # looks it up; nothing is sent yet
    page.click("[data-place-pick]:has-text('红枫路11号')")
    page.wait_for_selector(TOLD)
    assert page.input_value("[name=place_words]") == "红枫路11号 门口"
    assert page.input_value("[name=committee]") == str(desk.town.maple.pk)
    by_address = page.input_value("[name=here]")

    page.fill("[name=place_words]", "青松路2号")  # another place: the point is not sent along
    page.wait_for_selector(TOLD, state="detached")
    assert (page.input_value("[name=here]"), page.input_value("[name=committee]")) == ("", "")

    page.click("[data-place-map-show]")
    page.wait_for_selector("#place-map[data-drawn]", timeout=60_000)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 375
    with page.expect_response("**/report/place/"):
        page.locator("#place-map canvas").click(position={"x": 170, "y": 140})
    page.wait_for_selector(TOLD)
    on_map = page.input_value("[name=here]")
    assert on_map not in ("", by_address)

    page.click("[data-place-drop]")
    page.wait_for_selector(TOLD, state="detached")
    assert page.input_value("[name=here]") == ""

    page.eval_on_selector(
        "[name=here]",
        "(entry, at) => { entry.value = at; entry.dispatchEvent(new Event('place-tell')) }",
        "0,0",
    )
    page.wait_for_selector("[data-place-outside]")
    assert page.input_value("[name=here]") == ""

    page.locator("#place-map canvas").click(position={"x": 170, "y": 140})
    page.wait_for_selector(TOLD)
    here = page.input_value("[name=here]")
    page.click("main form > .btn-primary")
    page.wait_for_url("**/sent/")
    case = Case.objects.get()
    assert f"{case.lon:.5f},{case.lat:.5f}" == here
    kept = page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    assert here.split(",")[0] not in kept
    assert not any(here.split(",")[0] in asked for asked in visitor.asked)
