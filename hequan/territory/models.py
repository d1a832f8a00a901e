"""Units, their codes, boundaries and people; circles; homes; the street network."""

from django.db import models
from django.db.models import Q

from hequan.territory.kinds import CodeScheme, LineageKind


class Unit(models.Model):
    """A node of the territory. `path` lists the ids from the root to itself: `/1/17/203/`."""

    level = models.CharField(max_length=16)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=120, blank=True, db_index=True)
    zone_kind = models.CharField(max_length=16, blank=True)
    estate_type = models.CharField(max_length=16, blank=True)
    households = models.PositiveIntegerField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["level", "path"]),
            models.Index(fields=["parent", "name"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="unit_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=models.F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitCode(models.Model):
    """A code a unit bears for a time; never its key, since codes change and are handed on."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="codes")
    scheme = models.CharField(max_length=16, default=CodeScheme.OFFICIAL)
    code = models.CharField(max_length=24)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code"],
                condition=Q(valid_to__isnull=True),
                name="unit_code_borne_by_one",
            ),
            models.UniqueConstraint(
                fields=["unit", "scheme"],
                condition=Q(valid_to__isnull=True),
                name="unit_bears_one_code",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class UnitLineage(models.Model):
    """One unit came out of another by merger or split (沿革)."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    kind = models.CharField(max_length=16, default=LineageKind.SPLIT)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="unit_lineage_told_once"
            ),
            models.CheckConstraint(
                name="unit_not_its_own_origin",
                condition=~Q(predecessor=models.F("successor")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id}"


class Boundary(models.Model):
    """The outline of a unit: GeoJSON Polygon or MultiPolygon in longitude and latitude."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="boundary")
    geometry = models.JSONField()
    area_km2 = models.FloatField()
    source = models.CharField(max_length=200, blank=True)
    source_coordinates = models.CharField(max_length=16, default="wgs84")
    repaired = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"boundary of {self.unit_id}"


class PeopleCount(models.Model):
    """People of one age band in a unit as of a day."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="people_counts")
    band = models.CharField(max_length=8)
    people = models.PositiveIntegerField()
    as_of = models.DateField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "band", "as_of"], name="people_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.band} {self.people}"


class Home(models.Model):
    """A place where people live: a building, a population cell or a committee's centre.

    `by_age` counts people by age band; counts only, never names. `unit` is the smallest unit the
    place lies in.
    """

    code = models.CharField(max_length=64, unique=True)
    lon = models.FloatField()
    lat = models.FloatField()
    people = models.PositiveIntegerField()
    by_age = models.JSONField(default=dict)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="homes")
    address = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=200, blank=True)
    source_coordinates = models.CharField(max_length=16, default="wgs84")

    class Meta:
        indexes = [models.Index(fields=["address"])]

    def __str__(self) -> str:
        return self.code


class CircleSet(models.Model):
    """A way of laying circles over a town; several stand side by side."""

    town = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="circle_sets")
    name = models.CharField(max_length=80)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "name"], name="circle_set_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class Circle(models.Model):
    """A circle (圈): an overlay of units with a speciality, never an administrative node."""

    circle_set = models.ForeignKey(CircleSet, on_delete=models.CASCADE, related_name="circles")
    name = models.CharField(max_length=80)
    speciality = models.CharField(max_length=16)
    description = models.TextField(blank=True)
    units = models.ManyToManyField(Unit, related_name="circles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle_set", "name"], name="circle_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class StreetNetwork(models.Model):
    """A walking network (步行路网) kept in the data folder; the newest one in use is open.

    `folder` names it below the networks folder; `report` holds the counts and what was odd.
    """

    name = models.CharField(max_length=120)
    folder = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=200, blank=True)
    built_at = models.DateTimeField()
    nodes = models.PositiveIntegerField()
    edges = models.PositiveIntegerField()
    report = models.JSONField(default=dict)
    is_current = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="street_network_one_current",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Landmark(models.Model):
    """Something drawn under the units so that people know where they are (地标): a river, a park.

    The geometry is GeoJSON in longitude and latitude; the four bounds let a map ask for a part.
    """

    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=80, blank=True)
    geometry = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
