"""Rows of the first release: demo accounts marked, readable sessions dropped, entries chained."""

from django.db import migrations

from hequan.core.audit.old_entries import chain_old_entries


def mark_demo_accounts(apps, schema_editor):
    """The demo's accounts are known by the entry that tells of their opening."""
    entries = apps.get_model("core", "AuditEntry").objects.filter(verb="demo.account_opened")
    ids = [int(pk) for pk in entries.values_list("thing_id", flat=True)]
    apps.get_model("core", "Account").objects.filter(pk__in=ids).update(is_demo=True)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_trust")]

    operations = [
        migrations.RunPython(mark_demo_accounts, migrations.RunPython.noop),
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
        migrations.RunPython(chain_old_entries, migrations.RunPython.noop),
    ]
