import math

import pytest

from hequan.files.osm_tags import NoStreet, Street, incline_of, read_street
from hequan.planner.network import EdgeFlag


def street(**tags: str) -> Street:
    """Return what the tags mean; `_` stands for `:` in keys."""
    read = read_street({key.replace("_", ":"): value for key, value in tags.items()})
    assert isinstance(read, Street), read
    return read


def flags_of(**tags: str) -> EdgeFlag:
    return EdgeFlag(street(**tags).flags)


def test_streets_and_footways_are_walked():
    walked = "footway path pedestrian steps corridor platform living_street residential service"
    driven = "unclassified tertiary secondary primary primary_link trunk track road"

    for highway in f"{walked} {driven}".split():
        assert isinstance(read_street({"highway": highway}), Street)


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"highway": "motorway"}, NoStreet.MOTOR_ONLY),
        ({"highway": "motorway_link"}, NoStreet.MOTOR_ONLY),
        ({"highway": "trunk_link"}, NoStreet.MOTOR_ONLY),
        ({"highway": "primary", "motorroad": "yes"}, NoStreet.MOTOR_ONLY),
        ({"highway": "cycleway"}, NoStreet.MOTOR_ONLY),
        ({"highway": "construction"}, NoStreet.NOT_BUILT),
        ({"highway": "proposed"}, NoStreet.NOT_BUILT),
        ({"highway": "rest_area"}, NoStreet.NOT_A_STREET),
        ({"highway": "trail"}, NoStreet.NOT_A_STREET),
        ({"route": "ferry"}, NoStreet.NOT_A_STREET),
        ({"highway": "residential", "foot": "no"}, NoStreet.NO_FOOT),
        ({"highway": "primary", "foot": "use_sidepath"}, NoStreet.NO_FOOT),
        ({"highway": "service", "access": "no"}, NoStreet.NO_FOOT),
        ({"highway": "service", "access": "private"}, NoStreet.PRIVATE),
        ({"highway": "footway", "foot": "private"}, NoStreet.PRIVATE),
        ({"highway": "footway", "access": "permit"}, NoStreet.NO_FOOT),
    ],
)
def test_what_is_not_for_walkers_says_why(tags, reason):
    assert read_street(tags) == reason


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "service", "access": "private", "foot": "yes"},
        {"highway": "service", "access": "destination"},
        {"highway": "footway", "access": "customers"},
        {"highway": "cycleway", "foot": "designated"},
        {"highway": "trunk_link", "foot": "yes"},
        {"highway": "motorway", "foot": "designated;permissive"},
        {"highway": "residential", "foot": "unheard_of"},
        {"highway": "primary", "motorroad": "yes", "foot": "yes"},
        {"highway": "residential", "vehicle": "no"},
    ],
)
def test_what_the_map_allows_is_walked(tags):
    assert isinstance(read_street(tags), Street)


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"highway": "trunk", "name": "延安高架路", "bridge": "yes"}, NoStreet.ELEVATED),
        ({"highway": "primary", "name": "内环高架路"}, NoStreet.ELEVATED),
        ({"highway": "trunk", "bridge": "yes"}, NoStreet.ELEVATED),
        ({"highway": "primary", "bridge": "viaduct"}, NoStreet.ELEVATED),
        ({"highway": "primary_link", "bridge": "yes", "layer": "2"}, NoStreet.ELEVATED),
        ({"highway": "secondary", "name": "人民路隧道"}, NoStreet.ROAD_TUNNEL),
        ({"highway": "trunk", "tunnel": "yes"}, NoStreet.ROAD_TUNNEL),
    ],
)
def test_elevated_roads_and_road_tunnels_are_not_walked(tags, reason):
    assert read_street(tags) == reason
    assert isinstance(read_street({**tags, "foot": "yes"}), Street)
    assert isinstance(read_street({**tags, "sidewalk": "both"}), Street)


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "primary", "bridge": "yes", "layer": "1", "name": "外白渡桥"},
        {"highway": "secondary", "bridge": "viaduct"},
        {"highway": "primary", "bridge": "no", "layer": "2"},
        {"highway": "footway", "name": "陆家嘴高架步道", "bridge": "yes", "layer": "2"},
        {"highway": "footway", "tunnel": "yes", "name": "人行隧道"},
    ],
)
def test_bridges_over_water_and_footways_on_high_are_walked(tags):
    assert isinstance(read_street(tags), Street)


