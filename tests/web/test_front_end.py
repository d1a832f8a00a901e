"""Scripts and styles run in the oldest engine we promise: WeChat's on Chromium 86.

Syntax is checked by acorn: our own files are ES2017, what comes from packages ES2020, which
Chromium 80 and later read. Built-ins that came later than Chromium 86 are looked for by name.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import brotli
import pytest

from tools.assets import PACKAGES, VENDOR, node_environment

WEB = Path(__file__).parents[2] / "hequan" / "web"
STATIC, TEMPLATES = WEB / "static", WEB / "templates"
OURS = sorted((STATIC / "js").glob("*.js"))
VENDORED = sorted(VENDOR.glob("*.js"))
STYLES = sorted((STATIC / "css").glob("*.css"))

# the first Chromium that has them, and 86 has not
LATER = {
    ".at(": 92,
    "Object.hasOwn": 93,
    "structuredClone": 98,
    ".findLast(": 97,
    "Array.fromAsync": 121,
    "Object.groupBy": 117,
    "Promise.withResolvers": 119,
}
# map-base.js and map-worker.js bring these themselves
SHIMMED = {".at(", "Object.hasOwn"}
LATER_STYLES = {
    ":has(": 105,
    ":is(": 88,
    ":where(": 88,
    "inset:": 87,
    "aspect-ratio": 88,
    "@layer": 99,
    "@container": 105,
    "color-mix(": 111,
    "dvh": 108,
    "text-wrap": 114,
    "&:": 112,
}


def parse(files: list[Path], version: int) -> dict[str, str]:
    """Return what acorn says against each file, read as a script of that year."""
    code = (
        "const acorn = require(process.argv[1]), fs = require('fs'), said = {};"
        "for (const f of process.argv.slice(3)) { try { acorn.parse(fs.readFileSync(f, 'utf8'),"
        " {ecmaVersion: Number(process.argv[2]), sourceType: 'script'}) }"
        " catch (e) { said[f] = e.message } } console.log(JSON.stringify(said))"
    )
    acorn = PACKAGES / "acorn" / "dist" / "acorn.js"
    environment = node_environment()
    node = shutil.which("node", path=environment["PATH"])
    if node is None or not acorn.exists():
        pytest.skip("acorn is fetched by `make setup`")
    done = subprocess.run(
        [node, "-e", code, os.fspath(acorn), str(version), *map(os.fspath, files)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.slow
def test_our_scripts_are_of_2017():
    assert OURS
    assert parse(OURS, 2017) == {}


@pytest.mark.slow
def test_the_packages_scripts_are_of_2020():
    assert len(VENDORED) >= 4
    assert parse(VENDORED, 2020) == {}


@pytest.mark.slow
def test_the_check_would_find_a_newer_script(tmp_path):
    newer = tmp_path / "newer.js"
    newer.write_text("class A { #x = 1; static { this.y ??= 2 } }")

    assert parse([newer], 2020) != {}


@pytest.mark.parametrize("path", OURS + VENDORED, ids=lambda path: path.name)
def test_no_script_needs_a_built_in_of_a_later_engine(path):
    if path.name == "echarts.js":
        pytest.skip("board pages only, which name a newer engine")
    text = path.read_text(encoding="utf-8")

    assert {name for name in LATER if name in text} <= SHIMMED


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_style_of_ours_needs_a_later_engine(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)

    assert {name for name in LATER_STYLES if name in text} == set()


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_ask_for_nothing_from_outside(path):
    addresses = re.findall(r"url\(([^)]+)\)", path.read_text(encoding="utf-8"))

    assert all(address.strip("\"'").startswith("data:") for address in addresses)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_scripts_name_no_address_outside(path):
    assert "http" not in path.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.django_db
def test_the_first_view_weighs_at_most_250_kilobytes_without_a_map(client, cast):
    page = client.get("/").content
    files = set(re.findall(r'(?:src|href)="/static/([^"]+)"', page.decode()))

    sizes = {name: len(brotli.compress((STATIC / name).read_bytes())) for name in files}

    assert not any("maplibre" in name or "map-" in name for name in sizes)
    assert len(page) + sum(sizes.values()) <= 250_000


def channels(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG."""
    light = sorted(
        sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), channels(x), strict=True))
        for x in (one, other)
    )
    return (light[1] + 0.05) / (light[0] + 0.05)


def themes() -> dict[str, dict[str, str]]:
    """Return the colours of the light and the dark theme."""
    text = (STATIC / "css" / "hequan.css").read_text(encoding="utf-8")
    blocks = {"light": r":root \{(.*?)\}", "dark": r':root\[data-theme="dark"\] \{(.*?)\}'}
    return {
        name: dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6})", re.search(block, text, re.S)[1]))
        for name, block in blocks.items()
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *[
            (ink, ground)
            for ink in ("--ink", "--ink-soft", "--teal", "--vermilion", "--amber")
            for ground in ("--paper", "--surface")
        ],
        ("--ink", "--sunken"),
        ("--on-teal", "--teal"),
        ("--vermilion", "--vermilion-wash"),
        ("--ink", "--teal-wash"),
        ("--ink", "--amber-wash"),
    ],
)
def test_every_text_has_a_contrast_of_4_5(theme, text, ground):
    colours = themes()[theme]

    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_frames_of_controls_have_a_contrast_of_3(theme):
    colours = themes()[theme]

    assert contrast(colours["--line-strong"], colours["--surface"]) >= 3


def test_the_devices_dark_is_the_same_dark():
    text = (STATIC / "css" / "hequan.css").read_text(encoding="utf-8")
    auto = re.search(r':root\[data-theme="auto"\] \{(.*?)\}', text, re.S)[1]

    assert dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6})", auto)) == themes()["dark"]


# numbers to be compared down a column, of few columns each; two people side by side
SIDEWAYS = {
    "board/cases/sheet.html",
    "board/coverage/_ages.html",
    "board/coverage/_parts.html",
    "board/people/duplicate.html",
    "board/repairs/_quote.html",
    "board/stations/hours.html",
    "board/territory/_facts.html",
}


def test_every_table_of_the_board_becomes_a_list_of_labelled_values_on_a_phone():
    for path in sorted((TEMPLATES / "board").rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        for table in re.findall(r"<table.*?</table>", path.read_text("utf-8"), re.DOTALL):
            if name in SIDEWAYS:
                continue
            assert "table-stack" in table.partition(">")[0], name
            assert "data-label=" in with_parts(table), name


def with_parts(text):
    """The text, with that of the templates it includes put in their places."""
    return re.sub(
        r'{% include "([^"]+)"[^%]*%}', lambda one: (TEMPLATES / one[1]).read_text("utf-8"), text
    )
