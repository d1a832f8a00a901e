"""Who did something is told by name; what no person did, the house did itself."""

import pytest
from django.urls import reverse
from django.utils import translation

from hequan.core.accounts import Account
from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from hequan.people.actions.consents import publish_standard_words
from hequan.web.templatetags.hequan import actor, author
from tests.world import AT

WORDS = {"zh-hans": ("系统自动", "系统预置"), "en": ("the system itself", "standard words")}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("who", [Account(username="system", name="system"), "system"])
def test_what_no_person_did_the_house_did_itself(who, language):
    did, wrote = WORDS[language]
    with translation.override(language):
        assert did in actor(who)
        assert wrote in author(who)


@pytest.mark.parametrize("who", [Account(username="wangjing", name="王静"), "王静"])
def test_a_person_is_told_by_her_name(who):
    assert actor(who) == author(who) == "王静"


def test_an_account_without_a_name_is_told_by_its_sign_in_name():
    assert actor(Account(username="wangjing")) == "wangjing"


@pytest.mark.parametrize(
    ("capability", "name", "words"),
    [
        (Capability.READ_AUDIT, "web:board-audit", "系统自动"),
        (Capability.PROTECT_DATA, "web:board-consent-texts", "系统预置"),
    ],
)
def test_pages_tell_what_the_house_did_in_its_words(world, client, capability, name, words):
    give_grants(account=world.officer, capabilities=[capability], by=world.system, at=AT)
    publish_standard_words(by=world.system, at=AT)
    client.force_login(world.officer)
    page = client.get(reverse(name)).content.decode()

    assert words in page
    assert "· system" not in page