def test_steps_are_flagged_and_a_ramp_beside_them_too():
    assert flags_of(highway="steps") == EdgeFlag.STEPS
    assert EdgeFlag.WHEELS_OK in flags_of(highway="steps", ramp_wheelchair="yes")
    assert EdgeFlag.WHEELS_OK not in flags_of(highway="steps", ramp_stroller="yes")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"wheelchair": "yes"}, EdgeFlag.WHEELS_OK),
        ({"wheelchair": "no"}, EdgeFlag.NO_WHEELS),
        ({"wheelchair": "limited"}, EdgeFlag(0)),
        ({"smoothness": "very_bad"}, EdgeFlag.NO_WHEELS),
        ({"smoothness": "bad"}, EdgeFlag(0)),
        ({"smoothness": "horrible", "wheelchair": "yes"}, EdgeFlag.WHEELS_OK),
    ],
)
def test_what_wheels_meet_is_flagged(tags, expected):
    assert flags_of(highway="path", **tags) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"oneway:foot": "yes"}, EdgeFlag.FORWARD_ONLY),
        ({"oneway:foot": "-1"}, EdgeFlag.BACKWARD_ONLY),
        ({"oneway:foot": "no"}, EdgeFlag(0)),
        ({"foot:backward": "no"}, EdgeFlag.FORWARD_ONLY),
        ({"foot:forward": "no"}, EdgeFlag.BACKWARD_ONLY),
        ({"oneway": "yes"}, EdgeFlag(0)),
        ({"conveying": "forward"}, EdgeFlag.ESCALATOR | EdgeFlag.FORWARD_ONLY),
        ({"conveying": "backward"}, EdgeFlag.ESCALATOR | EdgeFlag.BACKWARD_ONLY),
        ({"conveying": "reversible"}, EdgeFlag.ESCALATOR),
        ({"conveying": "no"}, EdgeFlag(0)),
    ],
)
def test_one_way_on_foot_is_not_one_way_for_cars(tags, expected):
    read = read_street({"highway": "footway", **tags})

    assert isinstance(read, Street)
    assert EdgeFlag(read.flags) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "footway", "footway": "crossing"}, True),
        ({"highway": "path", "path": "crossing"}, True),
        ({"highway": "cycleway", "cycleway": "crossing", "foot": "yes"}, True),
        ({"highway": "footway", "footway": "sidewalk"}, False),
        ({"highway": "residential", "footway": "crossing"}, False),
    ],
)
def test_ways_over_a_road_are_crossings(tags, expected):
    read = read_street(tags)

    assert isinstance(read, Street)
    assert read.is_crossing == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5%", 0.05),
        ("5 %", 0.05),
        ("-10%", -0.10),
        ("+8.5%", 0.085),
        ("8,5%", 0.085),
        ("5％", 0.05),
        ("10°", math.tan(math.radians(10))),
        ("-10°", -math.tan(math.radians(10))),
        ("1:12", 1 / 12),
        ("-1:20", -1 / 20),
        ("12", 0.12),
        ("0", 0.0),
        ("up", 0.0),
        ("down", 0.0),
        ("Up", 0.0),
        ("steepish", None),
        ("300%", None),
        ("90°", None),
        ("1:0", None),
        ("", None),
    ],
)
def test_inclines_are_read_as_people_write_them(text, expected):
    assert incline_of(text) == (expected if expected is None else pytest.approx(expected))


def test_an_incline_that_cannot_be_read_is_flat_and_told():
    read = street(highway="path", incline="quite steep")

    assert (read.incline, read.odd) == (0.0, ("incline=quite steep",))


def test_hours_of_a_park_path_become_a_gate():
    read = read_street({"highway": "footway", "opening_hours": "06:00-22:00"})
    assert isinstance(read, Street)
    assert read.hours == "06:00-22:00"
    read = read_street({"highway": "footway", "access:conditional": "no @ (22:00-06:00)"})
    assert isinstance(read, Street)
    assert read.hours == "24/7; 22:00-06:00 off"


def test_a_passage_that_is_only_open_by_hours_is_closed_otherwise():
    # as found in Helsinki
    read = read_street({"highway": "footway", "access": "conditional=yes @ (Mo-Fr 08:00-20:00)"})

    assert isinstance(read, Street)
    assert read.hours == "Mo-Fr 08:00-20:00"


def test_a_street_closed_to_cars_on_market_day_stays_open_to_walkers():
    # as found in Porto Alegre
    read = read_street({"highway": "tertiary", "access:conditional": "no @ (Su 09:00-18:00)"})

    assert isinstance(read, Street)
    assert read.hours == ""
