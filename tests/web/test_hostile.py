"""Every address is tried with what a hostile visitor sends; new pages are walked by themselves."""

import os
import re

import pytest
from django.conf import settings
from django.test import Client

from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry
from hequan.core.grants import give_grants
from hequan.core.kinds import BUSINESS
from tests.web.routes import keys, parameters, routes
from tests.world import AT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EVIL = "evil.example"
SCRIPT = "\"'><script>alert(1)</script>{{1337*3}}{% now 'Y' %}${7*7}"
NONSENSE = {
    "nothing": "",
    "zero byte": "a\0b",
    "huge number": "9" * 40,
    "not a number": "nan",
    "below zero": "-9223372036854775809",
    "sql": "1' OR '1'='1'; DROP TABLE core_account; --",
    "way up": "../../../../etc/passwd",
    "no text": b"\xff\xfe\xed\xa0\x80",
    "line breaks": "a\r\nSet-Cookie: x=1",
    "long": "长" * 300,
}
# each value alone takes minutes: `make torture` does; otherwise they are dealt out
TORTURE = os.environ.get("HEQUAN_TORTURE")
ROUNDS = [*NONSENSE] if TORTURE else [0]
# addresses that take a body without our token: display cookies, and reading by POST
WITHOUT_TOKEN = {"web:preferences", "api:locate_point", "api:locate_points"}


once = pytest.mark.once  # what the answers' heads and doors say hangs on no database


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(monkeypatch):
    """A walk asks faster than anybody may."""
    monkeypatch.setattr("hequan.web.limits.take_by_rule", lambda *_: 0)


@pytest.fixture
def town(world, cast):
    """The small town with its stations, people and posts."""
    keys.cache_clear()
    return world


def signed_in(account, **options):
    client = Client(raise_request_exception=True, **options)
    client.force_login(account)
    return client


@pytest.fixture
def insiders(town):
    """Accounts that together get behind every door: all business, and the three administrators."""
    master = Account.objects.create_user("master", "master-password")
    give_grants(account=master, capabilities=BUSINESS, path="/", by=town.system, at=AT)
    return [master, town.sysadmin, town.security, town.auditor]


_opens: dict[str, int] = {}  # which insider gets behind a route's door, found once


def walk(insiders, **options):
    """Yield every route with a client of the insider whom it opens for."""
    clients = [signed_in(one, **options) for one in insiders]
    for route in page_routes():
        at = _opens.get(route.pattern)
        if at is None:
            at = _opens[route.pattern] = _first_let_in(route, clients)
        if settings.SESSION_COOKIE_NAME not in clients[at].cookies:  # it led to signing out
            clients[at] = signed_in(insiders[at], **options)
        yield route, clients[at]


def _first_let_in(route, clients):
    """Doors answer OPTIONS too: 404 for whom they are shut."""
    address = route.address(keys()[0])
    let_in = (at for at, one in enumerate(clients) if one.options(address).status_code != 404)
    return next(let_in, 0)


def page_routes():
    return [route for route in routes() if not route.pattern.startswith(("static", "media"))]


