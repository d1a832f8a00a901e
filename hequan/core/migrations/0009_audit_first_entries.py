from django.db import migrations

from hequan.core.audit_old_entries import chain_old_entries


class Migration(migrations.Migration):
    """Tie the entries of releases without a chain into lane 1, in the order of their ids."""

    dependencies = [
        ('core', '0008_audit_places'),
    ]

    operations = [
        migrations.RunPython(chain_old_entries, migrations.RunPython.noop),
    ]
