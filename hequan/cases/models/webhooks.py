"""Who is told of cases elsewhere (事件推送): an address of another system, and of what it hears."""

from django.db import models
from django.db.models import Q

from hequan.core.accounts import Account
from hequan.core.sealed import SealedText
from hequan.territory.models import Unit

URL_LENGTH = 500


class Webhook(models.Model):
    """An address that is told of events of the cases of one part of the territory.

    `secret` signs what is sent; it is shown once, when the row is made. An ended row is told
    nothing more and stays for the record.
    """

    url = models.CharField(max_length=URL_LENGTH)
    types = models.JSONField(default=list)
    secret = SealedText()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["url", "unit"], condition=Q(ended_at__isnull=True), name="webhook_once"
            ),
        ]

    def __str__(self) -> str:
        return self.url
