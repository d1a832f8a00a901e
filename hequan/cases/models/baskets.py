"""Baskets (一次受理多件): what one visitor brought to the counter, or told on one call."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from hequan.cases.models.cases import Case
from hequan.cases.models.same_matter import Follower
from hequan.core.accounts import Account
from hequan.core.row_writing import QuickRow
from hequan.people.models import Person

# after this a page left open is somebody else's visit
VISIT_LASTS = timedelta(hours=4)


class Basket(QuickRow):
    """One visit: served by one clerk, for one visitor, with one receipt.

    `link` opens the page that lists its matters. Who came and how to reach her stands with the
    cases themselves; `asker` is she where the town knows her.
    """

    link = models.CharField(max_length=32, unique=True)
    taken_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk} {self.opened_at:%Y-%m-%d}"


class BasketEntry(QuickRow):
    """One matter of a visit: the case it became, or that of others which she follows."""

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="entries")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    follower = models.ForeignKey(Follower, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["basket", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(follower__isnull=True), name="case_in_one_basket"
            ),
            models.UniqueConstraint(
                fields=["basket", "follower"], name="follower_once_in_a_basket"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basket_id} {self.case_id}"
