"""Field tags (字段标签): what every column of every table says about people, and what follows.

Each app has a `field_tags.py` that tags every field of its models; `core/field_tags_foreign.py`
does so for tables that are not ours (sessions, allauth). A test fails for a field without a tag.
Masking in the audit trail, export, erasure, retention and the data inventory all read these tags.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class DataClass(StrEnum):
    """How much a field tells about a person (PIPL art. 28)."""

    NONE = "none"
    GENERAL = "general"
    SENSITIVE = "sensitive"
    MINOR = "minor"  # of somebody under fourteen


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
    BLANK = "blank"  # tagged fields are emptied, the row stays for the counts
    DELETE = "delete"


@dataclass(frozen=True)
class Tag:
    """What one field says about people: class, purpose, basis, retention in days, mask.

    `retention` counts from the end of what the row is for; 0 is as long as the row lives. `mask`
    names one of core.masks.MASKS.
    """

    data_class: DataClass
    purpose: str
    basis: Basis
    retention: int = 0
    mask: str = "all"


PLAIN = Tag(DataClass.NONE, "", Basis.NONE, 0, "")


@dataclass(frozen=True)
class TableTags:
    """The tags of one table.

    `subject` is the lookup from a row to the person it is about, in Django's notation: `""` for a
    table about nobody, `"self"` for people.Person itself, `"person"`, `"membership__person"`; a
    lookup that ends at a core.Account is written `account:by`. `ends` names the moment from which
    retention counts.
    """

    fields: Mapping[str, Tag]
    subject: str = ""
    on_erase: OnErase = OnErase.KEEP
    ends: str = ""
    extra_subjects: tuple[str, ...] = field(default=())


_tags: dict[str, TableTags] = {}


def plain(names: str) -> dict[str, Tag]:
    """Return the tag of "nothing about people" for field names parted by spaces."""
    return dict.fromkeys(names.split(), PLAIN)


def tag_tables(tags: Mapping[str, TableTags]) -> None:
    """Register the tags of tables by label such as `people.person`; every app's `ready` does."""
    _tags.update({label.lower(): one for label, one in tags.items()})


def tags_of(label: str) -> TableTags | None:
    """Return the tags of a table by its label, None for one without."""
    return _tags.get(label.lower())


def tagged_tables() -> Iterable[tuple[str, TableTags]]:
    """Return every tagged table by label, in order."""
    return sorted(_tags.items())
