"""Posts (岗位): who holds which job where, from when to when."""

from django.db import models
from django.db.models import F, Q

from hequan.people.models import Organisation, Person
from hequan.roster.kinds import HEADS
from hequan.stations.models import Station
from hequan.territory.models import Unit

_OPEN_HEAD = Q(kind__in=[str(kind) for kind in HEADS], valid_to__isnull=True)


class Post(models.Model):
    """One job held by one person at a unit, a station or an organisation for a time.

    `valid_to` is the first day on which she no longer holds it; `end_told_at` is set once the news
    of its end is on its way, so that the work is handed over exactly when somebody leaves.
    """

    kind = models.CharField(max_length=32)
    title = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    station = models.ForeignKey(Station, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    end_told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "kind", "valid_to", "valid_from"]),
            models.Index(fields=["station", "kind"]),
            models.Index(fields=["organisation", "kind"]),
            models.Index(
                fields=["valid_to"],
                condition=Q(valid_to__isnull=False, end_told_at__isnull=True),
                name="posts_ending",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(unit__isnull=False, station__isnull=True, organisation__isnull=True)
                    | Q(unit__isnull=True, station__isnull=False, organisation__isnull=True)
                    | Q(unit__isnull=True, station__isnull=True, organisation__isnull=False)
                ),
                name="post_at_one_place",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="post_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["unit", "kind"], condition=_OPEN_HEAD, name="post_one_head_of_a_unit"
            ),
            models.UniqueConstraint(
                fields=["station", "kind"], condition=_OPEN_HEAD, name="post_one_head_of_a_station"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
