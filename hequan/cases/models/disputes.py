"""Mediation records (矛盾纠纷调解): a dispute, who is in it, sessions, agreement, follow-up.

Whatever was said lies sealed in its column: whoever can read the database reads kinds and days.
"""

from django.db import models
from django.db.models import Q

from hequan.cases.dispute_kinds import OPEN_DISPUTES, DisputeState
from hequan.cases.models.cases import Case
from hequan.core.accounts import Account
from hequan.core.sealed import SealedText
from hequan.people.models import Organisation, Person
from hequan.territory.models import Unit

_OPEN = Q(state__in=[str(one) for one in OPEN_DISPUTES])


class Dispute(models.Model):
    """One dispute from being brought to its end; `version` counts its moves, as a case's does."""

    number = models.CharField(max_length=16, unique=True)
    version = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=24)
    state = models.CharField(max_length=16)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="disputes")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    words = SealedText()
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    agreement = SealedText()
    signed_on = models.DateField(null=True)
    ending = models.CharField(max_length=16, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state"], condition=_OPEN, name="disputes_open"),
            models.Index(fields=["opened_at"], name="disputes_opened"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=str(DisputeState.CLOSED)) | Q(closed_at__isnull=False),
                name="dispute_closed_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DisputeMember(models.Model):
    """Somebody in a record: a mediator, or the head who named the mediators; for a time."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "account", "role"],
                condition=Q(until=None),
                name="dispute_member_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.role}"


class DisputeParty(models.Model):
    """A party (当事人): a person or an organisation known here, or somebody by name only."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="parties")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    name = SealedText(mask="name")

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.pk}"


class DisputeSession(models.Model):
    """One session (调解会): when, where, who was there, what was said."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="sessions")
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    present = SealedText()
    said = SealedText()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.held_at:%Y-%m-%d}"


class DisputeTerm(models.Model):
    """One term of the agreement (协议条款), by when it is to be kept, and when it was."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="terms")
    words = SealedText()
    due_on = models.DateField()
    kept_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.due_on:%Y-%m-%d}"


class DisputeVisit(models.Model):
    """A follow-up visit (回访): by when, and what was found."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="visits")
    due_on = models.DateField()
    visited_on = models.DateField(null=True)
    said = SealedText()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.due_on:%Y-%m-%d}"


class DisputeStep(models.Model):
    """One move of a record (调解经过), never changed afterwards."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="steps")
    move = models.CharField(max_length=16)
    to_state = models.CharField(max_length=16)
    words = SealedText()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.move}"
