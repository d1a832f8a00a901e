from datetime import date

from hequan.people.ages import age_on, can_be_born, is_adult, is_child, is_minor

DAY = date(2026, 3, 10)


def test_a_year_is_full_on_the_birthday_itself():
    assert age_on(date(2012, 3, 10), DAY) == 14
    assert age_on(date(2012, 3, 11), DAY) == 13


def test_who_is_born_on_the_29th_of_february_turns_on_the_first_of_march():
    assert age_on(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert age_on(date(2012, 2, 29), date(2026, 3, 1)) == 14


def test_a_child_is_under_fourteen_and_a_minor_under_eighteen():
    assert (is_child(date(2012, 3, 11), DAY), is_child(date(2012, 3, 10), DAY)) == (True, False)
    assert (is_minor(date(2008, 3, 11), DAY), is_minor(date(2008, 3, 10), DAY)) == (True, False)
    assert (is_adult(date(2008, 3, 11), DAY), is_adult(date(2008, 3, 10), DAY)) == (False, True)


def test_without_a_day_of_birth_nobody_is_anything():
    assert not is_child(None, DAY)
    assert not is_minor(None, DAY)
    assert not is_adult(None, DAY)


def test_nobody_is_born_tomorrow_or_130_years_ago():
    assert can_be_born(DAY, DAY)
    assert can_be_born(date(1895, 3, 11), DAY)
    assert not can_be_born(date(2026, 3, 11), DAY)
    assert not can_be_born(date(1895, 3, 10), DAY)
