"""Cases (案件): one matter one person asked about, handled to its end, and every step of it."""

from django.db import models
from django.db.models import Q

from hequan.cases.kinds import OPEN_STATES, CaseState
from hequan.cases.models.standing import Standing
from hequan.core.accounts import Account
from hequan.core.row_writing import QuickRow
from hequan.core.sealed import SealedText
from hequan.people.models import Organisation, Person
from hequan.roster.models import Matter, Post
from hequan.territory.models import Unit

_OPEN = Q(state__in=[str(one) for one in OPEN_STATES])


class Case(QuickRow):
    """One asking, from the first word to the rating.

    `first_responder` never changes. `due_at` is when what the case waits for next is late: moved
    by the table of moves, by pauses and by extensions only. `version` counts the moves; a move
    made on a page that showed another version is refused. `form_key` names one sending of a form:
    sending it twice gives the same case.
    """

    number = models.CharField(max_length=16, unique=True)
    link = models.CharField(max_length=32, unique=True)
    # without a key there is nothing to be the same as: NULL is equal to nothing
    form_key = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    version = models.PositiveIntegerField(default=0)
    channel = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    triage_reason = models.CharField(max_length=16, blank=True)

    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    place_words = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField(null=True)

    asker = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="cases")
    contact_name = models.CharField(max_length=64, blank=True)
    contact_phone = SealedText(mask="phone")
    is_confidential = models.BooleanField(default=False)

    first_responder = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="cases")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    routing = models.JSONField(default=dict)
    is_supervised = models.BooleanField(default=False)

    due_at = models.DateTimeField(null=True)
    contact_due_at = models.DateTimeField()
    accept_due_at = models.DateTimeField()
    solve_due_at = models.DateTimeField()
    verify_due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    contacted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    sent_back_times = models.PositiveSmallIntegerField(default=0)
    reopened_times = models.PositiveSmallIntegerField(default=0)

    result = models.CharField(max_length=16, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=300, blank=True)

    # merged (并案): under which case it is handled, since when, and where it stood before
    lead = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    merged_at = models.DateTimeField(null=True)
    merged_from = models.CharField(max_length=16, blank=True)
    merged_reason = models.CharField(max_length=16, blank=True)  # its reason in triage
    # split (拆分): the case that named several matters, of which this is one
    split_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="parts"
    )

    class Meta:
        indexes = [
            # each queue: what is open, oldest due first, with all that its count and order ask
            models.Index(
                fields=["state", "due_at", "id", "unit", "post", "organisation"],
                condition=_OPEN,
                name="cases_queued",
            ),
            models.Index(
                fields=["due_at", "id", "unit", "post", "organisation"],
                condition=_OPEN,
                name="cases_due",
            ),
            models.Index(fields=["post", "due_at"], condition=_OPEN, name="cases_of_a_post"),
            models.Index(fields=["unit", "opened_at"], name="cases_of_a_unit"),
            models.Index(fields=["opened_at"], name="cases_opened"),
            models.Index(fields=["asker", "opened_at"], name="cases_of_an_asker"),
            # what is open of a class near a place
            models.Index(fields=["matter", "lat"], condition=_OPEN, name="cases_near"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[str(CaseState.DISPATCHED), str(CaseState.HANDLING)])
                | Q(post__isnull=False)
                | Q(organisation__isnull=False),
                name="case_with_somebody_has_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=str(CaseState.TRIAGE)) | ~Q(triage_reason=""),
                name="case_in_triage_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=str(CaseState.MERGED), lead__isnull=False)
                | (~Q(state=str(CaseState.MERGED)) & Q(lead__isnull=True)),
                name="case_merged_has_its_lead",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseStep(Standing):
    """One move of a case (办理经过): what the course shows, never changed afterwards."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    move = models.CharField(max_length=16)
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(blank=True)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_public = models.BooleanField(default=False)
    words_are_public = models.BooleanField(default=False)

    class Meta(Standing.Meta):
        abstract = False
        ordering = ["case", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.move}"
