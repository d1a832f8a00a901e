import django.db.models.deletion
import hequan.core.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("people", "0004_former_number"),
        ("roster", "0002_no_two_at_once"),
        ("territory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("link", models.CharField(max_length=32, unique=True)),
                ("form_key", models.CharField(max_length=64, null=True, unique=True)),
                ("since", models.DateTimeField()),
                ("contact_name", models.CharField(blank=True, max_length=64)),
                ("contact_phone", hequan.core.sealed.SealedText(blank=True, default="")),
                ("is_confidential", models.BooleanField(default=False)),
                ("words", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["case", "id"],
            },
        ),
        migrations.CreateModel(
            name="JointRating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("was_contacted", models.BooleanField()),
                ("is_solved", models.BooleanField()),
                ("was_kind", models.BooleanField()),
                ("is_satisfied", models.BooleanField()),
                ("words", models.TextField(blank=True)),
                ("rated_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="lead",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="merged_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="merged_from",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name="case",
            name="merged_reason",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name="case",
            name="split_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="cases.case",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "triage",
                            "dispatched",
                            "handling",
                            "paused",
                            "answered",
                            "verified",
                            "published",
                            "return_visit",
                        ],
                    )
                ),
                fields=["matter", "lat"],
                name="cases_near",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lead__isnull", False), ("state", "merged")),
                    models.Q(models.Q(("state", "merged"), _negated=True), ("lead__isnull", True)),
                    _connector="OR",
                ),
                name="case_merged_has_its_lead",
            ),
        ),
        migrations.AddField(
            model_name="follower",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="followers",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="follower",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="jointrating",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="joint_ratings",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="jointrating",
            name="follower",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ratings",
                to="cases.follower",
            ),
        ),
        migrations.AddField(
            model_name="jointrating",
            name="merged",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointrating",
            constraint=models.UniqueConstraint(
                fields=("case", "round", "follower"), name="follower_rates_once_a_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointrating",
            constraint=models.UniqueConstraint(
                fields=("case", "round", "merged"), name="merged_asker_rates_once_a_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointrating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("follower__isnull", True), ("merged__isnull", True), _connector="XOR"
                ),
                name="joint_rating_is_of_one",
            ),
        ),
    ]
