"""Pages load our own files and nothing else."""

import re
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


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda p: p.name)
def test_no_template_holds_code_or_style_or_an_address_outside(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "<style" not in text
    assert not re.search(r"\s(style|on[a-z]+)=", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)
