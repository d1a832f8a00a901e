"""The keyring: made once, readable by its owner only, changed one at a time, no id used twice."""

import json
import multiprocessing
import stat

import pytest

from hequan.core.keyring import (
    KeyPurpose,
    NoSuchKeyError,
    add_key,
    keyring,
    make_keyring,
    remove_key,
)


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.KEYRING = str(tmp_path / "keyring.json")
    return tmp_path / "keyring.json"


def test_it_is_made_with_a_key_for_every_purpose(ring):
    assert {purpose for purpose, keys in keyring().keys.items() if keys} == set(KeyPurpose)
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600


def test_a_new_key_is_the_current_one_and_the_old_one_stays():
    old = keyring().current(KeyPurpose.DATA)

    new = add_key(KeyPurpose.DATA)

    assert keyring().current(KeyPurpose.DATA) == new
    assert keyring().key(KeyPurpose.DATA, old.key_id) == old


def test_an_id_is_never_used_twice():
    first = keyring().current(KeyPurpose.DATA).key_id
    second = add_key(KeyPurpose.DATA).key_id
    remove_key(KeyPurpose.DATA, first)
    third = add_key(KeyPurpose.DATA).key_id

    assert [one.partition("-")[0] for one in (first, second, third)] == ["k1", "k2", "k3"]
    assert len({first, second, third}) == 3


def test_the_current_key_cannot_be_removed():
    with pytest.raises(ValueError, match="current"):
        remove_key(KeyPurpose.MATCH, keyring().current(KeyPurpose.MATCH).key_id)


def test_a_key_that_is_not_there_is_named():
    with pytest.raises(NoSuchKeyError, match="k77"):
        keyring().key(KeyPurpose.AUDIT, "k77")


def test_a_secret_is_never_printed():
    key = keyring().current(KeyPurpose.DATA)

    assert str(key.secret) not in repr(keyring())


def _add(path):
    from django.conf import settings

    settings.KEYRING = path
    add_key(KeyPurpose.SESSION)


@pytest.mark.slow
def test_keys_added_by_several_processes_are_all_there(ring):
    keyring()
    context = multiprocessing.get_context("fork")
    adding = [context.Process(target=_add, args=(str(ring),)) for _one in range(6)]
    for one in adding:
        one.start()
    for one in adding:
        one.join(30)

    assert len(keyring().keys[KeyPurpose.SESSION]) == 7


def test_of_two_that_make_the_first_ring_the_first_ones_stays(ring):
    """The second looked while there was none; replacing the first's would lose what it sealed."""
    first = keyring()
    make_keyring(ring)

    assert json.loads(ring.read_text())["data"].keys() == first.keys[KeyPurpose.DATA].keys()
    assert [one.name for one in ring.parent.iterdir() if one.name.startswith(ring.name)] == [
        ring.name
    ]
