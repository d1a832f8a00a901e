"""Pages are tried on the small town, on a Tuesday at 10 in the morning."""

import pytest

from hequan.core import clock
from tests.cases.cast import desk  # noqa: F401 - a fixture
from tests.stations.cast import cast  # noqa: F401 - a fixture
from tests.world import AT, world  # noqa: F401 - a fixture


@pytest.fixture(autouse=True)
def _clock_stands_still(monkeypatch):
    """Every page believes it is the world's moment."""
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def english(client):
    """A visitor who has chosen English."""
    client.cookies["hequan_language"] = "en"
    return client
