"""What a dry run calls fields and values."""

from django.template import Context, Template

from hequan.core.accounts import Account, system_account
from hequan.core.grants import give_grants
from hequan.core.kinds import BUSINESS
from hequan.web.templatetags.board import as_read, field_word, per_cent
from tests.world import AT


def test_a_field_and_its_value_are_told_in_words():
    text = "{% load board %}{{ 'kind'|field_word }}: {{ 'library'|as_read:'kind' }}"

    assert Template(text).render(Context()) == "类型: 图书馆"
    assert str(as_read("firm", "kind")) == "企业"


def test_a_field_without_a_word_keeps_its_name_and_nothing_is_a_dash():
    assert field_word("odd") == "odd"
    assert [as_read(value, "odd") for value in (None, "", (), 0, ("a", "b"))] == [
        *("–", "–", "–", "0"),
        "a, b",
    ]


def test_a_share_is_a_plain_number_for_a_drawing():
    assert per_cent(0.9876) == "98.8"


def test_an_empty_installation_leads_to_the_imports(client, db):
    officer = Account.objects.create_user(username="first", name="首位", password="x")
    give_grants(account=officer, capabilities=list(BUSINESS), path="/", by=system_account(), at=AT)
    client.force_login(officer)

    answer = client.get("/board/")
    assert answer.status_code == 200
    assert "/board/imports/" in answer.content.decode()
