"""The fixtures every import test uses."""

from tests.import_steps import csv_file, plan, run

__all__ = ["csv_file", "plan", "run"]
