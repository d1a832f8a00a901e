"""Duty (值班): weekly patterns, the slots made of them, leaves, and calendar feeds for oneself."""

from django.db import models
from django.db.models import F, Q

from hequan.people.models import Person
from hequan.roster.models.posts import Post
from hequan.stations.models import Station
from hequan.territory.models import Unit

_AT_ONE_PLACE = Q(unit__isnull=False, station__isnull=True) | Q(
    unit__isnull=True, station__isnull=False
)


class DutyPattern(models.Model):
    """A duty that comes back every week; minutes count from midnight, `ends` may pass it."""

    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    station = models.ForeignKey(Station, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit"]), models.Index(fields=["station"])]
        constraints = [
            models.CheckConstraint(condition=_AT_ONE_PLACE, name="duty_pattern_at_one_place"),
            models.CheckConstraint(
                condition=Q(weekday__lte=6, begins__lt=24 * 60, ends__gt=F("begins"))
                & Q(ends__lte=F("begins") + 24 * 60),
                name="duty_pattern_within_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins}-{self.ends}"


class DutySlot(models.Model):
    """One duty of one day; without a person it is open and stands in the list of open duty.

    `stands_for` is the person whose duty it was by plan when somebody else does it.
    """

    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    station = models.ForeignKey(Station, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="duty")
    stands_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    pattern = models.ForeignKey(
        DutyPattern, null=True, on_delete=models.SET_NULL, related_name="slots"
    )
    pattern_day = models.DateField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["station", "starts_at"]),
            models.Index(fields=["unit", "starts_at"]),
            models.Index(fields=["person", "starts_at"]),
        ]
        constraints = [
            models.CheckConstraint(condition=_AT_ONE_PLACE, name="duty_slot_at_one_place"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="duty_slot_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["pattern", "pattern_day"], name="duty_slot_one_of_a_pattern_a_day"
            ),
            models.UniqueConstraint(
                fields=["person", "starts_at"],
                condition=Q(cancelled_at__isnull=True),
                name="duty_slot_one_beginning_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.person_id}"


class Leave(models.Model):
    """Days on which somebody is away (请假); `until_on` is the first day she is back.

    Why she is away is nobody's business here and has no column.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leaves")
    stand_in = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["until_on", "first_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=F("first_on")), name="leave_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("person")),
                name="leave_stood_in_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.first_on}"


class DutyFeed(models.Model):
    """The secret address of somebody's own duty calendar; only its hash is kept."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feed of {self.person_id}"
