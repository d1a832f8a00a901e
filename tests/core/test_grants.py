"""Grants: a capability holds below its path, in its time, for an active account, and no further."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from hequan.core.accounts import Account, system_account
from hequan.core.audit import AuditEntry
from hequan.core.grants import Grant, give_grants, is_granted, paths_granted
from hequan.core.kinds import Capability

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    account = Account.objects.create_user("officer", "a-long-password")
    give_grants(
        account=account,
        capabilities=[Capability.EDIT_STATIONS],
        path="/1/17/",
        by=system_account(),
        at=AT,
    )
    return account


def test_a_grant_holds_for_its_unit_and_all_below(officer):
    assert is_granted(officer, Capability.EDIT_STATIONS, "/1/17/", AT)
    assert is_granted(officer, Capability.EDIT_STATIONS, "/1/17/203/", AT)


def test_a_grant_does_not_reach_a_neighbour_whose_path_begins_alike(officer):
    assert not is_granted(officer, Capability.EDIT_STATIONS, "/1/170/", AT)
    assert not is_granted(officer, Capability.EDIT_STATIONS, "/1/", AT)


def test_a_grant_is_for_one_capability(officer):
    assert not is_granted(officer, Capability.ADMINISTER_SECURITY, "/1/17/", AT)


def test_a_grant_ends(officer):
    Grant.objects.update(valid_to=AT + timedelta(days=1))

    assert is_granted(officer, Capability.EDIT_STATIONS, "/1/17/", AT)
    assert not is_granted(officer, Capability.EDIT_STATIONS, "/1/17/", AT + timedelta(days=1))


def test_a_grant_does_not_hold_before_it_begins(officer):
    assert not is_granted(officer, Capability.EDIT_STATIONS, "/1/17/", AT - timedelta(seconds=1))


def test_an_account_put_out_of_use_holds_nothing(officer):
    officer.is_active = False

    assert paths_granted(officer, Capability.EDIT_STATIONS, AT) == ()


def test_a_visitor_holds_nothing():
    assert paths_granted(AnonymousUser(), Capability.SEE_BOARD, AT) == ()


def test_giving_a_grant_leaves_an_audit_entry(officer):
    entry = AuditEntry.objects.get(verb="core.capability_granted")

    assert entry.after == {"capability": "edit_stations", "path": "/1/17/"}
    assert entry.thing_id == str(officer.pk)
