"""The roster is tried with a few people in the small town."""

from tests.import_steps import csv_file, plan, run  # noqa: F401 - fixtures
from tests.roster.cast import people  # noqa: F401 - a fixture
from tests.roster.list_cast import lists  # noqa: F401 - a fixture
from tests.stations.cast import cast  # noqa: F401 - a fixture
