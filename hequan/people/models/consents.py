"""Consents (同意): what was put before somebody, in which words, and what she said to it."""

from datetime import datetime

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from hequan.core.accounts import Account
from hequan.people.models.persons import Person


class ConsentText(models.Model):
    """One version of the words for one purpose, in both languages; never changed once published.

    `digest` is the hash of both texts: it says which words a consent was given to.
    """

    purpose = models.CharField(max_length=24)
    version = models.PositiveIntegerField()
    text_zh = models.TextField()
    text_en = models.TextField()
    digest = models.CharField(max_length=64)
    valid_from = models.DateTimeField()
    published_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_once"),
            models.CheckConstraint(
                condition=Q(valid_from__gte=F("published_at")), name="consent_text_not_backdated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents as they are asked for."""

    def in_force(self, at: datetime) -> "ConsentQuerySet":
        """Return those given by then, not withdrawn by then, to the words in force then.

        A new version of the words asks anew: a consent to the old ones no longer holds.
        """
        words = ConsentText.objects.filter(purpose=OuterRef("text__purpose"), valid_from__lte=at)
        newest = words.order_by("-version").values("version")[:1]
        return self.filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at),
            given_at__lte=at,
            text__version=Subquery(newest),
        )


class Consent(models.Model):
    """What somebody agreed to; a proxy is the guardian who gave it, or the staff who wrote it down.

    The row stays after a withdrawal and after an erasure: it proves what was allowed when.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    channel = models.CharField(max_length=16)
    proxy_person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="consents_given_for_others"
    )
    proxy_account = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "text"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_given_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=Q(proxy_person__isnull=True) | ~Q(proxy_person=F("person")),
                name="consent_proxy_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.text_id}"
