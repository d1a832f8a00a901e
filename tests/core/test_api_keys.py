"""Keys of other systems: shown once, found by a keyed hash, ended at once, in their own name."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from hequan.core.accounts import Account
from hequan.core.api_keys import (
    ApiKey,
    ApiKeyNameError,
    NoSuchApiKeyError,
    api_key_in_use,
    end_api_key,
    make_api_key,
)
from hequan.core.audit import AuditEntry
from hequan.core.key_rotation import retire, rotate
from hequan.core.keyring import KeyPurpose, add_key, keyring
from tests.world import AT


def test_a_key_is_found_by_its_text_and_nothing_of_the_text_is_kept(world):
    made = make_api_key(name="市热线", by=world.sysadmin, at=AT)

    assert api_key_in_use(made.text) == made.row
    assert api_key_in_use(made.text + "x") is None
    assert api_key_in_use("") is None
    kept = ApiKey.objects.filter(pk=made.row.pk).values().get()
    assert made.text not in str(kept)
    assert made.text not in str(AuditEntry.objects.order_by("-pk").values()[0])


def test_its_account_signs_nobody_in_and_may_do_nothing(world):
    account = make_api_key(name="市热线", by=world.sysadmin, at=AT).row.account

    assert account.name == "市热线"
    assert not account.has_usable_password()
    assert not account.grants.exists()


def test_an_ended_key_opens_nothing_and_its_name_is_free_again(world):
    made = make_api_key(name="市热线", by=world.sysadmin, at=AT)
    with pytest.raises(ApiKeyNameError):
        make_api_key(name=" 市热线 ", by=world.sysadmin, at=AT)

    end_api_key(key=made.row.pk, by=world.sysadmin, at=AT)

    assert api_key_in_use(made.text) is None
    with pytest.raises(NoSuchApiKeyError):
        end_api_key(key=made.row.pk, by=world.sysadmin, at=AT)
    assert make_api_key(name="市热线", by=world.sysadmin, at=AT).row.account != made.row.account


def test_closing_its_account_stops_a_key(world):
    made = make_api_key(name="市热线", by=world.sysadmin, at=AT)
    Account.objects.filter(pk=made.row.account.pk).update(is_active=False)

    assert api_key_in_use(made.text) is None


def test_a_key_outlives_the_keys_it_is_hashed_and_sealed_with(db, settings, tmp_path):
    settings.KEYRING = tmp_path / "keyring.json"
    by = Account.objects.create_user("sysadmin")
    made = make_api_key(name="市热线", by=by, at=AT)
    old = keyring().current(KeyPurpose.MATCH)
    add_key(KeyPurpose.MATCH)
    assert api_key_in_use(made.text) == made.row

    rotate()
    retire(KeyPurpose.MATCH, old.key_id)

    assert api_key_in_use(made.text) == made.row


def test_before_the_first_start_no_key_is_made(db):
    with (
        translation.override("en"),
        pytest.raises(CommandError, match="Set the installation up first"),
    ):
        call_command("api_key", "市热线")

    assert not Account.objects.exclude(username="system").exists()


def test_the_command_makes_lists_and_ends(world):
    def said(*arguments):
        out = io.StringIO()
        with translation.override("en"):
            call_command("api_key", *arguments, stdout=out)
        return out.getvalue()

    text = said("市热线").split()[-1]
    assert api_key_in_use(text) is not None
    assert "in use" in said()
    said("市热线", "--end")
    assert api_key_in_use(text) is None
    with pytest.raises(CommandError, match="no such key"):
        said("市热线", "--end")
