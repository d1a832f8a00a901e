"""Suggestions of a matter on the pages: shown with their words, chosen by nobody but the reader."""

import pytest

from hequan.cases.models import Case

pytestmark = pytest.mark.django_db
WORDS = "电梯停了两天，老人下不了楼"


def test_what_is_being_written_is_told_what_it_looks_like(client, desk):
    found = client.post("/report/hints/", {"words": WORDS}).content.decode()

    assert "看起来像" in found
    assert 'data-hint="51998"' in found
    assert "您写了“电梯”" in found
    assert client.get("/report/hints/").status_code == 405


@pytest.mark.parametrize("said", [{"words": WORDS, "matter": "52999"}, {"words": ""}, {}])
def test_nothing_is_suggested_where_one_is_chosen_or_nothing_said(client, desk, said):
    assert "data-hint" not in client.post("/report/hints/", said).content.decode()


def test_a_form_shown_again_suggests_without_scripts_and_chooses_nothing(client, desk):
    page = client.post("/report/", {"words": WORDS, "contact_phone": "12"}).content.decode()
    assert "看起来像" in page
    assert '<option value="51998" selected' not in page

    client.post("/report/", {"words": WORDS, "committee": desk.town.maple.pk})
    assert Case.objects.get().matter is None


def test_the_dispatcher_of_a_case_without_a_class_is_told(client, desk):
    client.force_login(desk.dispatcher)
    unknown, known = desk.opened(words=WORDS, matter_code=""), desk.opened(words=WORDS)

    assert "看起来像" in client.get(f"/board/cases/{unknown.pk}/").content.decode()
    assert "看起来像" not in client.get(f"/board/cases/{known.pk}/").content.decode()
    assert 'hx-post="/report/hints/"' in client.get("/board/cases/new/").content.decode()
