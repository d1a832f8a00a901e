import pytest

from hequan.planner.errors import PlannerError
from hequan.planner.profiles import PROFILES, Profile, profile_named


def test_every_profile_of_the_issue_is_there_with_its_source():
    assert list(PROFILES) == ["planning", "adult", "elder", "frail", "child", "wheelchair"]
    assert all(profile.source for profile in PROFILES.values())


def test_speeds_are_those_of_the_sources():
    speeds = {code: profile.metres_per_second for code, profile in PROFILES.items()}

    assert speeds == {
        "planning": 1.0,
        "adult": 1.32,
        "elder": 0.82,
        "frail": 0.64,
        "child": 0.9,
        "wheelchair": 0.8,
    }


def test_what_we_chose_ourselves_says_so():
    for profile in PROFILES.values():
        if profile.crossing_delay_seconds or profile.steps_factor != 1:
            assert "ours" in profile.source


def test_only_the_wheelchair_needs_step_free_ways():
    step_free = [code for code, profile in PROFILES.items() if not profile.steps]

    assert step_free == ["wheelchair"]
    assert PROFILES["wheelchair"].max_incline == pytest.approx(1 / 12)


def test_a_profile_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(PlannerError, match=r"no profile ghost.*planning, adult, elder"):
        profile_named("ghost")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("metres_per_second", 0),
        ("metres_per_second", 30),
        ("metres_per_second", float("nan")),
        ("steps_factor", 0.5),
        ("max_incline", 0),
        ("max_incline", 5),
        ("crossing_delay_seconds", -1),
    ],
)
def test_values_nobody_walks_with_are_refused(field, value):
    with pytest.raises(PlannerError, match=field):
        Profile(**{"code": "town", "metres_per_second": 1.0, field: value})
