"""Lands that several tests look at, made once."""

import pytest

from hequan.demo.land import make_land
from hequan.demo.scale import SCALES
from tests.cases.cast import desk  # noqa: F401 - a fixture


@pytest.fixture(scope="session")
def hamlet():
    return make_land(SCALES["hamlet"], 1)


@pytest.fixture(scope="session")
def town():
    return make_land(SCALES["town"], 1)
