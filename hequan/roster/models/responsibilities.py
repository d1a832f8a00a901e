"""Responsibility lists (责任清单): versions, items, parties, cells; who serves which unit."""

from django.db import models
from django.db.models import F, Q

from hequan.people.models import Organisation
from hequan.roster.models.matters import Matter
from hequan.roster.responsibilities import ListState, PartyRole, ResolvesBy
from hequan.territory.models import Unit


class ResponsibilityList(models.Model):
    """One version of the list of a unit, mostly a town.

    A draft may be written freely; a published one never changes but for its end. `fingerprint`
    is the hash of all that stood in it when it was published, so that a change behind the
    actions' back is found.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=16, default=ListState.DRAFT)
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "version"], name="list_version_once_a_unit"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state="draft"), name="list_one_draft_a_unit"
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(state="published", valid_to__isnull=True),
                name="list_one_open_version_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (Q(valid_from__isnull=False, published_at__isnull=False) & ~Q(fingerprint="")),
                name="list_published_with_day_and_fingerprint",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="list_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"


class ResponsibilityItem(models.Model):
    """One row of a list: what it is about, at which kinds of place, in words."""

    sheet = models.ForeignKey(ResponsibilityList, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    place_kinds = models.JSONField(default=list)
    matters = models.ManyToManyField(Matter, related_name="items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="list_item_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class ResponsibilityParty(models.Model):
    """One column of a list: a post, a kind of organisation, one body or a station's post."""

    sheet = models.ForeignKey(ResponsibilityList, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    resolves_by = models.CharField(max_length=24, default=ResolvesBy.UNSET)
    post_kind = models.CharField(max_length=32, blank=True)
    level = models.CharField(max_length=16, blank=True)
    organisation_kind = models.CharField(max_length=24, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "name"], name="list_party_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class ItemParty(models.Model):
    """One cell: the role a party has in an item."""

    item = models.ForeignKey(ResponsibilityItem, on_delete=models.CASCADE, related_name="cells")
    party = models.ForeignKey(ResponsibilityParty, on_delete=models.CASCADE, related_name="cells")
    role = models.CharField(max_length=16, default=PartyRole.INFORMED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "party"], name="list_cell_filled_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.party_id} {self.role}"


class ServiceArea(models.Model):
    """An organisation serves a unit for a time (服务范围): a property firm its estate, say."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="service_areas"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "unit"],
                condition=Q(valid_to__isnull=True),
                name="service_area_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="service_area_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.unit_id}"