def text_of(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


def test_the_walk_finds_the_site():
    found = {route.name for route in routes()}

    assert {"web:home", "web:sign-in", "web:board-unit", "web:board-import-run"} <= found
    assert {"next", "page"} <= set(parameters())


def dealt(route, round_, without=()):
    """Return a value for every parameter: one kind for all, or each address another mixture."""
    names = [name for name in parameters() if name not in without]
    if isinstance(round_, str):
        return dict.fromkeys(names, NONSENSE[round_])
    values, turn = list(NONSENSE.values()), round_ + len(route.pattern)
    return {name: values[(turn + at) % len(values)] for at, name in enumerate(names)}


@pytest.mark.parametrize("round_", ROUNDS)
def test_nonsense_in_every_parameter_breaks_no_page(town, insiders, round_):
    pk = keys()[0]

    for route, client in walk(insiders):
        answer = client.get(route.address(pk), dealt(route, round_))
        assert answer.status_code < 500, route
        assert "Set-Cookie: x" not in str(answer.headers), route


@pytest.mark.parametrize("round_", ROUNDS)
def test_nonsense_in_every_form_breaks_no_page(town, insiders, round_):
    pk = keys()[0]

    for route, client in walk(insiders):
        answer = client.post(route.address(pk), dealt(route, round_, without=("next",)))
        assert answer.status_code < 500, route


def test_a_key_beyond_every_table_or_a_strange_word_is_nothing_found(town, insiders):
    for route, client in walk(insiders):
        if not route.parts:
            continue
        for pk, text in ((10**30, "%00"), (0, "%ff%fe"), (2**63, "..%2f..%2fetc%2fpasswd")):
            answer = client.get(route.address(pk, text))
            assert answer.status_code < 500, (route, pk, text)
            assert "root:" not in text_of(answer), route


@once
def test_what_is_asked_is_never_shown_as_code(town, insiders):
    query = dict.fromkeys(parameters(), SCRIPT)

    for route, client in walk(insiders):
        word = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"
        for text in (None, word) if "str" in dict(route.parts) else (None,):
            answer = client.get(route.address(keys()[0], text), query)
            if "html" in answer.headers.get("Content-Type", ""):
                shown = text_of(answer)
                assert "<script>alert" not in shown, route
                assert "4011" not in shown, route  # 1337*3, had a template worked it out


AWAY = (f"https://{EVIL}/", f"//{EVIL}/", f"/\\{EVIL}", f"https:{EVIL}", f"\t//{EVIL}")


@once
def test_nobody_is_led_away(town, insiders):
    for at, (route, insider) in enumerate(walk(insiders)):
        address = AWAY[at % len(AWAY)]
        for client in (Client(), insider):
            for send in (client.get, client.post):
                answer = send(route.address(keys()[0]), {"next": address, "back": address})
                assert EVIL not in answer.headers.get("Location", "").partition("?")[0], route


@pytest.mark.parametrize("address", AWAY)
@pytest.mark.parametrize("page", ["/sign-in/", "/preferences/"])
def test_a_form_that_leads_on_leads_to_no_other_site(client, town, page, address):
    form = {"username": "zhoumin", "password": "zhoumin-password", "next": address}
    answer = client.post(page, form | {"language": "en"})

    assert answer.status_code in (200, 302)
    assert EVIL not in answer.headers.get("Location", "")


@once
def test_no_form_is_taken_without_its_token(town, insiders):
    taken = set()
    for route, client in walk(insiders, enforce_csrf_checks=True):
        answer = client.post(route.address(keys()[0]), {"x": "y"})
        if answer.status_code not in (403, 404, 405):
            taken.add(route.name)

    assert taken <= WITHOUT_TOKEN


@once
@pytest.mark.parametrize("method", ["DELETE", "TRACE"])
def test_a_method_nobody_offers_does_nothing(town, insiders, method):
    before = AuditEntry.objects.count()
    for route, client in walk(insiders):
        answer = client.generic(method, route.address(keys()[0]))
        assert answer.status_code < 500, route
        assert method != "TRACE" or answer.status_code == 405, route
    assert AuditEntry.objects.count() == before


@once
def test_a_method_in_disguise_stays_what_it_is(town, insiders):
    last = AuditEntry.objects.latest("pk").pk
    for route, client in walk(insiders):
        client.get(
            route.address(keys()[0]),
            {"_method": "POST"},
            headers={"X-HTTP-Method-Override": "POST"},
        )
    written = AuditEntry.objects.filter(pk__gt=last).exclude(verb__endswith="personal_read")
    assert not written.exists()


@once
def test_every_answer_is_sealed_against_frames_guesses_and_shared_stores(town, insiders):
    stranger = Client()
    for route, insider in walk(insiders):
        for client in (stranger, insider):
            answer = client.get(route.address(keys()[0]))
            head = answer.headers
            policy = head["Content-Security-Policy"]
            assert "unsafe" not in policy, route
            assert "frame-ancestors 'none'" in policy, route
            assert head["X-Content-Type-Options"] == "nosniff", route
            assert head["X-Frame-Options"] == "DENY", route
            assert head["Referrer-Policy"] == "same-origin", route
            assert head["Cross-Origin-Opener-Policy"] == "same-origin", route
            assert "Cross-Origin-Resource-Policy" in head, route
            assert "Permissions-Policy" in head, route
        kept = head.get("Cache-Control", "")
        open_to_all = head.get("Access-Control-Allow-Origin") == "*"
        assert "no-store" in kept or "public" in kept or open_to_all, (route, kept)
        if "public" in kept and not open_to_all:
            assert text_of(answer) == text_of(stranger.get(route.address(keys()[0]))), route


def test_a_host_nobody_named_is_refused(client, town):
    for host in (EVIL, f"localhost@{EVIL}", f"localhost.{EVIL}", "localhost:80:80", ""):
        assert client.get("/about/", headers={"host": host}).status_code in (400, 200), host
    assert client.get("/about/", headers={"host": EVIL}).status_code == 400


def test_another_host_named_by_the_visitor_appears_nowhere(client, town):
    answer = client.get(
        "/stations/", headers={"X-Forwarded-Host": EVIL, "Forwarded": f"host={EVIL}"}
    )

    assert EVIL not in text_of(answer)


def test_a_session_gets_a_new_key_at_sign_in(client, town):
    client.get("/sign-in/")
    session = client.session
    session["planted"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    client.post("/sign-in/", {"username": "zhoumin", "password": "zhoumin-password"})

    assert client.session.session_key != before
    assert "_auth_user_id" in client.session


# --- other people's things ------------------------------------------------------------------------


@once
def test_a_stranger_changes_nothing_and_sees_no_page_of_the_board(town):
    client = signed_in(town.stranger)
    before = AuditEntry.objects.count()
    asked = [route for route in page_routes() if route.pattern.startswith("board")]

    for route in asked:
        for pk in keys()[:2] if route.parts else [1]:
            for send in (client.get, client.post):
                answer = send(route.address(pk), dict.fromkeys(parameters(), str(pk)))
                assert answer.status_code in (404, 405), (route, pk)
    assert AuditEntry.objects.count() == before
    assert len(asked) > 30


def neighbour(town):
    """An officer who may do all the business there is, in pine alone."""
    account = Account.objects.create_user("nextdoor", "nextdoor-password", name="邻居")
    give_grants(account=account, capabilities=BUSINESS, path=town.pine.path, by=town.system, at=AT)
    return account


# living in maple, or in no unit of pine
SECRETS = re.compile(r"王丽|单建国|王小宝|单小雨|李根宝|13512340001|13612340004|66780002|\*0004")


@once
def test_a_neighbour_reads_nobody_of_the_other_committee(town):
    client = signed_in(neighbour(town))
    seen = []

    for route in page_routes():
        for pk in keys() if "int" in dict(route.parts) else [1]:
            answer = client.get(route.address(pk), {"q": "王", "words": "王", "reason": "看看"})
            if answer.status_code == 200 and SECRETS.search(text_of(answer)):
                seen.append((route.pattern, pk, SECRETS.search(text_of(answer))[0]))

    assert seen == []


@once
def test_a_neighbour_changes_nothing_of_the_other_committee(town):
    account = neighbour(town)
    client = signed_in(account)
    places = {str(town.maple.pk), *(str(grid.pk) for grid in town.grids[:3])}

    for route in page_routes():
        if "int" in dict(route.parts):
            for pk in keys():
                client.post(route.address(pk), dict.fromkeys(parameters(), "1"))

    touched = AuditEntry.objects.filter(by=account, thing_kind__startswith="territory.")
    assert not touched.filter(thing_kind="territory.unit", thing_id__in=places).exists()
