"""The wheel serves the same pages, with nothing beside it but the packages that are locked."""

import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from tests.house.served import serve
from tests.realdata import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--quiet", "--wheel", "--no-isolation"]
    subprocess.run([*build, "--outdir", str(folder), str(ROOT)], check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_pages_styles_and_words_but_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert any(name.endswith("zh_Hans/LC_MESSAGES/django.mo") for name in names)
    assert any("static/vendor/" in name and name.endswith(".css") for name in names)
    assert any(name.endswith("templates/public/fifteen.html") for name in names)
    assert not any(name.startswith(("tests/", "bench/", "tools/")) for name in names)


def test_the_wheel_beside_the_locked_packages_alone_serves_the_pages(wheel, tmp_path):
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    _lend_locked_packages(environment)
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python"), "install"]
    subprocess.run([*pip, "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)

    with serve(tmp_path / "home", command=[str(environment / "bin" / "hequan")]) as served:
        status, page = served.get("/")
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]

        assert status == 200
        assert "核圈" in page
        assert served.get(style)[0] == 200


def _lend_locked_packages(environment: Path) -> None:
    """Link what requirements.lock names, and nothing else, out of our own environment."""
    target = next((environment / "lib").glob("python*")) / "site-packages"
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE):
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            continue  # for another system or Python: the lock is for all
        for top in {file.parts[0] for file in files} - {"..", "bin", "__pycache__"}:
            lent = target / top
            if not lent.exists():
                lent.symlink_to(Path(str(metadata.distribution(name).locate_file(top))))
