"""Mentoring (带教): who of the experienced goes along with whom of the new, and what came of it."""

from django.db import models
from django.db.models import F, Q

from hequan.roster.models.posts import Post


class Mentoring(models.Model):
    """A pair of posts for a time; without a mentor it is open until one is found."""

    mentor = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    learner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    goals = models.CharField(max_length=400, blank=True)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True)
    result = models.CharField(max_length=16, blank=True)
    result_note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mentor__isnull=True) | ~Q(mentor=F("learner")),
                name="mentoring_between_two",
            ),
            models.UniqueConstraint(
                fields=["mentor", "learner"],
                condition=Q(ended_on__isnull=True),
                name="mentoring_pair_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, result="")
                | (Q(ended_on__isnull=False) & ~Q(result="")),
                name="mentoring_ends_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} -> {self.learner_id}"


class MentoringMeeting(models.Model):
    """One meeting of a pair: the day and what was talked about."""

    mentoring = models.ForeignKey(Mentoring, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField()
    note = models.CharField(max_length=400)

    def __str__(self) -> str:
        return f"{self.mentoring_id} {self.held_on}"
