import pytest

from hequan.files.osm_hours import hours_of_conditions, open_only_by_hours


@pytest.mark.parametrize(
    ("tags", "open_otherwise", "expected"),
    [
        ({}, True, ""),
        ({"opening_hours": "Mo-Sa 07:00-20:00"}, True, "Mo-Sa 07:00-20:00"),
        ({"opening_hours": "Mo-Sa 07:00-20:00"}, False, ""),
        ({"foot:conditional": "no @ (22:00-06:00)"}, True, "24/7; 22:00-06:00 off"),
        ({"foot:conditional": "no @ 22:00-06:00"}, True, "24/7; 22:00-06:00 off"),
        (
            {"foot:conditional": "no @ (Mo 07:00-09:00; Su)"},
            True,
            "24/7; Mo 07:00-09:00 off; Su off",
        ),
        ({"foot:conditional": "yes @ (Su 00:00-24:00)", "access": "no"}, False, "Su 00:00-24:00"),
        ({"foot:conditional": "yes @ (Su)"}, True, ""),
        (
            {"access:conditional": "yes @ (Tu-Su 12:00-19:00; Th 12:00-21:00)"},
            False,
            "Tu-Su 12:00-19:00; Th 12:00-21:00",
        ),
        ({"foot": "no", "access:conditional": "yes @ (Su)"}, False, ""),
        ({"access:conditional": "delivery @ (06:00-09:00); yes @ (Su)"}, False, "Su"),
    ],
)
def test_conditions_become_opening_hours(tags, open_otherwise, expected):
    assert hours_of_conditions(tags, open_otherwise) == (expected, ())


@pytest.mark.parametrize(
    ("tags", "open_otherwise", "odd"),
    [
        ({"foot:conditional": "yes @ residents"}, False, "foot:conditional=yes @ residents"),
        ({"access:conditional": "no @ (snow)"}, True, "access:conditional=no @ (snow)"),
        ({"opening_hours": "when it is warm"}, True, "opening_hours=when it is warm"),
    ],
)
def test_conditions_that_are_no_hours_are_told(tags, open_otherwise, odd):
    assert hours_of_conditions(tags, open_otherwise) == ("", (odd,))


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"access:conditional": "yes @ (Mo-Fr 08:00-20:00)"}, True),
        ({"foot:conditional": "yes @ (Su)", "access": "no"}, True),
        ({"access:conditional": "yes @ (Su)", "access": "yes"}, False),
        ({"access:conditional": "no @ (Su)"}, False),
        ({"access:conditional": "yes @ (Su)", "foot": "yes"}, False),
        ({}, False),
    ],
)
def test_a_yes_by_hours_alone_means_no_otherwise(tags, expected):
    assert open_only_by_hours(tags) == expected
