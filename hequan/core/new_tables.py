"""Many new tables as one step of a migration (批量建表).

Django puts all models together anew after every step that touches one which others point at; with
the accounts among them that is every model of ours, a hundred times over, and a first start waited
eighteen seconds for it. New tables need no such care: nothing is in them yet, so the models as they
are after the last part are enough.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """Make tables with all that the parts say of them: the steps Django writes for new models.

    ValueError for a part about a table that is not new here.
    """

    def __init__(self, parts: Sequence[Operation]) -> None:
        """Take CreateModel, and AddField, AddIndex or AddConstraint of the models created."""
        self.parts = parts
        self.names = [one.name for one in parts if isinstance(one, CreateModel)]
        new = {name.lower() for name in self.names}
        for one in parts:
            name = one.name if isinstance(one, CreateModel) else getattr(one, "model_name", "")
            if name.lower() not in new:
                raise ValueError(f"{one.describe()}: not a table made here")

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Let the state know the models; they are put together once, when next asked for."""
        if "apps" in state.__dict__:
            del state.apps
        for one in self.parts:
            one.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables."""
        for model in self._models(app_label, schema_editor, to_state):
            schema_editor.create_model(model)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the tables, the last first."""
        for model in reversed(self._models(app_label, schema_editor, from_state)):
            schema_editor.delete_model(model)

    def describe(self) -> str:
        """Return what it makes, for `migrate --plan`."""
        return f"Create tables {', '.join(self.names)}"

    def _models(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> list[type[Any]]:
        """Return the models whose tables belong into this database, in the order they are named."""
        models = [state.apps.get_model(app_label, name) for name in self.names]
        alias = schema_editor.connection.alias
        return [one for one in models if self.allow_migrate_model(alias, one)]
