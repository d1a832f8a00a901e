"""The board in a real browser: signed in, looked at, filled in, with and without scripts."""

import pytest
from django.test import Client
from django.urls import reverse

from hequan.core.jobs import run_next
from hequan.stations.actions import ask_coverage, save_corridor
from hequan.stations.models import Station
from hequan.stations.queries import hours_rules
from hequan.stations.records import StopRecord
from tests.web.browser.test_access import AXE, RUN
from tests.world import AT, place

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LON, LAT = place(300, 50)
TABLE = (
    f"编号,名称,类型,经度,纬度\nST-8,红枫书屋,图书馆,{LON},{LAT}\nST-9,某处,不知道,{LON},{LAT}\n"
)
ROWS = TABLE.encode("gbk")


@pytest.fixture
def axe() -> str:
    """The source of axe, put into pages that allow no script from elsewhere."""
    if not AXE.exists():
        pytest.skip("axe is fetched by `make setup`")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def officer(visit, world):
    """Make windows in which the town's officer is signed in."""
    client = Client()
    client.force_login(world.officer)
    session = client.cookies["sessionid"].value

    def open_window(**options):
        visitor = visit(**options)
        cookie = {"name": "sessionid", "value": session, "url": visitor.address}
        visitor.context.add_cookies([cookie])
        return visitor

    return open_window


@pytest.fixture
def measured(world, cast):
    """A finished measurement of the town, and a corridor."""
    ask_coverage(unit=world.town, by=world.officer, at=AT)
    assert run_next(AT)
    stops = [StopRecord(cast.library.pk), StopRecord(cast.canteen.pk, "歇脚")]
    given = {"name": "青枫走廊", "unit": world.town, "introduction": "", "stops": stops}
    save_corridor(corridor=None, by=world.officer, at=AT, **given)


def pages(world, cast):
    """Return every page of the board that is reached by its address alone."""
    hall, town = [cast.hall.pk], [world.town.pk]
    sections = ("facts", "hours", "days", "spaces", "offers", "accessibility", "duties")
    return {
        "coverage": reverse("web:board-home"),
        "register": reverse("web:board-stations"),
        "new station": reverse("web:board-station-new"),
        "lacking": reverse("web:board-lacking"),
        "corridors": reverse("web:board-corridors"),
        "new corridor": reverse("web:board-corridor-new"),
        "services": reverse("web:board-services"),
        "new service": reverse("web:board-service-new"),
        "town": reverse("web:board-unit", args=town),
        "committee": reverse("web:board-unit", args=[world.maple.pk]),
        "search": reverse("web:board-territory") + "?words=居委会",
        "edit unit": reverse("web:board-unit-edit", args=[world.maple.pk]),
        "topology": reverse("web:board-topology", args=town) + "?level=grid",
        "circles": reverse("web:board-circles", args=town),
        "circle": reverse("web:board-circle", args=[world.happy.pk]),
        "imports": reverse("web:board-imports"),
        "upload": reverse("web:board-import-upload", args=["stations"]),
    } | {code: reverse("web:board-station", args=[*hall, code]) for code in sections}


def hand_in(page, name="站点.csv", content=ROWS):
    """Choose a file on the upload page and have it checked."""
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "", "buffer": content})
    page.click("form[enctype] button")
    page.wait_for_load_state()


def test_signing_in_leads_to_the_map_and_the_chart(visit, world, measured):
    world.officer.set_password("spring-rain-9")
    world.officer.save()
    page = visit(width=1440).go("/board/")
    page.fill("input[name=username]", world.officer.username)
    page.fill("input[name=password]", "spring-rain-9")
    page.click("main button.btn-primary")
    page.wait_for_selector("h1:has-text('覆盖')")
    page.click("button[data-show-map]")
    page.wait_for_selector("#coverage-map[data-drawn] canvas", timeout=20_000)
    page.click("button[data-show-chart]")
    page.wait_for_selector("#coverage-chart[data-drawn] canvas", timeout=20_000)

    assert page.locator(".legend").is_visible()


