"""Who signs in tests that build their own units."""

import pytest

from hequan.core.accounts import Account, system_account


@pytest.fixture
def system(db) -> Account:
    """The account commands and jobs sign with."""
    return system_account()
