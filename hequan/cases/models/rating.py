"""Ratings (评价): the asker's own judgement of an answer, once a round."""

from django.db import models

from hequan.cases.models.cases import Case


class Judged(models.Model):
    """Four questions and words; `round` counts how often the case was reopened before."""

    round = models.PositiveSmallIntegerField(default=0)
    was_contacted = models.BooleanField()
    is_solved = models.BooleanField()
    was_kind = models.BooleanField()
    is_satisfied = models.BooleanField()
    words = models.TextField(blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        abstract = True


class Rating(Judged):
    """What the asker said of one answer of her case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ratings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="case_rated_once_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.is_satisfied}"
