"""Accounts: wrong passwords, password rules, the three administrators, sealed sessions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, connections, transaction

import hequan
from hequan.core import clock
from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry
from hequan.core.grants import (
    AdministratorsApartError,
    OwnGrantError,
    capabilities_of,
    give_grants,
)
from hequan.core.keyring import KeyPurpose, add_key, keyring, remove_key
from hequan.core.kinds import ADMINISTRATORS, BUSINESS, Capability
from hequan.core.sign_in.administrators import (
    FourEyesError,
    LastAdministratorError,
    NotAnAdministratorRoleError,
    ProposalDecidedError,
    RoleProposal,
    decide_role,
    propose_role,
)
from hequan.core.sign_in.changes import (
    BadPasswordError,
    BothKeysError,
    OwnAccountError,
    UsernameTakenError,
    change_password,
    close_account,
    keep_keys_apart,
    open_account,
    reset_password,
)
from hequan.core.sign_in.failures import account_with_password
from hequan.core.sign_in.passwords import (
    PasswordFault,
    PasswordRules,
    is_too_old,
    password_classes,
    password_faults,
)
from hequan.core.sign_in.second_factors import may_try_factor, note_factor
from hequan.core.sign_in.sessions import Session, SessionStore, opened_text, sealed_text
from tests.world import AT

MINUTE = timedelta(minutes=1)
RULES = PasswordRules()


def try_password(password, username="zhoumin", at=AT, **known):
    return account_with_password(
        username=username, password=password, known_devices=known.get("known", {}), at=at
    )


@pytest.mark.parametrize(
    ("password", "faults"),
    [
        ("Seven-hills-9", []),
        ("七座山峰Ab1-", []),
        ("Ab1-", [PasswordFault.SHORT]),
        ("abcdefgh", [PasswordFault.PLAIN]),
        ("abcdefg1", [PasswordFault.PLAIN]),
        ("Zhoumin-1990", [PasswordFault.NAMED]),
        ("a", [PasswordFault.SHORT, PasswordFault.PLAIN]),
    ],
)
def test_a_password_has_eight_characters_of_three_kinds(password, faults):
    assert list(password_faults(password, "zhoumin", RULES)) == faults


@pytest.mark.parametrize(("password", "classes"), [("", 0), ("aB1-", 4), ("字aB", 3), ("１1", 1)])
def test_kinds_of_characters_are_counted_in_any_script(password, classes):
    assert password_classes(password) == classes


def test_a_password_is_too_old_after_its_days_and_never_with_none():
    day = timedelta(days=1)

    assert not is_too_old(AT - 180 * day, RULES, AT)
    assert is_too_old(AT - 181 * day, RULES, AT)
    assert not is_too_old(AT - 900 * day, PasswordRules(most_days=0), AT)


@pytest.mark.django_db
def test_five_wrong_passwords_in_a_row_let_the_account_rest(world):
    for _ in range(5):
        assert try_password("wrong") is None

    assert try_password("zhoumin-password") is None, "the right one too"
    assert try_password("zhoumin-password", at=AT + 10 * MINUTE) == world.officer


@pytest.mark.django_db
def test_a_right_password_starts_the_count_anew(world):
    for _ in range(4):
        try_password("wrong")
    assert try_password("zhoumin-password")
    for _ in range(4):
        try_password("wrong")

    assert try_password("zhoumin-password") == world.officer


@pytest.mark.django_db
def test_a_stranger_who_types_wrong_passwords_does_not_lock_her_own_device(world):
    mine = {world.officer.pk: "a" * 32}
    for _ in range(9):
        try_password("wrong")

    assert try_password("zhoumin-password", known=mine) == world.officer


@pytest.mark.django_db
def test_her_own_device_has_five_tries_of_its_own(world):
    mine = {world.officer.pk: "a" * 32}
    for _ in range(5):
        try_password("wrong", known=mine)

    assert try_password("zhoumin-password", known=mine) is None
    assert try_password("zhoumin-password", known=mine, at=AT + 11 * MINUTE) == world.officer


@pytest.mark.django_db
def test_failures_are_in_the_audit_and_a_name_nobody_has_is_not_kept(world):
    try_password("wrong")
    try_password("x", username="my-password-by-mistake")

    entries = AuditEntry.objects.filter(verb="core.sign_in_failed").order_by("id")
    assert [one.thing_id for one in entries] == [str(world.officer.pk), "*"]
    assert "my-password" not in repr(list(entries.values()))


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_who_guess_at_once_are_all_counted():
    """Read and then written, the count would miss most of them."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    open_account(username="zhoumin", name="周敏", password="Seven-hills-9", by=None, at=AT)

    def guess(_):
        try:
            return try_password("wrong")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(8)))

    assert Account.objects.get(username="zhoumin").is_locked(AT)


