"""A real browser on the pages of the small town: Debian's Chromium, driven by Playwright."""

import shutil
import warnings
from collections.abc import Callable, Iterator

import pytest

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--use-angle=swiftshader"]
ARGUMENTS += ["--enable-unsafe-swiftshader"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """The browser, once for all tests of a process."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(request) -> str:
    """The address of the site, served from this process; no file was collected for it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No directory at", category=UserWarning)
        address: str = request.getfixturevalue("live_server").url
    return address


class Visitor:
    """One visitor's window; keeps every fault the pages cause and every address they ask for."""

    def __init__(self, browser, address: str, cookies: dict[str, str], **options) -> None:
        self.address = address
        self.context = browser.new_context(**options)
        self.context.add_cookies(
            [{"name": f"hequan_{k}", "value": v, "url": address} for k, v in cookies.items()]
        )
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._hear)
        self.page.on("request", lambda request: self.asked.append(request.url))

    def _hear(self, message) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def go(self, path: str):
        """Open a page of the site."""
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def visit(browser, site, cast) -> Iterator[Callable[..., Visitor]]:
    """Make visitors: `visit(text="large", width=320)`; faults of their pages fail the test."""
    visitors: list[Visitor] = []

    def make(width: int = 1280, height: int = 900, js: bool = True, **more) -> Visitor:
        choices = {k: more.pop(k) for k in ("language", "text", "theme") if k in more}
        visitor = Visitor(
            browser,
            site,
            choices,
            viewport={"width": width, "height": height},
            java_script_enabled=js,
            **more,
        )
        visitors.append(visitor)
        return visitor

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert [visitor.faults for visitor in visitors if visitor.faults] == []
