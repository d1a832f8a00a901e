"""The public names of the planner, and that warming leaves nothing to compile."""

import subprocess
import sys
from pathlib import Path

import pytest

import hequan.planner

_COMPILED = """
import sys, hequan.planner
assert "numba" not in sys.modules, "importing the package loads the compiler"
from hequan.planner.warm import warm
warm()
from numba.core.dispatcher import Dispatcher
def signatures():
    return {
        (name, key): len(value.signatures)
        for name, module in list(sys.modules.items()) if name.startswith("hequan.planner.")
        for key, value in vars(module).items() if isinstance(value, Dispatcher)
    }
before = signatures()
import numpy as np
from hequan.planner import CoverageProblem, build_network, cover, Walks, arc_weights
from hequan.planner import PolygonIndex, PROFILES, outlines
from hequan.planner.street_pieces import street_pieces
lon, lat = np.array([0, 1, 2, 3.0]) / 1000, np.array([0, 0, 1, 1.0]) / 1000
network, _ = build_network(street_pieces(lon, lat, [0, 1, 2], [1, 2, 3]))
cover(CoverageProblem(network, lon, lat, lon * 0 + 1, lon[:1], lat[:1], services=("a", "b")))
walks = Walks.build(network, arc_weights(network, PROFILES["elder"]), lon, lat)
walks.reach_from(0.001, 0.0, 15)
outlines(network, walks.weights, walks.stations, [5, 10])
PolygonIndex.build([[np.array([[0, 0], [1, 0], [1, 1]])]]).locate([0.5, 3], [0.2, 3])
assert signatures() == before, "something was compiled for another type"
"""


def test_every_public_name_is_there():
    for name in hequan.planner.__all__:
        assert getattr(hequan.planner, name) is not None
    assert set(hequan.planner.__all__) == set(hequan.planner._MODULE_OF)
    folder = Path(hequan.planner.__file__).parent
    assert not {file.stem for file in folder.glob("*.py")} & set(hequan.planner.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        hequan.planner.nothing  # noqa: B018


@pytest.mark.slow
def test_after_warming_no_kernel_is_left_to_compile():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _COMPILED],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
