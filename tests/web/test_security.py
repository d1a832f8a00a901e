"""Pages load our own files and nothing else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hequan.web.security import content_policy

TEMPLATES = Path(__file__).parents[2] / "hequan" / "web" / "templates"


def test_everything_is_forbidden_but_our_own_files():
    policy = content_policy("")

    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_tile_source_is_the_only_address_outside():
    policy = content_policy("https://tiles.example:8443/map/{z}/{x}/{y}.png")

    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["img-src"] == "'self' data: https://tiles.example:8443"
    assert parts["connect-src"] == "'self' https://tiles.example:8443"
    assert parts["script-src"] == "'self'"


@pytest.mark.django_db
def test_every_page_carries_the_policy(client, cast):
    page = client.get("/about/")

    assert page.headers["Content-Security-Policy"] == content_policy("")
    assert "geolocation=(self)" in page.headers["Permissions-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_what_a_signed_in_person_sees_is_kept_by_no_store(client, world):
    assert "no-store" not in client.get("/about/").headers.get("Cache-Control", "")
    client.force_login(world.officer)

    assert client.get("/about/").headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_our_pages_are_read_by_our_site_and_published_data_by_any(client, cast):
    assert client.get("/about/").headers["Cross-Origin-Resource-Policy"] == "same-origin"
    published = client.get("/api/openapi.json")
    assert published.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_over_tls_cookies_are_bound_to_this_very_host():
    code = (
        "from hequan.config import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, "
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, "
        "s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"HEQUAN_TLS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == [
        *("__Host-session", "__Host-csrf", "True", "True", "31536000", "True", "True", "Lax")
    ]


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda p: p.name)
def test_no_template_holds_code_or_style_or_an_address_outside(path):
    text = re.sub(r"{%.*?%}", "", path.read_text(encoding="utf-8"))  # tags have words of their own

    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "<style" not in text
    assert not re.search(r"\s(style|on[a-z]+)=", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)