@pytest.mark.django_db
def test_the_last_five_passwords_are_not_taken_again(world):
    chosen = [f"Seven-hills-{n}" for n in range(6)]
    for n, password in enumerate(chosen):
        change_password(
            account=world.officer, password=password, by=world.officer, at=AT + n * MINUTE
        )

    for password in chosen[1:]:
        with pytest.raises(BadPasswordError) as refused:
            change_password(account=world.officer, password=password, by=world.officer, at=AT)
        assert refused.value.faults == [PasswordFault.REPEATED]
    change_password(account=world.officer, password=chosen[0], by=world.officer, at=AT)


@pytest.mark.django_db
def test_a_reset_password_is_for_one_sign_in_and_ends_all_sessions(world, client):
    client.force_login(world.officer)

    password = reset_password(account=world.officer, by=world.security, at=AT)

    found = try_password(password)
    assert found.must_change_password
    assert not Session.objects.filter(account=world.officer).exists()


@pytest.mark.django_db
def test_nobody_resets_or_closes_her_own_account_or_the_systems(world):
    for account in (world.security, world.system):
        with pytest.raises(OwnAccountError):
            reset_password(account=account, by=world.security, at=AT)
        with pytest.raises(OwnAccountError):
            close_account(account=account, by=world.security, at=AT)


@pytest.mark.django_db
def test_a_closed_account_does_not_sign_in_and_its_sessions_end(world, client):
    client.force_login(world.officer)
    close_account(account=world.officer, by=world.security, at=AT)

    assert try_password("zhoumin-password") is None
    assert client.get("/landing/").status_code == 302
    assert not Session.objects.filter(account=world.officer).exists()


