"""One line a request, and nobody's data in it."""

import json
import logging

import pytest

from hequan.config.logs import JsonLines, MaskingFilter, masked


@pytest.mark.parametrize(
    "said",
    [
        *("13812345678", "+86 138-1234-5678", "8613812345678", "138 1234 5678", "021-66780002"),
        *("110101199003077758", "11010119900307775X", "zhou.min@example.org"),
        *("password=hunter2", "password: hunter2", "token='abc123'", "code=428913"),
        *("验证码是428913", "验证码：428913", "Authorization: Bearer abc.def", "sessionid=k3j4h5"),
        "eyJhbGciOiJIUzI1NiJ9eyJzdWIiOiIxMjM0NTY3ODkwIn0abcdef",
    ],
)
def test_what_tells_who_somebody_is_or_opens_a_door_is_masked(said):
    told = masked(f"before {said} after")

    assert told.startswith("before ")
    assert said not in told
    for part in ("12345678", "1234-5678", "hunter2", "428913", "abc123", "9003077", "66780002"):
        assert part not in told


def test_an_address_is_told_without_what_was_asked():
    told = masked("Not Found: /board/people/?q=13812345678&name=王丽 (404)")

    assert told == "Not Found: /board/people/?… (404)"


@pytest.mark.parametrize(
    "said",
    [
        "job 1234567890 people.notify failed (attempt 3)",
        "2026-03-10T10:00:00+08:00 took 12.5 ms",
        "GET /stations/ST-1/ 200",
        "unit 310113111001",
        "/opt/hequan/venv/lib/python3.11/site-packages/django/core/handlers/base.py",
    ],
)
def test_ordinary_lines_stay_as_they_are(said):
    assert masked(said) == said


def lines_of(caplog, capture):
    formatter, keep = JsonLines(), MaskingFilter()
    capture()
    return [json.loads(formatter.format(one)) for one in caplog.records if keep.filter(one)]


@pytest.mark.django_db
def test_a_request_leaves_one_line_without_what_was_asked(client, world, caplog):
    caplog.set_level(logging.INFO, "hequan.access")
    client.force_login(world.officer)
    lines = lines_of(caplog, lambda: client.get("/stations/", {"q": "13812345678"}))

    (line,) = (one for one in lines if one["logger"] == "hequan.access")
    assert (line["method"], line["page"], line["status"]) == ("GET", "web:stations", 200)
    assert "138" not in json.dumps(line)
    assert set(line) == {
        *("time", "level", "logger", "message", "request_id"),
        *("method", "page", "status", "ms", "account", "address"),
    }


def test_the_answer_names_the_request(client, db, caplog, settings):
    first, second = client.get("/healthz"), client.get("/healthz")
    assert first["X-Request-Id"] != second["X-Request-Id"]

    settings.TRUSTED_PROXIES = []
    assert client.get("/healthz", headers={"X-Request-Id": "a" * 16})["X-Request-Id"] != "a" * 16
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert client.get("/healthz", headers={"X-Request-Id": "a" * 16})["X-Request-Id"] == "a" * 16
    forged = client.get("/healthz", headers={"X-Request-Id": "a b\nc"})["X-Request-Id"]
    assert forged.isalnum()


def test_a_line_break_in_what_was_sent_begins_no_line(caplog):
    def capture():
        logging.getLogger("x").error("name %s", "a\r\n2026-01-01 ERROR forged\u2028next")

    (line,) = lines_of(caplog, capture)

    assert line["message"] == "name a 2026-01-01 ERROR forged next"


def test_an_exception_is_told_without_anybody_in_it(caplog):
    def capture():
        try:
            raise ValueError("no person with phone 13812345678")
        except ValueError:
            logging.getLogger("x").exception("failed for %s", "13812345678")

    (line,) = lines_of(caplog, capture)

    assert "ValueError" in line["exc_info"]
    assert "13812345678" not in json.dumps(line)
