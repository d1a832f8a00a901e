"""The wheel built from the tree, installed in an empty environment, serves the same pages."""

import subprocess
import sys
import zipfile

import pytest
from django.db import connection

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


def test_the_wheel_in_an_empty_environment_serves_the_pages(wheel, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the wheel is proved once, on the embedded database")
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    pip = [str(environment / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)

    with serve(tmp_path / "home", command=[str(environment / "bin" / "hequan")]) as served:
        status, page = served.get("/")
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]

        assert status == 200
        assert "核圈" in page
        assert served.get(style)[0] == 200