@pytest.mark.django_db
def test_a_sign_in_name_is_taken_once(world):
    with pytest.raises(UsernameTakenError):
        open_account(username="zhoumin", name="另一个", by=world.security, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("capability", [*BUSINESS, *ADMINISTRATORS])
def test_the_security_administrator_gives_herself_nothing(world, capability):
    with pytest.raises((OwnGrantError, AdministratorsApartError)):
        give_grants(
            account=world.security,
            capabilities=[capability] if capability != Capability.ADMINISTER_SECURITY else BUSINESS,
            by=world.security,
            at=AT,
        )


@pytest.mark.django_db
def test_an_office_takes_a_proposal_and_another_administrators_decision(world):
    office = Capability.ADMINISTER_SECURITY
    proposal = propose_role(account=world.stranger, capability=office, by=world.security, at=AT)
    assert capabilities_of(world.stranger, AT) == set()

    decide_role(proposal=proposal, accept=True, by=world.auditor, at=AT)

    assert capabilities_of(Account.objects.get(pk=world.stranger.pk), AT) == {office}


@pytest.mark.django_db
def test_neither_the_proposer_nor_the_subject_decides(world):
    office = Capability.ADMINISTER_SECURITY
    proposal = propose_role(account=world.stranger, capability=office, by=world.security, at=AT)

    for who in (world.security, world.stranger):
        with pytest.raises(FourEyesError):
            decide_role(proposal=proposal, accept=True, by=who, at=AT)
    with pytest.raises(FourEyesError):
        propose_role(account=world.security, capability=office, by=world.security, at=AT)


@pytest.mark.django_db
def test_the_table_itself_keeps_four_eyes(world):
    office = Capability.ADMINISTER_SECURITY
    proposal = propose_role(account=world.stranger, capability=office, by=world.security, at=AT)
    row = RoleProposal.objects.filter(pk=proposal.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(decided_by=world.security, decided_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(decided_by=world.stranger, decided_at=AT)


@pytest.mark.django_db
def test_a_proposal_is_decided_once(world):
    office = Capability.READ_AUDIT
    proposal = propose_role(account=world.stranger, capability=office, by=world.security, at=AT)
    decide_role(proposal=proposal, accept=False, by=world.sysadmin, at=AT)

    with pytest.raises(ProposalDecidedError):
        decide_role(proposal=proposal, accept=True, by=world.auditor, at=AT)
    assert capabilities_of(world.stranger, AT) == set()


@pytest.mark.django_db
def test_nobody_holds_two_offices_and_none_stands_empty(world):
    second = propose_role(
        account=world.sysadmin, capability=Capability.READ_AUDIT, by=world.security, at=AT
    )
    with pytest.raises(AdministratorsApartError):
        decide_role(proposal=second, accept=True, by=world.auditor, at=AT)
    last = propose_role(
        account=world.auditor,
        capability=Capability.READ_AUDIT,
        is_end=True,
        by=world.security,
        at=AT,
    )
    with pytest.raises(LastAdministratorError):
        decide_role(proposal=last, accept=True, by=world.sysadmin, at=AT)


@pytest.mark.django_db
def test_business_is_no_office(world):
    with pytest.raises(NotAnAdministratorRoleError):
        propose_role(
            account=world.stranger, capability=Capability.SEE_BOARD, by=world.security, at=AT
        )


def test_no_action_of_any_app_clears_or_changes_the_audit_trail():
    """Whatever an action is called, nothing in the house deletes or updates an entry."""
    guilty = [
        f"{path}: {line}"
        for path in Path(hequan.__file__).parent.rglob("*.py")
        if "migrations" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if "AuditEntry.objects" in line and (".delete(" in line or ".update(" in line)
    ]
    assert guilty == []


@pytest.mark.parametrize("app", ["core.sign_in.changes", "core.sign_in.administrators"])
def test_actions_on_accounts_take_who_does_them(app):
    module = import_module(f"hequan.{app}")
    verbs = ("open_", "close_", "reset_", "unlock_", "change_", "propose_", "decide_")
    actions = [
        thing
        for name, thing in vars(module).items()
        if name.startswith(verbs) and getattr(thing, "__module__", "") == module.__name__
    ]
    untold = [one for one in actions if "by" not in one.__annotations__]
    assert [one.__name__ for one in untold if "open" not in one.__name__] == []


def test_what_a_session_says_is_not_readable_in_its_row(settings, tmp_path):
    settings.KEYRING = str(tmp_path / "keyring.json")

    sealed = sealed_text({"phone": "13812345678"}, "k")

    assert "13812345678" not in sealed
    assert opened_text(sealed, "k") == {"phone": "13812345678"}
    for wrong in ("", "x", "k9." + sealed[3:], sealed[:-4] + "AAAA"):
        with pytest.raises(ValueError, match="sealed"):
            opened_text(wrong, "k")
    with pytest.raises(ValueError, match="sealed"):
        opened_text(sealed, "another session")


@pytest.mark.django_db
def test_a_session_outlives_a_new_key_and_ends_without_its_own(settings, tmp_path):
    settings.KEYRING = str(tmp_path / "keyring.json")
    store = SessionStore()
    store["said"] = "words"
    store.save()
    old = keyring().current(KeyPurpose.SESSION).key_id
    add_key(KeyPurpose.SESSION)

    assert SessionStore(store.session_key)["said"] == "words"
    remove_key(KeyPurpose.SESSION, old)
    assert SessionStore(store.session_key).get("said") is None


def saved_at(at, monkeypatch):
    """A session that may rest half an hour, saved at that moment."""
    store = SessionStore()
    store["_idle_seconds"], store["said"] = 1800, "words"
    monkeypatch.setattr(clock, "now", lambda: at)
    store.save()
    return store


@pytest.mark.django_db
def test_an_unused_session_ends_and_a_used_one_goes_on(monkeypatch):
    store = saved_at(AT, monkeypatch)
    monkeypatch.setattr(clock, "now", lambda: AT + 20 * MINUTE)
    assert SessionStore(store.session_key)["said"] == "words"
    monkeypatch.setattr(clock, "now", lambda: AT + 49 * MINUTE)
    assert SessionStore(store.session_key)["said"] == "words"
    monkeypatch.setattr(clock, "now", lambda: AT + 80 * MINUTE)

    assert SessionStore(store.session_key).get("said") is None
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_a_session_rests_no_longer_because_the_clock_jumped_back(monkeypatch):
    store = saved_at(AT, monkeypatch)
    monkeypatch.setattr(clock, "now", lambda: AT - 300 * MINUTE)
    assert SessionStore(store.session_key)["said"] == "words"
    monkeypatch.setattr(clock, "now", lambda: AT - 269 * MINUTE)

    assert SessionStore(store.session_key).get("said") is None


@pytest.mark.django_db
def test_a_second_factors_code_is_good_once_and_five_wrong_ones_make_it_rest(world):
    assert may_try_factor(account=world.officer, code="111111", at=AT)
    assert not may_try_factor(account=world.officer, code="111111", at=AT)
    for n in range(3):
        assert may_try_factor(account=world.officer, code=f"22222{n}", at=AT)
    assert not may_try_factor(account=world.officer, code="333333", at=AT)
    assert may_try_factor(account=world.officer, code="333334", at=AT + 11 * MINUTE)


def test_nobody_alone_resets_both_keys_to_an_account(world):
    """Otherwise the security administrator could enter another's account by herself."""
    reset_password(account=world.officer, by=world.security, at=AT)

    with pytest.raises(BothKeysError):
        keep_keys_apart(account=world.officer, done="core.password_reset", by=world.security, at=AT)
    keep_keys_apart(account=world.officer, done="core.password_reset", by=world.sysadmin, at=AT)
    note_factor(account=world.clerk, verb="reset", by=world.security, at=AT)
    with pytest.raises(BothKeysError):
        reset_password(account=world.clerk, by=world.security, at=AT)
