"""Field tags (字段标签): what every column of every table says about people, and what follows.

Each app has a `field_tags.py` that tags every field of its models; `core/field_tags_foreign.py`
does so for tables that are not ours (sessions, allauth). A test fails for a field without a tag.
Masking in the audit trail, what a person sees and takes with her, erasure, retention and the data
inventory all read these tags.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class DataClass(StrEnum):
    """How much a field tells about a person (PIPL art. 28)."""

    NONE = "none"
    GENERAL = "general"
    SENSITIVE = "sensitive"
    MINOR = "minor"  # of somebody under fourteen


class Purpose(StrEnum):
    """What a field about a person is kept for (处理目的)."""

    NONE = ""
    IDENTIFY = "identify"
    CONTACT = "contact"
    SIGN_IN = "sign_in"
    SERVICE = "service"
    STAFFING = "staffing"
    PROTECTION = "protection"  # of her own data: consents, requests
    SECURITY = "security"
    ACCOUNTABILITY = "accountability"
    STATISTICS = "statistics"


class Basis(StrEnum):
    """Why the field may be kept (PIPL art. 13)."""

    NONE = "none"
    CONSENT = "consent"
    CONTRACT = "contract"
    DUTY = "duty"  # a task set by law
    PUBLIC_SERVICE = "public_service"
    EMPLOYMENT = "employment"


class OnErase(StrEnum):
    """What happens to the rows about a person who has her data erased."""

    KEEP = "keep"  # tells nothing without the person's own row, or a law says so
    BLANK = "blank"  # fields with a class are emptied, the row stays for the counts
    DELETE = "delete"


_LEVELS = {DataClass.NONE: 1, DataClass.GENERAL: 2, DataClass.SENSITIVE: 3, DataClass.MINOR: 4}


@dataclass(frozen=True)
class Tag:
    """What one field says about people: class, purpose, basis, retention in days, mask.

    `retention` counts from the end of what the row is for (`TableTags.ends`); 0 is as long as the
    row lives. `mask` names one of core.masks.MASKS. `blanked` is what an emptied field holds where
    nothing would not do; `{pk}` in it is the row's id. A field that `stays` is not emptied with
    the others: a key to somebody's row, a moment that says nothing by itself. What is not `shown`
    means nothing to her: a hash, a key, a password.
    """

    data_class: DataClass
    purpose: Purpose
    basis: Basis
    retention: int = 0
    mask: str = "all"
    blanked: str = ""
    stays: bool = False
    shown: bool = True

    def of(self, **changes: Any) -> "Tag":
        """Return this tag with some of its parts changed."""
        return replace(self, **changes)

    @property
    def level(self) -> int:
        """Return the level 1-4 of the field in the town's own classification."""
        return _LEVELS[self.data_class]

    @property
    def is_personal(self) -> bool:
        """Tell whether the field says anything about a person."""
        return self.data_class is not DataClass.NONE

    @property
    def is_emptied(self) -> bool:
        """Tell whether the field is emptied where its row is blanked."""
        return self.is_personal and not self.stays


_GENERAL, _SENSITIVE, _SERVICE = DataClass.GENERAL, DataClass.SENSITIVE, Basis.PUBLIC_SERVICE
PLAIN = Tag(DataClass.NONE, Purpose.NONE, Basis.NONE, 0, "")
REFERENCE = Tag(_GENERAL, Purpose.ACCOUNTABILITY, Basis.DUTY, 0, "", stays=True, shown=False)
NAME = Tag(_GENERAL, Purpose.IDENTIFY, _SERVICE, mask="name")
PHONE = Tag(_SENSITIVE, Purpose.CONTACT, _SERVICE, mask="phone")
ADDRESS = Tag(_GENERAL, Purpose.SERVICE, _SERVICE, mask="address")
MAIL = Tag(_GENERAL, Purpose.CONTACT, _SERVICE, mask="mail")
BIRTH = Tag(_SENSITIVE, Purpose.SERVICE, _SERVICE)
IDENTITY = Tag(_SENSITIVE, Purpose.IDENTIFY, _SERVICE, mask="identity")
SECRET = Tag(_SENSITIVE, Purpose.SIGN_IN, Basis.CONTRACT, shown=False)
TEXT = Tag(_GENERAL, Purpose.SERVICE, _SERVICE)  # free text about her
FACT = Tag(_GENERAL, Purpose.SERVICE, _SERVICE, mask="")  # told without a mask


@dataclass(frozen=True)
class TableTags:
    """The tags of one table.

    `subject` is the lookup from a row to the person it is about, in Django's notation: `""` for a
    table about nobody, `"self"` for people.Person itself, `"person"`, `"membership__person"`; a
    lookup that ends at a core.Account is written `account:by`, `account:self` for core.Account. A
    row that somebody only signed as an officer is not about her.
    `ends` names the moment or day from which retention counts; what happens then is `on_end`, as
    on erasure where none is named. `title` is what a resident calls the table, translated.
    """

    fields: Mapping[str, Tag]
    subject: str = ""
    on_erase: OnErase = OnErase.KEEP
    ends: str = ""
    extra_subjects: tuple[str, ...] = field(default=())
    on_end: OnErase | None = None
    title: object = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return every lookup from a row to somebody it is about."""
        return (self.subject, *self.extra_subjects) if self.subject else ()

    @property
    def emptied(self) -> tuple[str, ...]:
        """Return the fields that are emptied where a row is blanked; whom it is about stays."""
        keys = {lookup.rpartition(":")[2] for lookup in self.subjects}
        return tuple(
            name for name, tag in self.fields.items() if tag.is_emptied and name not in keys
        )

    @property
    def retention(self) -> int:
        """Return the longest retention of the fields in days, 0 for none."""
        return max((tag.retention for tag in self.fields.values()), default=0)

    @property
    def at_the_end(self) -> OnErase:
        """Return what happens to a row whose retention is over."""
        return self.on_end or self.on_erase


_tags: dict[str, TableTags] = {}


def plain(names: str) -> dict[str, Tag]:
    """Return the tag of "nothing about people" for field names parted by spaces."""
    return dict.fromkeys(names.split(), PLAIN)


def references(names: str) -> dict[str, Tag]:
    """Return the tag of a key to a person's or an account's row, for names parted by spaces."""
    return dict.fromkeys(names.split(), REFERENCE)


def tag_tables(tags: Mapping[str, TableTags]) -> None:
    """Register the tags of tables by label such as `people.person`; every app's `ready` does."""
    _tags.update({label.lower(): one for label, one in tags.items()})


def tags_of(label: str) -> TableTags | None:
    """Return the tags of a table by its label, None for one without."""
    return _tags.get(label.lower())


def tagged_tables() -> Iterable[tuple[str, TableTags]]:
    """Return every tagged table by label, in order."""
    return sorted(_tags.items())
