"""My fifteen minutes in a browser: with scripts, without, with a map, in an old engine."""

import pytest

from tests.web.browser.places import HOME
from tests.world import place

pytestmark = [
    *(pytest.mark.browser, pytest.mark.slow, pytest.mark.once),
    pytest.mark.django_db(transaction=True),
]

OLD = """
  delete Array.prototype.at; delete String.prototype.at; delete Object.hasOwn;
  for (const kind of [Int8Array]) delete Object.getPrototypeOf(kind.prototype).at;
  delete Array.prototype.findLast; delete self.structuredClone; delete Object.groupBy;
  delete Array.prototype.toSorted; delete Array.fromAsync; delete Promise.withResolvers;
"""


def show_map(page):
    page.click("#show-map")
    page.wait_for_selector("#map[data-ready]", timeout=60_000)


def test_everything_works_without_scripts(visit):
    page = visit(js=False).go("/")
    page.fill("#words", "骑手驿站")
    page.check("input[value=elder]")
    page.click("text=查看站点")
    assert page.locator(".reach").count() >= 2
    assert not page.locator("#here").is_visible()
    assert not page.locator("#show-map").is_visible()

    page.locator(".reach-way").last.click()
    assert page.locator("svg .way").count() == 1

    page.click("text=站点详情")
    assert page.locator(".hours").first.is_visible()


def test_another_time_is_asked_without_scripts(visit):
    page = visit(js=False, language="en").go("/")
    page.fill("#words", "骑手驿站")
    page.check("input[value=later]")
    page.select_option("#day", "sat")
    page.fill("#time", "22:30")
    page.click("text=Show stations")

    assert "Saturday 22:30" in page.locator(".answer-head").inner_text()
    assert page.locator(".reach-shut").count() == 2


def test_a_choice_is_answered_at_once_and_can_be_sent_on(visit):
    page = visit().go(f"/?{HOME}")
    before = page.locator(".reach-number").last.inner_text()
    with page.expect_response(lambda answer: "profile=frail" in answer.url):
        page.check("input[value=frail]")
    page.wait_for_function(
        "() => document.querySelector('.answer-head').innerText.includes('行走缓慢')"
    )

    assert "profile=frail" in page.url
    assert page.locator("#show-map").is_visible()
    assert page.locator(".reach-number").last.inner_text() != before


def test_day_and_time_appear_with_another_time(visit):
    page = visit().go("/")
    assert not page.locator("#day").is_visible()

    page.check("input[value=later]")

    assert page.locator("#day").is_visible()


def test_my_location_is_a_place_rounded_to_ten_metres(visit):
    lon, lat = place(101.234, 111.987)
    visitor = visit(geolocation={"longitude": lon, "latitude": lat}, permissions=["geolocation"])
    page = visitor.go("/")
    page.click("#here")
    page.wait_for_selector(".reach")

    assert page.locator(".reach").count() == 3
    assert f"place={lon:.4f}%2C{lat:.4f}" in page.url
    assert not any(f"{lon:.6f}" in asked for asked in visitor.asked)


def test_a_refused_location_is_said_with_what_to_do(visit):
    page = visit().go("/")
    page.click("#here")
    page.wait_for_function(
        "() => document.getElementById('here-said').textContent.includes('无法获得')"
    )


def test_the_map_is_loaded_only_when_asked_for_and_from_here_only(visit):
    visitor = visit()
    page = visitor.go(f"/?{HOME}")
    assert not any("map" in asked.split("?")[0] for asked in visitor.asked)

    show_map(page)

    assert page.locator(".pin").count() == 3
    assert any("maplibre.js" in asked for asked in visitor.asked)
    outside = [a for a in visitor.asked if not a.startswith((visitor.address, "data:", "blob:"))]
    assert outside == []


def test_a_pin_shows_its_row_and_the_route(visit):
    page = visit().go(f"/?{HOME}")
    show_map(page)
    with page.expect_response(lambda answer: "/map/route.json" in answer.url) as answered:
        page.locator(".pin").last.dispatch_event("click")

    assert answered.value.json()["features"][0]["geometry"]["type"] == "LineString"
    assert page.locator(".reach.is-picked").count() == 1


def test_the_map_can_be_folded_and_opened_again(visit):
    page = visit().go(f"/?{HOME}")
    show_map(page)

    page.click("#show-map")
    assert not page.locator("#map").is_visible()
    page.click("#show-map")
    assert page.locator(".pin").first.is_visible()


def test_the_map_works_with_the_built_ins_of_an_engine_of_2020(visit):
    visitor = visit()
    visitor.context.add_init_script(OLD)

    def older(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=OLD + answer.text())

    visitor.context.route("**/map-worker.js*", older)
    page = visitor.go(f"/?{HOME}")
    show_map(page)

    assert page.evaluate("!('groupBy' in Object)")
    assert page.locator(".pin").count() == 3


def test_without_its_engine_the_map_says_sorry_and_the_list_stays(visit):
    visitor = visit()
    visitor.context.route("**/vendor/maplibre.js", lambda route: route.abort())
    page = visitor.go(f"/?{HOME}")
    page.click("#show-map")
    page.wait_for_selector(".map-sorry")

    assert "此设备无法绘制地图" in page.locator("#map").inner_text()
    assert page.locator(".reach").count() == 3
    visitor.faults.clear()  # the aborted script is the fault that was meant


def test_the_catalogue_answers_while_one_types(visit):
    page = visit().go("/services/")
    page.locator("#words").press_sequentially("助餐")
    page.wait_for_function("() => document.querySelectorAll('.catalogue li').length === 1")

    assert page.locator("#words").input_value() == "助餐"
    page.click("a.chip:has-text('文化')")
    assert page.locator(".catalogue li").count() == 0


def test_display_choices_change_the_page_and_stay(visit):
    page = visit().go("/stations/?kind=energy_point")
    page.click("text=长辈版")
    assert page.evaluate("document.documentElement.dataset.text") == "large"
    assert page.url.endswith("?kind=energy_point")

    page.click("text=English")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.documentElement.dataset.text") == "large"
