"""The description of our own JSON: true to OpenAPI 3.1, and drawn under the site's policy."""

import pytest

from tools.system import chromium

pytestmark = pytest.mark.django_db


def test_the_description_is_openapi_3_1_and_names_every_operation(client, world):
    told = client.get("/api/openapi.json").json()

    operations = [one["operationId"] for path in told["paths"].values() for one in path.values()]
    assert told["openapi"] == "3.1.0"
    assert len(operations) == len(set(operations))
    assert {"list_units", "locate_points", "list_stations", "read_fifteen"} <= set(operations)
    assert all(one.get("summary") for path in told["paths"].values() for one in path.values())


def test_the_page_of_docs_holds_nothing_inline_and_nothing_from_outside(client, world):
    page = client.get("/api/docs").content.decode()

    assert "<script>" not in page
    assert "style=" not in page
    assert "http" not in page.replace('http-equiv="', "")


def test_the_root_leads_to_the_docs(client, world):
    assert client.get("/api")["Location"] == "/api/docs"
    assert client.get("/api/")["Location"] == "/api/docs"


@pytest.mark.browser
@pytest.mark.slow
def test_the_docs_are_drawn_under_the_content_policy(world, live_server):
    from playwright.sync_api import sync_playwright

    program = chromium()
    if program is None:
        pytest.skip("no Chromium on this machine: make test installs one")
    said: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("console", lambda line: said.append(f"{line.type}: {line.text}"))
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        answer = page.goto(f"{live_server.url}/api/docs")
        page.wait_for_selector("#operations-territory-list_units")
        page.click("#operations-territory-list_units .opblock-summary-control")
        page.click("#operations-territory-list_units .try-out__btn")
        page.click("#operations-territory-list_units .execute")
        page.wait_for_selector("#operations-territory-list_units .live-responses-table")
        browser.close()

    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert [line for line in said if line.startswith("error")] == []
