"""Keys kept apart: one administrator alone neither enters nor empties another's office."""

import pytest

from hequan.core.kinds import Capability
from hequan.core.sign_in.administrators import ResetByProposerError, decide_role, propose_role
from hequan.core.sign_in.changes import (
    OfficeHeldError,
    change_password,
    close_account,
    keep_keys_apart,
    reset_password,
)
from hequan.core.sign_in.failures import account_with_password
from hequan.core.sign_in.second_factors import note_factor
from tests.world import AT


@pytest.mark.django_db
def test_nobody_alone_closes_an_office_holders_account_or_takes_a_key_from_it(world):
    for account in (world.auditor, world.sysadmin):
        for act in (close_account, reset_password):
            with pytest.raises(OfficeHeldError):
                act(account=account, by=world.security, at=AT)
        with pytest.raises(OfficeHeldError):
            keep_keys_apart(account=account, done="core.password_reset", by=world.security, at=AT)

    change_password(account=world.auditor, password="Own-hills-9", by=world.auditor, at=AT)
    asked = {"username": "auditor", "password": "Own-hills-9", "known_devices": {}, "at": AT}
    assert account_with_password(**asked) == world.auditor


@pytest.mark.django_db
@pytest.mark.parametrize("reset", ["password", "factor"])
def test_nobody_decides_what_was_proposed_by_who_reset_her_keys_lately(world, reset):
    if reset == "password":
        reset_password(account=world.clerk, by=world.security, at=AT)
    else:
        note_factor(account=world.clerk, verb="reset", by=world.security, at=AT)
    office = Capability.READ_AUDIT
    proposal = propose_role(account=world.stranger, capability=office, by=world.security, at=AT)

    with pytest.raises(ResetByProposerError):
        decide_role(proposal=proposal, accept=True, by=world.clerk, at=AT)
    decide_role(proposal=proposal, accept=False, by=world.auditor, at=AT)
