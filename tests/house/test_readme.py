"""README's map answers in thirty seconds, so every row of it must be true."""

import re

import pytest

from tests.realdata import ROOT

ROW = re.compile(r"^\| (?P<question>[^|]+\?) \| (?P<file>[^|]+) \| (?P<name>[^|]*)\|$", re.M)
ROWS = [
    (m["file"].strip(), m["name"].strip().strip("`"))
    for m in ROW.finditer((ROOT / "README.md").read_text(encoding="utf-8"))
]
LINK = re.compile(r"\]\((?!http)([^)#]+)")


def test_the_map_has_rows():
    assert len(ROWS) >= 20


@pytest.mark.parametrize(("file", "name"), ROWS)
def test_a_row_of_the_map_names_a_file_and_what_is_in_it(file, name):
    path = ROOT / file

    assert path.is_file(), f"README's map names {file}, which is not there"
    found = re.search(
        rf"^(class|def|async def) {name}\b|^{name}\b.*=", path.read_text(encoding="utf-8"), re.M
    )
    assert not name or found, f"README's map looks for {name} in {file}"


def test_every_link_in_the_first_documents_leads_somewhere():
    for document in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        missing = [link for link in LINK.findall(text) if not (ROOT / link).exists()]
        assert missing == [], f"{document} links to what is not there"
