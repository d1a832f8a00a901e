"""Imports take turns: two of one file begun together write its rows once."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from hequan.people.models import Organisation
from tests.world import MAPLE, make_world

ROWS = "名称,类型,所属居村代码\n" + "".join(f"红枫商行{n},商铺,{MAPLE}\n" for n in range(200))


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_write_it_once(tmp_path):
    """Without take_turn both find every row new and write it twice."""
    if connection.vendor != "postgresql":
        pytest.skip("real processes on PostgreSQL")
    make_world()
    path = tmp_path / "shops.csv"
    path.write_text(ROWS, encoding="utf-8")
    url = os.environ["DATABASE_URL"].rpartition("/")[0]
    environment = os.environ | {"DATABASE_URL": f"{url}/{connection.settings_dict['NAME']}"}
    command = [sys.executable, "-m", "hequan.cli", "import", "organisations", str(path), "--yes"]
    both = [
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(2)
    ]
    said = [one.communicate(timeout=120)[0] for one in both]

    assert Organisation.objects.count() == 200, said
