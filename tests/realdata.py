"""Real data sets that tests read where they exist; the project itself carries none of them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def real_data(name: str) -> Path:
    """Return the folder of one real data set, or skip the test where it is absent.

    The folders lie in `HEQUAN_REAL_DATA`, by default in `shared/data` beside the checkout.
    """
    base = Path(os.environ.get("HEQUAN_REAL_DATA", ROOT.parent / "shared" / "data"))
    folder = base / name
    if not folder.is_dir():
        pytest.skip(f"real data set {name} is not on this machine")
    return folder
