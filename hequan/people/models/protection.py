"""What protects personal data: identity documents, requests, approvals, proofs and registers."""

from django.db import models
from django.db.models import F, Q

from hequan.core.accounts import Account
from hequan.core.sealed import SealedText
from hequan.people.models.persons import Person
from hequan.people.protection_kinds import BreachState, RequestState


class IdDocument(models.Model):
    """What shows who somebody is (证件): number sealed, found by keyed hash, last four shown."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=24)
    country = models.CharField(max_length=2)
    number = SealedText(mask="identity", match="number_match")
    number_match = models.CharField(max_length=32)
    tail = models.CharField(max_length=4)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "country", "number_match"], name="id_document_once"
            ),
            models.UniqueConstraint(fields=["person", "kind"], name="id_document_one_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.tail}"


class DataRequest(models.Model):
    """Somebody asks about her data (个人信息请求), by herself or at the counter."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_requests")
    kind = models.CharField(max_length=16)
    channel = models.CharField(max_length=16)
    state = models.CharField(max_length=16, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=300, blank=True)
    counts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, done_at__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(done_at__isnull=False)),
                name="data_request_done_or_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class ChildAccessRequest(models.Model):
    """A member of staff asks to see the data of a child; another decides (未成年人信息审批)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=24)
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "by"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("by")),
                name="child_access_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, decided_at__isnull=True, until__isnull=True)
                | Q(approved_by__isnull=False, decided_at__isnull=False),
                name="child_access_decided_whole",
            ),
            models.UniqueConstraint(
                fields=["person", "by"],
                condition=Q(decided_at__isnull=True),
                name="child_access_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.person_id}"


class RetentionProof(models.Model):
    """That rows past their time are gone (留存清理证明): how many, from when, which ids by hash."""

    table = models.CharField(max_length=64)
    rule = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    oldest = models.DateTimeField()
    newest = models.DateTimeField()
    ids_digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at"])]
        constraints = [
            models.UniqueConstraint(fields=["table", "rule", "at"], name="retention_proof_once")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.count}"


class ImpactAssessment(models.Model):
    """A personal information impact assessment (个人信息保护影响评估), kept for good."""

    title = models.CharField(max_length=120)
    purpose = models.TextField()
    necessity = models.TextField()
    risks = models.TextField()
    measures = models.TextField()
    result = models.CharField(max_length=24)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    review_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(review_on__gt=F("made_on")), name="assessment_reviewed_later"
            )
        ]

    def __str__(self) -> str:
        return self.title


class BreachRecord(models.Model):
    """A breach, or a drill of one (个人信息安全事件): what, how far, who was told when."""

    title = models.CharField(max_length=120)
    is_drill = models.BooleanField(default=False)
    state = models.CharField(max_length=16, default=BreachState.OPEN)
    noticed_at = models.DateTimeField()
    what = models.TextField()
    persons = models.PositiveIntegerField(null=True)
    has_children = models.BooleanField(default=False)
    measures = models.TextField(blank=True)
    regulator_told_at = models.DateTimeField(null=True)
    persons_told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=BreachState.OPEN, closed_at__isnull=True)
                | Q(state=BreachState.CLOSED, closed_at__isnull=False),
                name="breach_closed_or_open",
            )
        ]

    def __str__(self) -> str:
        return self.title
