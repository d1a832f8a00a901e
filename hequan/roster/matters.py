"""Matters (事项): the classes of things people ask for, in two levels, and their codes.

A code is written as GB/T 30428.2 writes it: two digits name the class 大类, three more the subclass
小类. The standard takes the subclasses 001 to 079; a town's own are numbered downward from 999.
Everything later points here: responsibility lists say who answers for a matter, cases bear one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from hequan.territory.kinds import EstateType, ZoneKind

_CODE = re.compile(r"\d{2}(\d{3})?")
_LAST_STANDARD = 79

# where a matter may happen, from the general to the particular: an estate type is an estate
PLACE_KINDS: tuple[str, ...] = (*map(str, ZoneKind), *map(str, EstateType))


@dataclass(frozen=True)
class MatterFacts:
    """What is said of a matter from one day on; no kind of place means it happens anywhere."""

    code: str
    name: str
    name_en: str = ""
    description: str = ""
    place_kinds: tuple[str, ...] = ()
    local_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class MatterRow:
    """One matter as it stands on a day; `class_code` is empty for a class itself."""

    pk: int
    code: str
    class_code: str
    name: str
    name_en: str
    place_kinds: tuple[str, ...]
    description: str = ""
    local_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def is_class(self) -> bool:
        """Tell whether this is a class, which other matters belong to."""
        return not self.class_code

    @property
    def is_local(self) -> bool:
        """Tell whether the town numbered it, not the standard."""
        return is_local_code(self.code)


@dataclass(frozen=True)
class Catalogue:
    """The matters in force on a day, by code and by key."""

    by_code: Mapping[str, MatterRow]
    by_pk: Mapping[int, MatterRow] = field(default_factory=dict)

    def asked_for(self) -> tuple[MatterRow, ...]:
        """Return what can be asked for: subclasses, and classes that have none."""
        parents = {one.class_code for one in self.by_code.values()}
        return tuple(one for _, one in sorted(self.by_code.items()) if one.code not in parents)


def is_matter_code(code: str) -> bool:
    """Tell whether a text is the code of a class (2 digits) or a subclass (5 digits)."""
    return bool(_CODE.fullmatch(code)) and code.isascii()


def class_code_of(code: str) -> str:
    """Return the code of the class a subclass belongs to, empty for a class."""
    return code[:2] if len(code) > 2 else ""


def is_local_code(code: str) -> bool:
    """Tell whether a subclass bears a local number (080 to 999) and not the standard's."""
    return len(code) > 2 and int(code[2:]) > _LAST_STANDARD


def next_local_code(class_code: str, taken: Iterable[str]) -> str:
    """Return the next free local code of a class, counted downward from 999."""
    used = {int(code[2:]) for code in taken if class_code_of(code) == class_code}
    number = next(n for n in range(999, _LAST_STANDARD, -1) if n not in used)
    return f"{class_code}{number}"


def unknown_place_kinds(kinds: Iterable[str]) -> list[str]:
    """Return those that are neither a kind of zone nor a type of estate."""
    return [kind for kind in kinds if kind not in PLACE_KINDS]


def kinds_of_place(zone_kind: str, estate_type: str) -> tuple[str, ...]:
    """Return what a place is, the particular first: old public housing is an estate too."""
    if estate_type:
        return (estate_type, zone_kind or ZoneKind.ESTATE)
    return (zone_kind,) if zone_kind else ()


def place_rank(wanted: Iterable[str], place: tuple[str, ...]) -> int | None:
    """Return how closely a rule for these kinds of place fits a place, None where it does not.

    0 is a rule for any place, 1 for its zone, 2 for its type of estate.
    """
    kinds = set(wanted)
    if not kinds:
        return 0
    ranks = [len(place) - at for at, kind in enumerate(place) if kind in kinds]
    return max(ranks, default=None)
