"""Handling together (协同办理): tasks of help, joint visits to the place, the list of works."""

from django.db import models
from django.db.models import Q

from hequan.cases.helping import OPEN_HELP, VisitState
from hequan.cases.models.cases import Case
from hequan.core.accounts import Account
from hequan.people.models import Organisation
from hequan.roster.models import Post

WORK_LENGTH = 100
COUNTED_IN_LENGTH = 16
VISIT_PLACE_LENGTH = 200
_OPEN = Q(state__in=[str(one) for one in OPEN_HELP])


class HelpTask(models.Model):
    """What one post or organisation was asked to do for a case (协同任务).

    `words` are the lead's, `said` what the helper reported or why the task ended. `limit` is
    [amount, unit] as it was given; `due_at` is told from it once and moves no more. `version`
    counts the moves, as with cases.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="helps")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=0)
    words = models.TextField()
    limit = models.JSONField(default=list)
    due_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    taken_on_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["post", "due_at"], condition=_OPEN, name="help_of_a_post"),
            models.Index(fields=["organisation", "due_at"], condition=_OPEN, name="help_of_a_body"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, organisation__isnull=True)
                | Q(post__isnull=True, organisation__isnull=False),
                name="help_is_asked_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class SiteVisit(models.Model):
    """A visit to the place by several together (联合踏勘): when and where, and what came of it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="visits")
    state = models.CharField(max_length=16, default=VisitState.SET)
    starts_at = models.DateTimeField()
    place_words = models.CharField(max_length=VISIT_PLACE_LENGTH)
    words = models.TextField(blank=True)  # what for
    outcome = models.TextField(blank=True)
    set_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.starts_at:%Y-%m-%d}"


class VisitGuest(models.Model):
    """A helper invited to a joint visit."""

    visit = models.ForeignKey(SiteVisit, on_delete=models.CASCADE, related_name="guests")
    task = models.ForeignKey(HelpTask, on_delete=models.CASCADE, related_name="invitations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "task"], name="guest_invited_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.task_id}"


class WorkItem(models.Model):
    """One line of the list of works (工作清单): what, counted in what, how many asked and done.

    `task` is whose line it is, None for the lead's own. Both numbers may change while the case is
    open: a plan that meets the street is adjusted.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="works")
    task = models.ForeignKey(HelpTask, null=True, on_delete=models.CASCADE, related_name="works")
    what = models.CharField(max_length=WORK_LENGTH)
    counted_in = models.CharField(max_length=COUNTED_IN_LENGTH)
    asked = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    counted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.what}"
