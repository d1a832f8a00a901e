import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

TAKEN_FROM = {
    "unit_id": "unit_id",
    "matter_id": "matter_id",
    "round": "reopened_times",
    "result": "result",
    "sent_back_times": "sent_back_times",
    "contact_due_at": "contact_due_at",
    "contacted_at": "contacted_at",
    "accept_due_at": "accept_due_at",
    "accepted_at": "accepted_at",
    "solve_due_at": "solve_due_at",
    "answered_at": "answered_at",
    "paused_at": "paused_at",
}


def tell_old_steps(apps, schema_editor):
    """Steps made before kept nothing: they take what their case says today."""
    case = apps.get_model("cases", "Case").objects.filter(pk=OuterRef("case"))
    told = {own: Subquery(case.values(taken)[:1]) for own, taken in TAKEN_FROM.items()}
    apps.get_model("cases", "CaseStep").objects.filter(unit=None).update(**told)


def _moment(name):
    field = models.DateTimeField(null=True)
    return migrations.AddField(model_name="casestep", name=name, field=field)


def _key(name, to):
    field = models.ForeignKey(
        null=True,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
    )
    return migrations.AddField(model_name="casestep", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_photos"),
        ("roster", "0002_no_two_at_once"),
        ("territory", "0001_initial"),
    ]

    operations = [
        _key("unit", "territory.unit"),
        _key("matter", "roster.matter"),
        migrations.AddField(
            model_name="casestep",
            name="round",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="casestep",
            name="result",
            field=models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="casestep",
            name="sent_back_times",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        *[
            _moment(name)
            for name in (
                *("contact_due_at", "contacted_at", "accept_due_at", "accepted_at"),
                *("solve_due_at", "answered_at", "paused_at"),
            )
        ],
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["opened_at"], name="cases_opened"),
        ),
        migrations.RunPython(tell_old_steps, migrations.RunPython.noop),
    ]
