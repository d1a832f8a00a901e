"""The stations of the small town, for every test of this folder."""

from tests.stations.cast import cast  # noqa: F401 - a fixture
from tests.world import world  # noqa: F401 - a fixture
