"""Everybody can use the pages: screen reader, keyboard, narrow screens, large text."""

import pytest

from tests.web.browser.places import HOME, PAGES
from tools.assets import PACKAGES

pytestmark = [
    *(pytest.mark.browser, pytest.mark.slow, pytest.mark.once),
    pytest.mark.django_db(transaction=True),
]

AXE = PACKAGES / "axe-core" / "axe.min.js"
LOOKS = {
    "chinese, light": {},
    "english, dark": {"language": "en", "theme": "dark"},
    "chinese, large": {"text": "large", "width": 375},
}
RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.filter(v => v.impact === "serious" || v.impact === "critical")
    .map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 120)).join(" | "));
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe, put into pages that allow no script from elsewhere."""
    if not AXE.exists():
        pytest.skip("axe is fetched by `make setup`")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_axe_finds_nothing_serious_on_any_page(visit, axe, look):
    visitor = visit(**look)
    found = {}
    for name, path in PAGES.items():
        page = visitor.go(path)
        page.evaluate(axe)
        found[name] = page.evaluate(RUN)

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_axe_finds_nothing_serious_in_the_wizard(browser, site, axe):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/first-start/")
    page.evaluate(axe)

    assert page.evaluate(RUN) == []
    context.close()


def test_axe_would_find_a_button_without_a_name(visit, axe):
    page = visit().go("/about/")
    page.evaluate("document.querySelector('main').appendChild(document.createElement('button'))")
    page.evaluate(axe)

    assert any(fault.startswith("button-name") for fault in page.evaluate(RUN))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("text", ["normal", "large"])
def test_no_page_is_wider_than_320_pixels(visit, language, text):
    visitor = visit(width=320, height=640, language=language, text=text)
    wide = {}
    for name, path in PAGES.items():
        page = visitor.go(path)
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            wide[name] = over

    assert wide == {}


@pytest.mark.parametrize(("text", "least"), [("normal", 44), ("large", 60)])
def test_every_control_is_large_enough_for_a_finger(visit, text, least):
    visitor = visit(width=375, text=text)
    small = {}
    for name, path in PAGES.items():
        page = visitor.go(path)
        found = page.evaluate(
            """least => [...document.querySelectorAll(
                 "button, .btn, .chip, .choice, .tabs a, summary, .form-control, .form-select")]
               .filter(e => e.offsetParent !== null)
               .filter(e => e.getBoundingClientRect().height < least - 0.5)
               .map(e => e.outerHTML.slice(0, 90))""",
            least,
        )
        if found:
            small[name] = found

    assert small == {}


def test_large_text_is_18_points_with_lines_wide_apart(visit):
    page = visit(text="large").go("/accessibility/")
    size, line = page.evaluate(
        """() => { const s = getComputedStyle(document.querySelector("main p"));
           return [parseFloat(s.fontSize), parseFloat(s.lineHeight)] }"""
    )

    assert size >= 24
    assert line / size >= 1.5


def test_the_first_tab_skips_to_the_content_and_focus_is_seen(visit):
    page = visit().go("/stations/")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "skip"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_question_is_answered_with_the_keyboard_alone(visit):
    page = visit().go("/")
    page.focus("#words")
    page.keyboard.type("骑手驿站")
    page.keyboard.press("Enter")
    page.wait_for_selector(".reach")

    assert page.locator(".reach").count() == 3


def test_paper_shows_the_stations_and_no_controls(visit):
    page = visit().go(f"/?{HOME}")
    page.emulate_media(media="print")

    assert page.locator(".reach").first.is_visible()
    assert not page.locator("#ask").is_visible()
    assert not page.locator(".preferences").is_visible()
    assert not page.locator(".tabs").is_visible()
