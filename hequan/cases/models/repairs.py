"""The repair desk (物管家): providers with their price lists, repair orders, quotes."""

from django.db import models
from django.db.models import F, Q

from hequan.cases.models.cases import Case, CaseStep
from hequan.cases.repairs import OPEN_REPAIRS, UNIT_LENGTH, WHAT_LENGTH, WITH_WORKER
from hequan.core.accounts import Account
from hequan.people.models import Organisation
from hequan.roster.models import Post

_OPEN = Q(state__in=[str(one) for one in OPEN_REPAIRS])
_WITH_WORKER = Q(state__in=[str(one) for one in WITH_WORKER])


class Provider(models.Model):
    """An organisation that repairs for residents (维修单位), and how its orders are given out.

    `cap` is how many open orders one worker has at most. The row is the lock of its dispatch.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=8)
    cap = models.PositiveSmallIntegerField()
    is_open = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.mode}"


class PriceItem(models.Model):
    """One version of one item of a price list (价目): `valid_to` is the first day without it.

    `price` is in fen. A changed price is a new row; what was quoted keeps the old.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="prices")
    what = models.CharField(max_length=WHAT_LENGTH)
    unit = models.CharField(max_length=UNIT_LENGTH)
    price = models.PositiveBigIntegerField()
    warranty_days = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "what"], condition=Q(valid_to=None), name="price_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="price_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.price}"


class Repair(models.Model):
    """A repair order (维修单) of a case; `return_of` is the order whose warranty it stands on.

    `taken_at` is when it came to its worker. `version` counts the moves, as with cases.
    """

    number = models.CharField(max_length=24, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="repairs")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="repairs")
    return_of = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="returns"
    )
    worker = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=0)
    words = models.TextField()
    said = models.TextField(blank=True)  # what was done, or why it ended
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # accepted or cancelled

    class Meta:
        indexes = [
            models.Index(fields=["provider", "opened_at"], condition=_OPEN, name="repairs_open"),
            models.Index(fields=["worker"], condition=_WITH_WORKER, name="repairs_of_a_worker"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(worker__isnull=True),
                name="repair_on_offer_is_nobodys",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RepairStep(models.Model):
    """Which steps in the course of its case are those of an order; its photos came with them."""

    repair = models.ForeignKey(Repair, on_delete=models.CASCADE, related_name="course")
    step = models.OneToOneField(CaseStep, on_delete=models.CASCADE, related_name="repair")

    def __str__(self) -> str:
        return f"{self.repair_id} {self.step_id}"


class Quote(models.Model):
    """What a repair is to cost (报价), in fen; never changed but by a new one.

    `is_agreed` is None while nobody has answered. `basis` says on what ground somebody answered for
    the asker; empty where she did herself, or where no answer was needed.
    """

    repair = models.ForeignKey(Repair, on_delete=models.CASCADE, related_name="quotes")
    total = models.PositiveBigIntegerField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    is_agreed = models.BooleanField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    basis = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return f"{self.repair_id} {self.total}"


class QuoteLine(models.Model):
    """One line of a quote: what, counted in what, how many at how many fen; `item` None for own."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(PriceItem, null=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=WHAT_LENGTH)
    unit = models.CharField(max_length=UNIT_LENGTH)
    price = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()
    warranty_days = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=WHAT_LENGTH, blank=True)

    def __str__(self) -> str:
        return f"{self.quote_id} {self.what}"
