"""Landmarks come back as a map layer, and a source is replaced as a whole."""

import pytest

from hequan.core.accounts import system_account
from hequan.territory import actions, queries
from hequan.territory.kinds import LandmarkKind
from tests.world import AT, box, place

pytestmark = pytest.mark.django_db

PARK = actions.LandmarkFacts(LandmarkKind.PARK, "望江公园", box(0, 0, 100, 100))
RIVER = actions.LandmarkFacts(LandmarkKind.RIVER, "泾溪浦", box(0, 300, 600, 340))


def save(*landmarks, source="a survey") -> int:
    return actions.replace_landmarks(landmarks=landmarks, source=source, by=system_account(), at=AT)


def names(**asked) -> list[str]:
    found = queries.landmarks_geojson(**asked)["features"]
    return [feature["properties"]["name"] for feature in found]


def test_they_are_features_with_kind_and_name():
    save(PARK)

    (feature,) = queries.landmarks_geojson()["features"]

    assert feature["geometry"] == PARK.geometry
    assert feature["properties"] == {"kind": "park", "name": "望江公园"}


def test_kinds_can_be_asked_for():
    save(PARK, RIVER)

    assert names(kinds=[LandmarkKind.RIVER]) == ["泾溪浦"]


def test_a_box_leaves_out_what_it_does_not_touch():
    save(PARK, RIVER)
    (west, south), (east, north) = place(10, 10), place(40, 40)

    assert names(box=(west, south, east, north)) == ["望江公园"]
    assert names(box=(west + 1, south, east + 1, north)) == []


def test_those_of_a_source_are_replaced_and_others_stay():
    save(PARK)
    save(RIVER, source="another")

    save(source="a survey")

    assert names() == ["泾溪浦"]
