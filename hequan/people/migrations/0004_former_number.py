"""Let a message go to the number its receiver had before, too."""

import hequan.core.sealed
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_organisation_initials"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_once_a_channel",
        ),
        migrations.AddField(
            model_name="delivery",
            name="address",
            field=hequan.core.sealed.SealedText(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="delivery",
            name="to_former",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("message", "channel", "to_former"), name="delivery_once_a_channel"
            ),
        ),
    ]
