"""Who signs in tests that build their own units, and the steps of an import."""

import pytest

from hequan.core.accounts import Account, system_account
from tests.import_steps import csv_file, plan, run

__all__ = ["csv_file", "plan", "run", "system"]


@pytest.fixture
def system(db) -> Account:
    """The account commands and jobs sign with."""
    return system_account()
