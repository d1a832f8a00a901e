"""About, accessibility and pages that are not there."""

import pytest

pytestmark = pytest.mark.django_db


def test_about_tells_every_speed_with_its_source_in_the_language_of_the_page(client, cast):
    chinese = client.get("/about/").content.decode()
    client.cookies["hequan_language"] = "en"
    english = client.get("/about/").content.decode()

    assert "1.32" in chinese
    assert "街头实测成年人" in chinese
    assert "Adults observed in streets" in english


def test_a_towns_own_speed_is_told_with_its_own_source(client, cast):
    from datetime import date

    from hequan.core.rule_values import RuleValue

    row = RuleValue.objects.get(code="walking_profile.elder", valid_to=None)
    RuleValue.objects.filter(pk=row.pk).update(valid_to=date(2026, 1, 1))
    value = row.value | {"metres_per_second": 0.7}
    RuleValue.objects.create(
        code=row.code, value=value, source="本镇实测", valid_from=date(2026, 1, 1)
    )

    page = client.get("/about/").content.decode()

    assert "0.70" in page
    assert "本镇实测" in page


def test_the_statement_names_the_standard_and_what_is_missing(english, cast):
    page = english.get("/accessibility/").content.decode()

    assert "WCAG 2.2" in page
    assert "What is missing" in page


def test_a_page_that_is_not_there_leads_home(english, cast):
    answer = english.get("/nothing/here/")

    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_staff_see_the_way_to_the_board_and_out(client, cast, world):
    client.force_login(world.officer)

    page = client.get("/about/").content.decode()

    assert 'href="/board/"' in page
    assert 'action="/sign-out/"' in page
    assert "周敏" in page


def test_a_day_of_the_calendar_is_called_a_date_and_no_weekday(client, cast):
    page = client.get("/audit/digests/").content.decode()

    assert "日期" in page
    assert "星期" not in page
