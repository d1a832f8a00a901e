"""Every page behind a sign-in, found by the permission matrix: readable, narrow enough, named."""

import pytest
from django.test import Client

from tests.web.browser.test_access import RUN
from tests.web.matrix_things import Things
from tests.web.routes import routes
from tests.web.test_permission_matrix import OPEN, read_table
from tools.assets import PACKAGES

pytestmark = [
    *(pytest.mark.browser, pytest.mark.slow, pytest.mark.once),
    pytest.mark.django_db(transaction=True),
]

AXE = PACKAGES / "axe-core" / "axe.min.js"
WHO = ("officer", "resident", "sysadmin", "security", "auditor")
WALKED = ("board", "field", "my", "register", "report", "case")
# dealt out over the pages, so that each is looked at once and each look sees a third of them
LOOKS = (
    {"width": 1280, "language": "en", "theme": "dark"},
    {"width": 320, "language": "en"},
    {"width": 375, "text": "large"},
)


def pages(world, things):
    """Return (role, address) of every page that shows HTML to one of these, the first of them."""
    known = {route.pattern: route for route in routes()}
    clients = {role: Client() for role in WHO}
    for role, client in clients.items():
        client.force_login(getattr(world, role))
    for row in read_table():
        pattern = row["address"]
        role = next((one for one in WHO if row[one] == OPEN), None)
        if row["method"] == "GET" and pattern.startswith(WALKED) and role:
            address, said = things.fill(known[pattern]), things.said("GET", known[pattern])
            answer = clients[role].get(address, said)
            if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                yield role, answer.wsgi_request.get_full_path()


@pytest.fixture
def windows(visit, world):
    """One window for each role and look, opened when first asked for."""
    opened = {}

    def window(role, at):
        if (role, at) not in opened:
            client = Client()
            client.force_login(getattr(world, role))
            visitor = opened[role, at] = visit(**LOOKS[at])
            session = client.cookies["sessionid"].value
            cookie = {"name": "sessionid", "value": session, "url": visitor.address}
            visitor.context.add_cookies([cookie])
            visitor.context.add_init_script(path=AXE)
        return opened[role, at]

    return window


def test_every_page_behind_a_sign_in_is_fit_for_everybody(world, cast, windows):
    faults, wide, walked = {}, {}, list(pages(world, Things(world, cast)))
    for at, (role, address) in enumerate(walked):
        page = windows(role, at % len(LOOKS)).go(address)
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            wide[address] = over
        if found := page.evaluate(RUN):
            faults[address] = found

    assert (faults, wide) == ({}, {})
    assert len(walked) > 90
