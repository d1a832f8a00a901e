from django.db import migrations, models


def _without_place(apps, _):
    """An entry outside the chain has no number; 0 was the default until now."""
    apps.get_model("core", "AuditEntry").objects.filter(number=0).update(number=None)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0008_sign_in_rows'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='auditentry',
            name='audit_one_entry_a_place',
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='number',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.RunPython(_without_place, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='auditentry',
            constraint=models.UniqueConstraint(fields=('lane', 'number'), name='audit_one_entry_at_a_place'),
        ),
    ]
