"""The last number a table has given out (自增序列), kept so that a copy never gives it out again.

An audit entry names its thing by number: a number given to a second thing would tell of the first.
"""

from django.db import connection, models

from hequan.core.installation.table_rows import Table


def counts_up(table: Table) -> bool:
    """Tell whether the database numbers this table's rows itself."""
    return isinstance(table.model._meta.pk, models.AutoField | models.BigAutoField)


def last_number(table: Table) -> int:
    """Return the highest number given out so far, 0 for none."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
            found = cursor.fetchone()
            return int(found[0]) if found else 0
        cursor.execute(f"SELECT last_value, is_called FROM {_sequence(table)}")  # noqa: S608
        value, is_called = cursor.fetchone()
        return int(value) if is_called else 0


def set_last_number(table: Table, number: int) -> None:
    """Let the next row's number be one more than this."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table.name, number])
        else:
            cursor.execute(
                "SELECT setval(%s::regclass, %s, %s)",
                [_sequence(table), max(number, 1), number > 0],
            )


def _sequence(table: Table) -> str:
    """Return the quoted name of a table's sequence."""
    pk = table.model._meta.pk
    assert pk is not None
    quoted = connection.ops.quote_name(table.name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted, pk.column])
        return str(cursor.fetchone()[0])
