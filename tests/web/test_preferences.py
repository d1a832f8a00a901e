"""Language, text size and theme come from cookies alone, Chinese being the default."""

import pytest
from django.test import RequestFactory

from hequan.web.preferences import Language, Preferences, TextSize, Theme, preferences_of

pytestmark = pytest.mark.django_db


def asked(**cookies):
    request = RequestFactory().get("/", headers={"accept-language": "en"})
    request.COOKIES = cookies
    return preferences_of(request)


def test_chinese_is_the_default_whatever_the_browser_asks_for():
    assert asked() == Preferences(Language.CHINESE, TextSize.NORMAL, Theme.AUTO)


def test_cookies_choose():
    chosen = asked(hequan_language="en", hequan_text="large", hequan_theme="dark")

    assert chosen == Preferences(Language.ENGLISH, TextSize.LARGE, Theme.DARK)


def test_a_cookie_with_a_value_nobody_offers_counts_as_none():
    assert asked(hequan_language="fr", hequan_text="<b>") == Preferences()


def test_the_page_says_its_language_and_size(client, cast):
    client.cookies["hequan_text"] = "large"

    page = client.get("/accessibility/")

    assert 'lang="zh-Hans" data-text="large" data-theme="auto"' in page.content.decode()
    assert page.headers["Content-Language"] == "zh-Hans"
    assert "Cookie" in page.headers["Vary"]


def test_english_is_english_from_top_to_bottom(english, cast):
    page = english.get("/accessibility/").content.decode()

    shown = page.replace("中文", "")
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in shown)


def test_a_choice_is_kept_and_leads_back(client):
    answer = client.post("/preferences/", {"text": "large", "next": "/stations/?kind=library"})

    assert (answer.status_code, answer["Location"]) == (302, "/stations/?kind=library")
    assert client.cookies["hequan_text"].value == "large"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "", "x:y"])
def test_a_choice_never_leads_to_another_site(client, back):
    answer = client.post("/preferences/", {"theme": "dark", "next": back})

    assert answer["Location"] == "/"


def test_an_unknown_choice_sets_no_cookie(client):
    client.post("/preferences/", {"theme": "pink", "colour": "red", "next": "/"})

    assert "hequan_theme" not in client.cookies
    assert "hequan_colour" not in client.cookies


def test_looking_at_the_choices_is_no_choice(client):
    assert client.get("/preferences/").status_code == 405
