"""Give organisations entered earlier the initials they are searched by."""

from django.db import migrations

from hequan.people.initials import title_initials

BATCH = 1000


def fill(apps, schema_editor):
    Organisation = apps.get_model("people", "Organisation")
    rows = list(Organisation.objects.filter(initials="").only("id", "name"))
    for row in rows:
        row.initials = title_initials(row.name)
    Organisation.objects.bulk_update(rows, ["initials"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_trust"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
