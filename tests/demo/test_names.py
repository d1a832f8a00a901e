"""Names are plenty and different."""

import pytest

from hequan.demo.names import NameGiver, district_names, town_names
from hequan.demo.scale import SCALES


def test_a_city_has_names_for_all_its_towns_and_districts():
    city = SCALES["city"]

    assert len(set(town_names(city.towns))) == city.towns
    assert len(set(district_names(city.districts))) == city.districts


def test_the_demo_town_is_always_called_the_same():
    assert town_names(1) == ["泾溪镇"]


def test_a_giver_never_says_a_name_twice():
    giver = NameGiver(1, 0)
    found = [giver.street() for _ in range(150)] + [giver.estate("old_public") for _ in range(150)]

    assert len(set(found)) == len(found)


def test_a_giver_without_names_says_so():
    giver = NameGiver(1, 0)
    with pytest.raises(ValueError, match="no fresh name"):
        [giver.head() for _ in range(1000)]
