"""The fixtures every import test uses, and the small audit trail."""

from tests.core.audit_cast import trail
from tests.import_steps import csv_file, plan, run

__all__ = ["csv_file", "plan", "run", "trail"]
