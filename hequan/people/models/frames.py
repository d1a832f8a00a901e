"""Frames (共建框架、联盟): organisations that sign an agreement and then act together.

The town's co-building frame 1+6+7+X is one frame with a group for each of the six areas, one for
each of the seven tasks, and the firms that signed; an alliance is a frame without groups.
"""

from django.db import models
from django.db.models import F, Q

from hequan.people.models.organisations import Organisation
from hequan.people.models.persons import Person
from hequan.territory.models import Unit


class Frame(models.Model):
    """One frame of a part of the territory."""

    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="frame_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name


class FrameGroup(models.Model):
    """A part of a frame: of an area, or for a task."""

    frame = models.ForeignKey(Frame, on_delete=models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["frame", "name"], name="frame_group_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class FrameMember(models.Model):
    """One organisation that signed; it sits in one group, or in the frame itself."""

    frame = models.ForeignKey(Frame, on_delete=models.PROTECT, related_name="members")
    group = models.ForeignKey(
        FrameGroup, null=True, on_delete=models.PROTECT, related_name="members"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="frames")
    signed_on = models.DateField()
    signed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    agreement = models.CharField(max_length=120)
    left_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["frame", "group", "organisation"],
                condition=Q(left_on=None),
                name="frame_member_once_in_group",
            ),
            models.UniqueConstraint(
                fields=["frame", "organisation"],
                condition=Q(left_on=None, group=None),
                name="frame_member_once_without_group",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("signed_on")),
                name="frame_member_leaves_after_signing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.frame_id}"


class FrameAct(models.Model):
    """Something a member did under its agreement, counted where it can be (共建行动)."""

    member = models.ForeignKey(FrameMember, on_delete=models.PROTECT, related_name="acts")
    what = models.CharField(max_length=200)
    on = models.DateField()
    amount = models.PositiveIntegerField(null=True)
    measure = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = [models.Index(fields=["member", "on"], name="frame_act_by_member")]

    def __str__(self) -> str:
        return self.what
