"""A path names every unit on the way."""

import pytest

from hequan.territory.paths import ids_in, paths_to

pytestmark = pytest.mark.once


def test_ids_and_paths_go_from_the_top_down():
    assert ids_in("/1/5/12/") == [1, 5, 12]
    assert paths_to("/1/5/12/") == ["/1/", "/1/5/", "/1/5/12/"]
    assert ids_in("/") == paths_to("/") == []
