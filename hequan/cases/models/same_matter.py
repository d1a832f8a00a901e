"""Same matter, many people (同一事项): who follows a case, and how the others judge its answer."""

from django.db import models
from django.db.models import Q

from hequan.cases.models.cases import Case
from hequan.cases.models.rating import Judged
from hequan.core.sealed import SealedText
from hequan.people.models import Person


class Follower(models.Model):
    """Somebody who met the same and followed a case instead of opening another.

    `link` opens her own status page. `form_key` names one sending of a form, as with a case.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="followers")
    link = models.CharField(max_length=32, unique=True)
    # without a key there is nothing to be the same as: NULL is equal to nothing
    form_key = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    since = models.DateTimeField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    contact_name = models.CharField(max_length=64, blank=True)
    contact_phone = SealedText(mask="phone")
    is_confidential = models.BooleanField(default=False)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["case", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.since:%Y-%m-%d}"


class JointRating(Judged):
    """What a follower, or the asker of a merged case, said of the answer of the leading case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="joint_ratings")
    follower = models.ForeignKey(
        Follower, null=True, on_delete=models.CASCADE, related_name="ratings"
    )
    merged = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round", "follower"], name="follower_rates_once_a_round"
            ),
            models.UniqueConstraint(
                fields=["case", "round", "merged"], name="merged_asker_rates_once_a_round"
            ),
            models.CheckConstraint(
                condition=Q(follower__isnull=True) ^ Q(merged__isnull=True),
                name="joint_rating_is_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.is_satisfied}"
