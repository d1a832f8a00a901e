"""Places by what somebody types: stations, estates, units and homes of the small town."""

from hequan.stations.queries import places_called
from hequan.territory.actions import LandmarkFacts, replace_landmarks
from hequan.territory.kinds import LandmarkKind
from tests.world import AT, box


def labels(text):
    return [one.label for one in places_called(text).places]


def test_names_addresses_and_first_letters_find_the_same(cast):
    assert labels("青松居委会") == ["青松居委会（第一片区）", "青松邻里中心"]
    assert labels("qsjwh") == ["青松居委会（第一片区）"]
    assert labels("红枫路11号") == labels("hfl 11号") == ["红枫路11号"]
    assert "骑手驿站" in "".join(labels("骑手驿站"))


def test_the_floor_behind_an_address_is_left_out(cast):
    found = places_called("红枫路11号三楼走廊")

    assert [one.kind for one in found.places] == ["home"]
    assert found.words == "红枫路11号"
    assert places_called("天边").places == ()


def test_an_estate_comes_before_the_units_in_it_and_lies_inside_its_outline(cast, world):
    estate = LandmarkFacts(LandmarkKind.ESTATE, "红枫", box(0, 0, 100, 100))
    replace_landmarks(landmarks=[estate], source="x", by=world.system, at=AT)
    first, *_others = places_called("红枫").places

    assert (first.label, first.kind) == ("红枫", "landmark")


def test_what_is_written_straight_behind_a_name_is_left_out(cast):
    for text in ("青松邻里中心北门口", "在青松邻里中心，北门", "青松邻里中心(北门)"):
        found = places_called(text)
        assert (found.words, [one.label for one in found.places]) == (
            "青松邻里中心",
            ["青松邻里中心"],
        )


def test_signs_are_only_signs(cast):
    assert labels("%") == labels("'") == labels("_") == labels("") == []


def test_a_name_found_in_memory_reads_only_where_it_lies(cast, django_assert_num_queries):
    labels("青松居委会")
    with django_assert_num_queries(3):  # stamps, outlines, homes
        labels("青松居委会")
