"""What the security pages of the docs name exists: every file, every test."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("docs/reference/threat-model.md", "docs/reference/mlps-level-2.md")
_NAMED = re.compile(r"`((?:hequan|tests|tools|deploy|docs)/[\w./-]+?)(?:::(\w+))?`")


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_test_named_is_there(page):
    named = _NAMED.findall((ROOT / page).read_text(encoding="utf-8"))
    missing = [
        f"{path}::{test}"
        for path, test in named
        if not (ROOT / path).is_file()
        or (test and f"def {test}(" not in (ROOT / path).read_text(encoding="utf-8"))
    ]

    assert missing == []
    assert len(named) > 30


def test_every_row_of_the_table_has_a_measure_a_test_or_an_operator():
    text = (ROOT / PAGES[1]).read_text(encoding="utf-8")
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("|")][2:]

    assert len(rows) > 20
    for control, _measure, test, operator in rows:
        assert test.strip() or operator.strip(), control
