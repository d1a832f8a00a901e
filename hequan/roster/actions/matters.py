"""Writing the catalogue of matters (事项目录): entered, changed from a day on, ended."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hequan.core import audit, versions
from hequan.core.accounts import Account
from hequan.roster.errors import (
    DayOrderError,
    EarlierDayError,
    MatterCodeError,
    MatterCodeTakenError,
    MatterInUseError,
    PlaceKindError,
    UnknownClassError,
)
from hequan.roster.matters import MatterFacts, class_code_of, is_matter_code, unknown_place_kinds
from hequan.roster.models import Matter, MatterVersion
from hequan.roster.queries.matters import MATTERS_STAMP


@transaction.atomic
def save_matter(*, matter: Matter | None, facts: MatterFacts, by: Account, at: datetime) -> Matter:
    """Enter a matter, or say from a day on what it is; what it was before that day stays.

    The day on which the present version began corrects it. `facts.valid_from` is needed.
    """
    _check(facts)
    if matter is None:
        matter = _new(facts)
        before: dict[str, Any] | None = None
    else:
        before = _change(matter, facts)
    _write_version(matter, facts)
    versions.bump(MATTERS_STAMP)
    audit.record(
        verb="roster.matter_saved",
        by=by,
        at=at,
        thing=matter,
        before=before,
        after=_said(facts),
    )
    return matter


@transaction.atomic
def save_matters(*, facts: Sequence[MatterFacts], source: str, by: Account, at: datetime) -> int:
    """Enter or change many matters, known by code, classes first; return how many were written."""
    known = {one.code: one for one in Matter.objects.all()}
    written = 0
    for one in sorted(facts, key=lambda f: (len(f.code), f.code)):
        _check(one)
        matter = known.get(one.code)
        if matter is None:
            known[one.code] = matter = _new(one, known)
        else:
            _change(matter, one)
        _write_version(matter, one)
        written += 1
    if written:
        versions.bump(MATTERS_STAMP)
        after = {"matters": written, "source": source}
        last = known[facts[-1].code]
        audit.record(verb="roster.matters_imported", by=by, at=at, thing=last, after=after)
    return written


@transaction.atomic
def end_matter(*, matter: Matter, on: date, by: Account, at: datetime) -> None:
    """Let a matter no longer be in force from a day on; a class only after its subclasses."""
    current = _open_version(matter)
    if current is None:
        return
    if on <= current.valid_from:
        raise DayOrderError(first=current.valid_from)
    left = MatterVersion.objects.filter(matter__parent=matter, valid_to=None).count()
    if left:
        raise MatterInUseError(count=left, name=current.name)
    current.valid_to = on
    current.save(update_fields=["valid_to"])
    versions.bump(MATTERS_STAMP)
    after = {"valid_to": on.isoformat()}
    audit.record(verb="roster.matter_ended", by=by, at=at, thing=matter, after=after)


def _check(facts: MatterFacts) -> None:
    if not is_matter_code(facts.code):
        raise MatterCodeError(code=facts.code)
    for kind in unknown_place_kinds(facts.place_kinds):
        raise PlaceKindError(value=kind)
    if facts.valid_from and facts.valid_to and facts.valid_to <= facts.valid_from:
        raise DayOrderError(first=facts.valid_from)


def _new(facts: MatterFacts, known: dict[str, Matter] | None = None) -> Matter:
    if known is None:
        wanted = [facts.code, class_code_of(facts.code)]
        known = {one.code: one for one in Matter.objects.filter(code__in=wanted)}
        if facts.code in known:
            raise MatterCodeTakenError(code=facts.code, name=_name_of(known[facts.code]))
    above = class_code_of(facts.code)
    if above and above not in known:
        raise UnknownClassError(parent=above, code=facts.code)
    return Matter.objects.create(
        code=facts.code, parent=known.get(above), local_code=facts.local_code
    )


def _change(matter: Matter, facts: MatterFacts) -> dict[str, Any] | None:
    """Close or take away the present version, as the new one needs; return what it said."""
    if facts.code != matter.code:
        raise MatterCodeTakenError(code=matter.code, name=_name_of(matter))
    if facts.local_code != matter.local_code:
        matter.local_code = facts.local_code
        matter.save(update_fields=["local_code"])
    current = matter.versions.order_by("-valid_from").first()
    if current is None:
        return None
    began = facts.valid_from or current.valid_from
    closed = current.valid_to is not None and began < current.valid_to
    if began < current.valid_from or (closed and began != current.valid_from):
        raise EarlierDayError(first=current.valid_to or current.valid_from)
    before = {"name": current.name, "place_kinds": current.place_kinds}
    if began == current.valid_from:
        current.delete()
    elif current.valid_to is None:
        current.valid_to = began
        current.save(update_fields=["valid_to"])
    return before


def _write_version(matter: Matter, facts: MatterFacts) -> None:
    if facts.valid_from is None:
        raise DayOrderError(first="-")
    MatterVersion.objects.create(
        matter=matter,
        name=facts.name,
        name_en=facts.name_en,
        description=facts.description,
        place_kinds=list(facts.place_kinds),
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
    )


def _open_version(matter: Matter) -> MatterVersion | None:
    return matter.versions.filter(valid_to=None).first()


def _name_of(matter: Matter) -> str:
    newest = matter.versions.order_by("-valid_from").first()
    return newest.name if newest else matter.code


def _said(facts: MatterFacts) -> dict[str, Any]:
    return {
        "code": facts.code,
        "name": facts.name,
        "place_kinds": list(facts.place_kinds),
        "valid_from": facts.valid_from.isoformat() if facts.valid_from else None,
    }
