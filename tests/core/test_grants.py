"""Grants: a capability holds below its path, in its time, for an active account, and no further."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from hequan.core.accounts import Account, system_account
from hequan.core.audit import AuditEntry
from hequan.core.grants import (
    AdministratorsApartError,
    Grant,
    capabilities_of,
    end_grants,
    forget_grants,
    give_grants,
    grants_held,
    is_granted,
    is_granted_anything,
    is_granted_for,
    organisations_granted,
    paths_granted,
    withhold_grants,
)
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


@pytest.mark.parametrize("begins", [AT, AT + timedelta(days=30)])
def test_nobody_is_two_of_the_three_administrators_not_even_later(officer, begins):
    give_grants(
        account=officer,
        capabilities=[Capability.READ_AUDIT],
        begins_at=begins,
        by=system_account(),
        at=AT,
    )

    with pytest.raises(AdministratorsApartError):
        give_grants(
            account=officer,
            capabilities=[Capability.ADMINISTER_SECURITY],
            by=system_account(),
            at=AT,
        )


def test_an_office_that_has_ended_is_in_nobodys_way(officer):
    give_grants(
        account=officer,
        capabilities=[Capability.READ_AUDIT],
        source="tests.office/1",
        by=system_account(),
        at=AT,
    )
    end_grants(source="tests.office/1", by=system_account(), at=AT + timedelta(days=1))
    later = AT + timedelta(days=2)
    give_grants(
        account=officer,
        capabilities=[Capability.ADMINISTER_SECURITY],
        by=system_account(),
        at=later,
    )

    assert is_granted(officer, Capability.ADMINISTER_SECURITY, "/", later)


def test_a_grant_for_an_organisation_reaches_what_it_handles_and_no_place(officer):
    give_grants(
        account=officer,
        capabilities=[Capability.EDIT_PEOPLE],
        path="",
        organisation=7,
        by=system_account(),
        at=AT,
    )

    assert is_granted_for(officer, Capability.EDIT_PEOPLE, "/1/", 7, AT)
    assert not is_granted_for(officer, Capability.EDIT_PEOPLE, "/1/", 8, AT)
    assert not is_granted_for(officer, Capability.EDIT_PEOPLE, "/1/", None, AT)
    assert not is_granted(officer, Capability.EDIT_PEOPLE, "/1/", AT)
    assert organisations_granted(officer, Capability.EDIT_PEOPLE, AT) == (7,)
    entry = AuditEntry.objects.filter(verb="core.capability_granted").latest("number")
    assert entry.after == {"capability": "edit_people", "path": "", "organisation": "7"}


def test_an_account_is_asked_for_its_grants_once(officer, django_assert_num_queries):
    fresh = Account.objects.get(pk=officer.pk)

    with django_assert_num_queries(1):
        for _ in range(3):
            is_granted(fresh, Capability.EDIT_STATIONS, "/1/17/", AT)
            capabilities_of(fresh, AT)


def test_withheld_grants_are_withheld_through_a_lazy_user_too(officer):
    lazy = SimpleLazyObject(lambda: officer)
    assert grants_held(lazy, AT)

    withhold_grants(officer)
    forget_grants(officer)

    assert grants_held(lazy, AT) == ()
    assert is_granted_anything(lazy, AT)
