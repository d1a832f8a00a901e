"""The network in use: stored, opened once, weighed once per profile, replaced as a whole."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from hequan.core.versions import forget_everything
from hequan.planner.network_build import build_network
from hequan.planner.profiles import PROFILES
from hequan.planner.street_pieces import street_pieces
from hequan.territory.actions import put_street_network
from hequan.territory.errors import BrokenStreetsError
from hequan.territory.models import StreetNetwork
from hequan.territory.queries import current_network, stored_networks, street_lines
from tests.world import AT, place


def small_network():
    """One street of two points."""
    (x1, y1), (x2, y2) = place(0, 0), place(100, 0)
    return build_network(street_pieces([x1, x2], [y1, y2], [0], [1], source="test"))[0]


def put(world, name="small"):
    return put_street_network(
        network=small_network(), name=name, source="test", report={}, by=world.officer, at=AT
    )


def test_the_network_of_the_town_is_open(world):
    found = current_network()

    assert world.network.pk == found.pk
    assert (found.network.node_count, found.network.edge_count) == (35, 58)
    assert found is current_network()


def test_no_streets_no_network(db):
    assert current_network() is None
    assert street_lines((121, 31, 122, 32)) == []


def test_weights_are_kept_per_profile_and_state_of_the_gates(world):
    import numpy as np

    found, elder = current_network(), PROFILES["elder"]

    assert found.weights(elder) is found.weights(elder)
    assert found.weights(elder) is not found.weights(PROFILES["adult"])
    assert found.weights(elder, np.asarray([False])) is not found.weights(elder)


def test_a_new_network_takes_the_place_of_the_old(world):
    row = put(world)

    assert row.pk == current_network().pk
    assert StreetNetwork.objects.filter(is_current=True).count() == 1
    assert [row.pk, world.network.pk] == [one.pk for one in stored_networks()]


def test_only_one_network_is_in_use(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        StreetNetwork.objects.create(
            name="x", folder="x", built_at=AT, nodes=1, edges=1, is_current=True
        )


def test_a_network_that_cannot_be_noted_leaves_no_files(world, monkeypatch):
    before = set(Path(settings.NETWORKS_ROOT).iterdir())
    monkeypatch.setattr(StreetNetwork.objects, "create", _refuse)

    with pytest.raises(IntegrityError):
        put(world)

    assert before == set(Path(settings.NETWORKS_ROOT).iterdir())


def _refuse(**_):
    raise IntegrityError


def test_missing_files_are_told_with_what_to_do(world):
    shutil.rmtree(Path(settings.NETWORKS_ROOT) / world.network.folder)
    forget_everything()

    with pytest.raises(BrokenStreetsError, match=r"\w"):
        current_network()


@pytest.mark.slow
def test_files_of_old_networks_go_after_a_while(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            put(world, f"network {number}")

    folders = {path.name for path in Path(settings.NETWORKS_ROOT).iterdir()}
    assert len(folders) == 3
    assert world.network.folder not in folders
    assert current_network().network.edge_count == 1


def test_streets_are_drawn_inside_a_box(world):
    west, south = place(-10, -10)
    east, north = place(110, 10)

    found = street_lines((west, south, east, north))

    assert {"东西0路"} <= {line.name for line in found}
    assert len(found) < 10
    assert len(street_lines((121.4, 31.3, 121.5, 31.4))) == 58
