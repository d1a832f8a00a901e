"""Registration (双报到): members and new-job people at a station, units at an area; feedback."""

from django.db import models
from django.db.models import F, Q

from hequan.people.models import Organisation, Person
from hequan.roster.kinds import RegistrationKind
from hequan.stations.models import Station
from hequan.territory.models import Unit


class Registration(models.Model):
    """Somebody, or a unit, that has reported to the neighbourhood and offers what she can.

    `home` is the organisation she belongs to: that she is a member of it is sensitive.
    """

    kind = models.CharField(max_length=16)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    station = models.ForeignKey(Station, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    skills = models.JSONField(default=list)
    free_times = models.JSONField(default=list)
    wishes = models.CharField(max_length=200, blank=True)
    by_herself = models.BooleanField(default=False)
    registered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["station", "kind"]),
            models.Index(fields=["area", "kind"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=RegistrationKind.UNIT,
                    organisation__isnull=False,
                    area__isnull=False,
                    person__isnull=True,
                    station__isnull=True,
                    home__isnull=True,
                )
                | (
                    ~Q(kind=RegistrationKind.UNIT)
                    & Q(
                        organisation__isnull=True,
                        area__isnull=True,
                        person__isnull=False,
                        station__isnull=False,
                    )
                ),
                name="registration_of_a_person_or_a_unit",
            ),
            models.UniqueConstraint(
                fields=["person", "station", "kind"],
                condition=Q(ended_at__isnull=True),
                name="registration_of_a_person_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "area"],
                condition=Q(ended_at__isnull=True),
                name="registration_of_a_unit_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id or self.organisation_id}"


class UnitFeedback(models.Model):
    """The letter a station sends to a unit: what its members did here (回执). No score."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField()
    until_on = models.DateField()
    members = models.PositiveIntegerField()
    text = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=F("first_on")), name="unit_feedback_covers_days"
            ),
            models.UniqueConstraint(
                fields=["organisation", "station", "first_on", "until_on"],
                name="unit_feedback_once_a_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} -> {self.organisation_id} {self.first_on}"
