"""Messages (消息): what somebody was told, how it was sent to her, and how she wants it sent."""

from django.db import models
from django.db.models import F, Q

from hequan.core.accounts import Account
from hequan.core.row_writing import QuickRow
from hequan.core.sealed import SealedText
from hequan.people.kinds import DeliveryState
from hequan.people.models.organisations import Organisation
from hequan.people.models.persons import Person

ONE_RECEIVER = Q(person__isnull=False, organisation__isnull=True) | Q(
    person__isnull=True, organisation__isnull=False
)


class TemplateText(models.Model):
    """The words of a message template as an officer wrote them; the newest version is in force."""

    template = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=120)
    body = models.TextField()
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template", "language", "version"], name="template_text_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.language} v{self.version}"


class Message(QuickRow):
    """One entry of the inbox of a person or an organisation."""

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="messages")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="messages"
    )
    template = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=240)
    body = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    is_urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=ONE_RECEIVER, name="message_one_receiver")]
        indexes = [
            models.Index(fields=["person", "-created_at"]),
            models.Index(fields=["organisation", "-created_at"]),
            models.Index(fields=["template", "-created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.pk}"


class Delivery(QuickRow):
    """The sending of one message by one channel.

    One that goes `to_former` goes to the number its receiver had before, the `address`, which is
    emptied as soon as the text has left; any other goes where she is reached by then.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8)
    state = models.CharField(max_length=8, default=DeliveryState.WAITING)
    reason = models.CharField(max_length=16, blank=True)
    in_digest = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_id = models.CharField(max_length=64, blank=True)
    to_former = models.BooleanField(default=False)
    address = SealedText(mask="phone")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "channel", "to_former"], name="delivery_once_a_channel"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False),
                name="delivery_sent_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-due_at"]),
            models.Index(
                fields=["due_at"],
                name="delivery_waiting",
                condition=Q(state=DeliveryState.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.channel} {self.state}"


class DeliveryChoice(models.Model):
    """How one receiver wants to be told: language, quiet hours, one digest a day."""

    person = models.OneToOneField(
        Person, null=True, on_delete=models.CASCADE, related_name="delivery_choice"
    )
    organisation = models.OneToOneField(
        Organisation, null=True, on_delete=models.CASCADE, related_name="delivery_choice"
    )
    language = models.CharField(max_length=8, default="zh-hans")
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    digest_at = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_RECEIVER, name="delivery_choice_one_receiver"),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | (
                    Q(quiet_from__isnull=False, quiet_to__isnull=False)
                    & ~Q(quiet_from=F("quiet_to"))
                ),
                name="delivery_choice_quiet_both",
            ),
        ]

    def __str__(self) -> str:
        return f"choice {self.pk}"


class DeliveryAddress(models.Model):
    """A channel of one receiver, on or off, with its address where it is not her phone."""

    choice = models.ForeignKey(DeliveryChoice, on_delete=models.CASCADE, related_name="addresses")
    channel = models.CharField(max_length=8)
    is_on = models.BooleanField(default=True)
    address = SealedText(mask="mail")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["choice", "channel"], name="delivery_address_once")
        ]

    def __str__(self) -> str:
        return f"{self.choice_id} {self.channel}"
