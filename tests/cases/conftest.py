"""Cases are tried in the small town with its responsibility list."""

from tests.cases.cast import desk  # noqa: F401 - a fixture
from tests.roster.list_cast import lists  # noqa: F401 - a fixture
