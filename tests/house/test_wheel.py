"""The wheel holds all that the pages need, and nothing of the workshop; test_serve runs it."""

import zipfile

import pytest

pytestmark = pytest.mark.slow


def test_the_wheel_carries_pages_styles_and_words_but_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert any(name.endswith("zh_Hans/LC_MESSAGES/django.mo") for name in names)
    assert any("static/vendor/" in name and name.endswith(".css") for name in names)
    assert any(name.endswith("templates/public/fifteen.html") for name in names)
    assert not any(name.startswith(("tests/", "bench/", "tools/")) for name in names)
