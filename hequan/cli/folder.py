"""Where an installation keeps its data and its compiled kernels, for every command of ours."""

import os
from pathlib import Path


def data_folder() -> dict[str, str]:
    """Return the variables that name the data folder and the folder of compiled kernels."""
    folder = Path(os.environ.get("HEQUAN_HOME", "data")).resolve()
    kernels = os.environ.get("NUMBA_CACHE_DIR", str(folder / "kernels"))
    return {"HEQUAN_HOME": str(folder), "NUMBA_CACHE_DIR": kernels}
