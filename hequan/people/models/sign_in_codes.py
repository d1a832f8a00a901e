"""One-time codes (验证码): the last one sent to a phone for one device, hashed, never readable."""

from django.db import models


class SignInCode(models.Model):
    """The code that a device asked for a phone; asking again replaces it.

    `phone_match`, `device` and `code_hash` are keyed hashes. `known_at` is when the device last
    entered a code of this phone rightly: such a device keeps its own allowance, so that a stranger
    who asks for codes all day locks nobody out.
    """

    phone_match = models.CharField(max_length=32)
    device = models.CharField(max_length=32)
    code_hash = models.CharField(max_length=32)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone_match", "device"], name="code_per_device")
        ]
        indexes = [models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return f"{self.pk} {self.expires_at:%Y-%m-%d %H:%M}"
