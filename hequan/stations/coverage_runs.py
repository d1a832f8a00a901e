"""Coverage runs (覆盖测算): who reaches which station in how many minutes, kept with what it was
measured by.

Figures of units, circles and stations are one JSON value each, in the shape
`{profile: {"5": people, "10": people, "15": people}}`; what every home reaches is one compressed
array a profile, so that a city's 400 000 homes are five rows and not two million.
"""

from django.db import models
from django.db.models import Q

from hequan.core.accounts import Account
from hequan.stations.kinds import RunState
from hequan.territory.models import Circle, StreetNetwork, Unit


class CoverageRun(models.Model):
    """One measurement: below a unit, on a network, at a weekday and minute, or at any hour."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="coverage_runs")
    network = models.ForeignKey(StreetNetwork, null=True, on_delete=models.SET_NULL)
    day = models.CharField(max_length=8, blank=True)
    minute = models.PositiveSmallIntegerField(null=True)
    profiles = models.JSONField(default=list)
    minutes = models.JSONField(default=list)
    state = models.CharField(max_length=16, default=RunState.WAITING)
    error = models.TextField(blank=True)
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True)
    figures = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["unit", "-asked_at"])]

    def __str__(self) -> str:
        return f"coverage {self.pk} {self.state}"


class CoverageUnit(models.Model):
    """People of one unit or circle within each limit."""

    run = models.ForeignKey(CoverageRun, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="+")
    circle = models.ForeignKey(Circle, null=True, on_delete=models.CASCADE, related_name="+")
    people = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    by_age = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="coverage_of_a_unit_or_a_circle",
                condition=Q(unit__isnull=True, circle__isnull=False)
                | Q(unit__isnull=False, circle__isnull=True),
            ),
            models.UniqueConstraint(fields=["run", "unit"], name="coverage_unit_once"),
            models.UniqueConstraint(fields=["run", "circle"], name="coverage_circle_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.unit_id or self.circle_id}"


class CoverageStation(models.Model):
    """People in the catchment of one station."""

    run = models.ForeignKey(CoverageRun, on_delete=models.CASCADE, related_name="stations")
    station = models.ForeignKey("stations.Station", on_delete=models.CASCADE, related_name="+")
    figures = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "station"], name="coverage_station_once")
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.station_id}"


class CoverageGap(models.Model):
    """A cluster of homes farther from every station than the longest limit (覆盖空白)."""

    run = models.ForeignKey(CoverageRun, on_delete=models.CASCADE, related_name="gaps")
    profile = models.CharField(max_length=16)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="+")
    lon = models.FloatField()
    lat = models.FloatField()
    homes = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    nearest_minutes = models.FloatField(null=True)

    class Meta:
        indexes = [models.Index(fields=["run", "profile", "-people"])]

    def __str__(self) -> str:
        return f"{self.run_id} {self.profile} {self.people}"


class CoverageReach(models.Model):
    """What every home reaches under one profile: one compressed table of arrays."""

    run = models.ForeignKey(CoverageRun, on_delete=models.CASCADE, related_name="reaches")
    profile = models.CharField(max_length=16)
    arrays = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "profile"], name="coverage_reach_once")
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.profile}"
