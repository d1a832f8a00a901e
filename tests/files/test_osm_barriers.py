import pytest

from hequan.files.osm_barriers import is_crossing, read_barrier
from hequan.planner.network import EdgeFlag


@pytest.mark.parametrize(
    "tags",
    [
        {"barrier": "gate"},
        {"barrier": "gate", "access": "private", "foot": "yes"},
        {"barrier": "bollard"},
        {"barrier": "lift_gate", "access": "destination"},
        {"barrier": "toll_booth"},
        {"barrier": "kerb", "kerb": "lowered"},
        {"barrier": "stile", "wheelchair": "yes"},
        {"barrier": "wall", "foot": "yes"},
        {"highway": "crossing"},
    ],
)
def test_what_lets_everyone_pass_is_nothing(tags):
    assert read_barrier(tags) is None


@pytest.mark.parametrize(
    "tags",
    [
        {"barrier": "wall"},
        {"barrier": "fence"},
        {"barrier": "gate", "access": "private"},
        {"barrier": "gate", "foot": "no"},
        {"barrier": "bollard", "access": "no"},
        {"barrier": "gate", "locked": "yes"},
    ],
)
def test_walls_and_private_gates_let_nobody_pass(tags):
    barrier = read_barrier(tags)

    assert barrier is not None
    assert barrier.flags == EdgeFlag.BLOCKED


@pytest.mark.parametrize(
    "tags",
    [
        {"barrier": "turnstile"},
        {"barrier": "kissing_gate"},
        {"barrier": "kerb", "kerb": "raised"},
        {"barrier": "gate", "wheelchair": "no"},
    ],
)
def test_turnstiles_and_kerbs_stop_wheels_only(tags):
    barrier = read_barrier(tags)

    assert barrier is not None
    assert (barrier.flags, barrier.hours) == (EdgeFlag.NO_WHEELS, "")


@pytest.mark.parametrize(
    ("tags", "hours"),
    [
        ({"opening_hours": "06:00-22:00"}, "06:00-22:00"),
        ({"access": "private", "foot:conditional": "yes @ (06:00-22:00)"}, "06:00-22:00"),
        ({"access:conditional": "no @ (22:00-06:00)"}, "24/7; 22:00-06:00 off"),
        ({"access": "conditional=yes @ (Mo-Fr 08:00-20:00)"}, "Mo-Fr 08:00-20:00"),
    ],
)
def test_a_gate_with_hours_keeps_them(tags, hours):
    barrier = read_barrier({"barrier": "gate", "name": "东门", **tags})

    assert barrier is not None
    assert (barrier.flags, barrier.hours, barrier.name) == (0, hours, "东门")


def test_hours_that_cannot_be_read_leave_the_gate_open_and_are_told():
    barrier = read_barrier({"barrier": "gate", "opening_hours": "dawn till late"})

    assert barrier is not None
    assert (barrier.flags, barrier.hours) == (0, "")
    assert barrier.odd == ("opening_hours=dawn till late",)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "crossing"}, True),
        ({"highway": "crossing", "crossing": "zebra"}, True),
        ({"highway": "crossing", "crossing": "no"}, False),
        ({"railway": "crossing"}, False),
    ],
)
def test_places_to_cross_are_known(tags, expected):
    assert is_crossing(tags) == expected
