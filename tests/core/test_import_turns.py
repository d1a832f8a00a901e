"""Imports take turns: two of one file begun together write its rows once."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from hequan.people.models import Organisation
from tests.forked import at_once
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

    def import_it(number):
        out = io.StringIO()
        try:
            call_command("import", "organisations", str(path), "--yes", stdout=out)
        except CommandError as refused:  # told that another came in between
            return str(refused)
        return out.getvalue()

    said = at_once(2, import_it)

    assert Organisation.objects.count() == 200, said
