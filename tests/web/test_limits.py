"""Who asks too often waits and is told how long; who does not never notices."""

from fnmatch import fnmatchcase

import pytest
from django.urls import get_resolver

from hequan.core.limit_rules import LIMITS, seeds
from hequan.core.rule_values import RuleValue, seed_rules
from hequan.core.versions import forget_everything
from hequan.web.limits import ROUTES, Turnstile, rule_of

FAR = {"REMOTE_ADDR": "203.0.113.9"}


def allow(name, times, seconds=60):
    seed_rules(seeds())
    RuleValue.objects.filter(code=f"limit.{name}").update(value=[times, seconds])
    forget_everything()


def test_a_turnstile_lets_so_many_through_at_once_and_then_one_after_the_other():
    gate = Turnstile()

    assert [gate.wait("a", 3, 60, 0.0) for _ in range(3)] == [0, 0, 0]
    assert gate.wait("a", 3, 60, 0.0) == 20
    assert gate.wait("b", 3, 60, 0.0) == 0
    assert gate.wait("a", 3, 60, 20.0) == 0
    assert gate.wait("a", 3, 60, 20.0) == 20


def test_a_turnstile_forgets_who_has_been_quiet(monkeypatch):
    monkeypatch.setattr("hequan.web.limits._MOST_KEPT", 3)
    gate = Turnstile()
    for name in "abc":
        gate.wait(name, 3, 60, 0.0)

    gate.wait("d", 3, 60, 100.0)

    assert len(gate._paid_at) == 1


@pytest.mark.django_db
def test_an_address_that_reads_too_fast_is_asked_to_wait(client, world):
    allow("read.address", 2)
    answers = [client.get("/about/", **FAR) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "30"
    assert "请稍候" in answers[2].content.decode()
    assert "Content-Security-Policy" in answers[2].headers
    assert client.get("/about/", REMOTE_ADDR="203.0.113.10").status_code == 200


@pytest.mark.django_db
def test_a_machine_is_told_so_in_its_own_form(client, world):
    allow("read.address", 1)
    client.get("/api/openapi.json", **FAR)
    answer = client.get("/api/openapi.json", **FAR)

    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert answer.json()["status"] == 429


@pytest.mark.django_db
def test_this_machine_itself_reads_as_fast_as_it_likes(client, world):
    allow("read.address", 1)

    assert [client.get("/about/").status_code for _ in range(3)] == [200, 200, 200]


@pytest.mark.django_db
def test_what_an_account_sends_is_counted_wherever_it_comes_from(client, world):
    allow("write.account", 1)
    client.force_login(world.officer)
    first = client.post("/board/coverage/measure/", REMOTE_ADDR="203.0.113.1")
    second = client.post("/board/coverage/measure/", REMOTE_ADDR="203.0.113.2")

    assert first.status_code != 429
    assert second.status_code == 429


@pytest.mark.django_db
def test_signing_in_is_counted_by_address_even_for_who_is_signed_in(client, world):
    allow("sign_in.address", 2, 600)
    answers = [client.post("/sign-in/", {"username": "x", "password": "y"}) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]


def test_every_rule_of_the_table_has_numbers_and_an_address_it_fits():
    names = {f"web:{p.name}" for n in get_resolver().url_patterns for p in _named(n)}

    for _method, pattern, rule in ROUTES:
        assert any(name.startswith(rule + ".") for name in LIMITS), rule
        assert any(fnmatchcase(name, pattern) for name in names), pattern


def _named(node):
    return [p for p in getattr(node, "url_patterns", [node]) if getattr(p, "name", None)]


@pytest.mark.parametrize(
    ("method", "name", "rule"),
    [
        ("GET", "web:home", None),
        ("HEAD", "web:board-stations-workbook", "export"),
        ("POST", "web:sign-in", "sign_in"),
        ("POST", "web:my-phone-code", "sign_in"),
        ("POST", "web:board-station-new", "write"),
        ("DELETE", "", "write"),
    ],
)
def test_each_request_has_one_rule(method, name, rule):
    assert rule_of(method, name) == rule


@pytest.mark.parametrize(
    ("method", "name", "rule"),
    [
        ("POST", "web:board-audit-export", "export"),
        ("POST", "web:my-data-take", "export"),
        ("GET", "web:board-people", "search"),
        ("GET", "web:board-search", "search"),
    ],
)
def test_what_hands_out_people_counts_by_its_own_rule(method, name, rule):
    assert rule_of(method, name) == rule