def test_the_territory_draws_its_outlines(officer, world):
    page = officer(theme="dark").go(reverse("web:board-unit", args=[world.town.pk]))
    page.click("button[data-show-map]")

    page.wait_for_selector("#outlines-map[data-drawn] canvas", timeout=20_000)
    assert page.evaluate("document.activeElement.id") == "outlines-map"


@pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without"])
def test_a_file_is_handed_in_read_and_confirmed(officer, js):
    page = officer(js=js).go(reverse("web:board-import-upload", args=["stations"]))
    hand_in(page)
    assert "不知道" in page.locator(".remark-refused").inner_text()
    assert not Station.objects.filter(code="ST-8").exists()

    page.click(".write-bar button")
    page.wait_for_load_state()
    assert Station.objects.filter(code="ST-8").exists()
    assert not Station.objects.filter(code="ST-9").exists()


def test_a_file_that_cannot_be_read_is_told_beside_the_file(officer):
    page = officer().go(reverse("web:board-import-upload", args=["stations"]))
    hand_in(page, name="坏.xlsx", content=b"PK\x03\x04 no book")

    told = page.locator("#id_file").get_attribute("aria-describedby")
    assert "坏.xlsx" in page.locator(f"#{told.split()[0]}").inner_text()
    assert page.locator("[role=alert]").count() == 1


@pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without"])
def test_hours_are_edited_and_shown_as_a_week(officer, cast, js):
    page = officer(js=js).go(reverse("web:board-station", args=[cast.hall.pk, "hours"]))
    page.fill("textarea", "周一至周日 08:00-20:00")
    page.click("main form button")
    page.wait_for_load_state()

    assert page.locator(".hours td", has_text="08:00–20:00").count() == 7
    assert len(hours_rules(cast.hall)) == 7


@pytest.mark.once
def test_axe_finds_nothing_serious_on_a_board_full_of_figures(officer, world, cast, measured, axe):
    visitor = officer()
    found = {}
    for name, path in pages(world, cast).items():
        page = visitor.go(path)
        page.evaluate(axe)
        found[name] = page.evaluate(RUN)
    hand_in(visitor.go(reverse("web:board-import-upload", args=["stations"])))
    visitor.page.evaluate(axe)
    found["dry run"] = visitor.page.evaluate(RUN)

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.once
@pytest.mark.parametrize(("text", "least"), [("normal", 44), ("large", 60)])
def test_the_board_fits_320_pixels_and_a_finger(officer, world, cast, measured, text, least):
    visitor = officer(width=320, height=640, text=text, language="en")
    wide, small = {}, {}
    for name, path in pages(world, cast).items():
        page = visitor.go(path)
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            wide[name] = over
        found = page.evaluate(
            """least => [...document.querySelectorAll(
                 "main button, main .btn, main .chip, main .tick, .board-nav a, main summary, "
                 + "main .form-control, main .form-select")]
               .filter(e => e.offsetParent !== null)
               .filter(e => e.getBoundingClientRect().height < least - 0.5)
               .map(e => e.outerHTML.slice(0, 90))""",
            least,
        )
        if found:
            small[name] = found

    assert wide == {}
    assert small == {}


@pytest.mark.once
def test_paper_shows_the_figures_and_no_controls(officer, measured):
    page = officer().go(reverse("web:board-home"))
    page.emulate_media(media="print")

    assert page.locator("#parts-title ~ .table-frame table").first.is_visible()
    for control in (".board-nav", ".asks", ".measure", ".btn", ".preferences"):
        assert page.locator(control).filter(visible=True).count() == 0


@pytest.mark.once
def test_every_table_has_a_name_and_scrolling_ones_take_the_focus(officer, world, cast, measured):
    visitor = officer()
    for path in pages(world, cast).values():
        bare = visitor.go(path).evaluate(
            """() => [...document.querySelectorAll("main table")]
               .filter(t => !t.caption && !t.closest("[role=region][tabindex='0']"))
               .map(t => t.outerHTML.slice(0, 80))"""
        )
        assert bare == []
