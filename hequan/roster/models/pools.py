"""Merged staff pools (人员合并使用): several bodies' staff under one roster at a centre."""

from django.db import models
from django.db.models import F, Q

from hequan.people.models import Organisation, Person
from hequan.roster.models.posts import Post
from hequan.stations.models import Station


class Pool(models.Model):
    """The pool of one station or centre."""

    name = models.CharField(max_length=80)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["station", "name"],
                condition=Q(ended_on__isnull=True),
                name="pool_named_once_at_a_station",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PoolMember(models.Model):
    """Somebody in the pool, the post she holds if any, and the body that sent her."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "person"],
                condition=Q(valid_to__isnull=True),
                name="pool_member_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="pool_member_ends_after_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool_id} {self.person_id}"
