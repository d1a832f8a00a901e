"""The fence of the audit trail (防改触发器): the database itself refuses to change an entry.

A first, cheap hurdle against mistakes, put up after every migration; whoever owns the database can
take it down, and then the chain tells. PostgreSQL refuses UPDATE and DELETE (TRUNCATE, as a restore
and the demo use, goes), SQLite UPDATE: its emptying of a table is a DELETE.
"""

from typing import Any

from hequan.core.audit.tables import AuditEntry

_UP = {
    "postgresql": """
CREATE OR REPLACE FUNCTION core_auditentry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'entries of the audit trail are never changed'; END $$;
CREATE OR REPLACE TRIGGER core_auditentry_fence BEFORE UPDATE OR DELETE ON core_auditentry
FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION core_auditentry_stays();
""",
    "sqlite": """
CREATE TRIGGER IF NOT EXISTS core_auditentry_fence BEFORE UPDATE ON core_auditentry
FOR EACH ROW WHEN OLD.number IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'entries of the audit trail are never changed'); END;
""",
}
_DOWN = {
    "postgresql": "DROP TRIGGER IF EXISTS core_auditentry_fence ON core_auditentry",
    "sqlite": "DROP TRIGGER IF EXISTS core_auditentry_fence",
}


def put_up_fence(connection: Any) -> None:
    """Let the database refuse changes to entries; nothing where the table is not there yet."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if AuditEntry._meta.db_table not in names:
            return
        columns = connection.introspection.get_table_description(cursor, AuditEntry._meta.db_table)
        if "number" in {column.name for column in columns}:
            cursor.execute(_UP[connection.vendor])


def take_down_fence(connection: Any) -> None:
    """Let entries be changed again, as a migration of theirs needs."""
    with connection.cursor() as cursor:
        cursor.execute(_DOWN[connection.vendor])
