"""Several new tables as one step of a migration: the state Django's own steps lead to, and back."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection, models
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.state import ProjectState

from hequan.core.installation.other_databases import instead_of_default, settings_of_file
from hequan.core.new_tables import CreateTables


def _key():
    return ("id", models.BigAutoField(primary_key=True))


def _parts():
    """A tree and its leaves, which name each other, with an index and a rule of their own."""
    to_leaf = models.ForeignKey("core.leaf", models.PROTECT, null=True)
    return [
        CreateModel("Tree", [_key(), ("height", models.IntegerField())]),
        CreateModel("Leaf", [_key(), ("tree", models.ForeignKey("core.tree", models.CASCADE))]),
        AddField("tree", "lowest", to_leaf),
        AddIndex("tree", models.Index(fields=["height"], name="trees_by_height")),
        AddConstraint("tree", models.CheckConstraint(condition=models.Q(height__gt=0), name="up")),
    ]


def test_the_state_is_the_one_the_parts_lead_to():
    one_by_one, at_once = ProjectState(), ProjectState()
    for part in _parts():
        part.state_forwards("core", one_by_one)

    CreateTables(_parts()).state_forwards("core", at_once)

    assert at_once == one_by_one


def test_a_state_put_together_before_knows_the_new_models():
    """Models put together once would else go on without them."""
    state = ProjectState()
    assert state.apps is not None

    CreateTables(_parts()).state_forwards("core", state)

    assert state.apps.get_model("core", "leaf")._meta.get_field("tree").related_model


def test_a_part_about_a_table_that_is_there_already_is_refused():
    with pytest.raises(ValueError, match="not a table made here"):
        CreateTables([*_parts(), AddField("account", "age", models.IntegerField())])


def test_the_tables_are_made_with_index_and_rule_and_go_again(tmp_path, django_db_blocker):
    step, before, after = CreateTables(_parts()), ProjectState(), ProjectState()
    step.state_forwards("core", after)
    file = tmp_path / "trees.sqlite3"

    def seen():
        with closing(sqlite3.connect(file)) as there:
            rows = there.execute("SELECT name, sql FROM sqlite_master WHERE sql > ''")
            return {name: sql for name, sql in rows if name != "sqlite_sequence"}

    with django_db_blocker.unblock(), instead_of_default(settings_of_file(file)):
        with connection.schema_editor() as editor:
            step.database_forwards("core", editor, before, after)
        made = seen()
        with connection.schema_editor() as editor:
            step.database_backwards("core", editor, after, before)

    assert {"core_tree", "core_leaf", "trees_by_height"} <= set(made)
    assert 'CONSTRAINT "up" CHECK' in made["core_tree"]
    assert seen() == {}
