"""Stations, spaces, services, hours, closures, corridors and who answers for whom."""

from django.db import models
from django.db.models import F, Q

from hequan.core.accounts import Account
from hequan.people.models import Organisation
from hequan.stations.kinds import ServiceMode, StationStatus
from hequan.territory.models import Circle, Unit

LONGEST_DAY = 48 * 60


class Station(models.Model):
    """A place that serves people (站点), belonging to a town or a committee."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=24)
    level = models.CharField(max_length=16)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="stations")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="stations_run"
    )
    lon = models.FloatField()
    lat = models.FloatField()
    source_coordinates = models.CharField(max_length=16, default="wgs84")
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    status = models.CharField(max_length=16, default=StationStatus.OPEN)
    roles = models.JSONField(default=list)
    zone_kind = models.CharField(max_length=16, blank=True)
    introduction = models.TextField(blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "status"]), models.Index(fields=["name"])]
        constraints = [
            models.CheckConstraint(
                name="station_is_on_the_globe",
                condition=Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
            )
        ]

    def __str__(self) -> str:
        return self.name


class AccessibilityCheck(models.Model):
    """The accessibility checklist (无障碍) of a station; null means not looked at yet."""

    station = models.OneToOneField(Station, on_delete=models.CASCADE, related_name="accessibility")
    entrance_step_free = models.BooleanField(null=True)
    ramp = models.BooleanField(null=True)
    lift = models.BooleanField(null=True)
    door_width_cm = models.PositiveSmallIntegerField(null=True)
    accessible_wc = models.BooleanField(null=True)
    low_counter = models.BooleanField(null=True)
    e_display = models.BooleanField(null=True)
    writing_pad = models.BooleanField(null=True)
    voice_prompt = models.BooleanField(null=True)
    hearing_loop = models.BooleanField(null=True)
    guide_dog = models.BooleanField(null=True)
    checked_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"accessibility of {self.station_id}"


class Space(models.Model):
    """A room or open space of a station (空间)."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="spaces")
    name = models.CharField(max_length=80)
    functions = models.JSONField(default=list)
    capacity = models.PositiveIntegerField(null=True)
    floor = models.CharField(max_length=16, blank=True)
    area_m2 = models.FloatField(null=True)
    step_free = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["station", "name"], name="space_named_once")]

    def __str__(self) -> str:
        return self.name


class Corridor(models.Model):
    """An ordered set of spaces joined into one walk (走廊, R60)."""

    name = models.CharField(max_length=80, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="corridors")
    introduction = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class CorridorStop(models.Model):
    """One space of a corridor, with its place in the order and its role."""

    corridor = models.ForeignKey(Corridor, on_delete=models.CASCADE, related_name="stops")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="corridor_stops")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corridor", "position"], name="corridor_order"),
            models.UniqueConstraint(fields=["corridor", "space"], name="corridor_space_once"),
        ]

    def __str__(self) -> str:
        return f"{self.corridor_id} {self.position}"


class Service(models.Model):
    """One entry of the service catalogue (服务项目)."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    category = models.CharField(max_length=16)
    mode = models.CharField(max_length=16, default=ServiceMode.ON_THE_SPOT)
    minutes = models.PositiveSmallIntegerField(null=True)
    papers = models.JSONField(default=list)
    audience = models.CharField(max_length=120, blank=True)
    fee = models.CharField(max_length=80, blank=True)
    description = models.TextField(blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["category", "name"])]

    def __str__(self) -> str:
        return self.name


class ServiceOffer(models.Model):
    """A station offers a service, in its own mode where that differs."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="offers")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="offers")
    mode = models.CharField(max_length=16, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "service"], name="service_offered_once")
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.service_id}"


class OpeningRule(models.Model):
    """Weekly hours (开放时间): minutes from midnight, up to 2880 where the evening passes midnight.

    `season_from`/`season_to` are `MM-DD`, every year, and may pass the new year; `valid_from` and
    `valid_to` (exclusive) bound the years the rule stands for. A row from 0 to 0 says shut, on a
    holiday or in a season, where other rows would have it open.
    """

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="opening_rules")
    day = models.CharField(max_length=8)
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=32, blank=True)
    season_from = models.CharField(max_length=5, blank=True)
    season_to = models.CharField(max_length=5, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opening_closes_after_it_opens",
                condition=Q(opens=0, closes=0)
                | Q(closes__gt=F("opens"), opens__lt=24 * 60, closes__lte=LONGEST_DAY),
            )
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.day} {self.opens}-{self.closes}"


class HoursException(models.Model):
    """Other hours on one day; without times the station is shut that day."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="hours_exceptions")
    day = models.DateField()
    opens = models.PositiveSmallIntegerField(null=True)
    closes = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exception_closes_after_it_opens",
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(closes__gt=F("opens"), opens__lt=24 * 60, closes__lte=LONGEST_DAY),
            )
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.day}"


class Closure(models.Model):
    """A station is shut for a time (临时关闭), announced ahead unless it comes suddenly."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="closures")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    is_sudden = models.BooleanField(default=False)
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closure_ends_after_it_begins", condition=Q(to_at__gt=F("from_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.from_at:%Y-%m-%d}"


class MainStation(models.Model):
    """The one main station of a micro-grid (主站, R20)."""

    grid = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="main_station")
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="main_for")

    def __str__(self) -> str:
        return f"{self.grid_id} {self.station_id}"


class CoreStation(models.Model):
    """The core station of a circle (核心站, R2)."""

    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, related_name="core_station")
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="core_for")

    def __str__(self) -> str:
        return f"{self.circle_id} {self.station_id}"


class AnsweringStation(models.Model):
    """The one station that answers for an organisation (服务对象清单, R28)."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="answering_station"
    )
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="answers_for")

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.station_id}"


from hequan.stations.coverage_runs import (  # noqa: E402 - its tables point at Station
    CoverageGap,
    CoverageReach,
    CoverageRun,
    CoverageStation,
    CoverageUnit,
)

__all__ = [
    "AccessibilityCheck",
    "AnsweringStation",
    "Closure",
    "CoreStation",
    "Corridor",
    "CorridorStop",
    "CoverageGap",
    "CoverageReach",
    "CoverageRun",
    "CoverageStation",
    "CoverageUnit",
    "HoursException",
    "MainStation",
    "OpeningRule",
    "Service",
    "ServiceOffer",
    "Space",
    "Station",
]
