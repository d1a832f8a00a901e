"""Photos of a case as pages show them (照片): on the board, to the asker, and to everybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from hequan.cases.access import photos_with_link
from hequan.cases.kinds import PhotoKind
from hequan.cases.models import Case, CasePhoto, CaseStep
from hequan.cases.moves import MoveName
from hequan.cases.queries.terms import terms_for
from hequan.roster.days import day_of

EVIDENCE = (PhotoKind.BEFORE, PhotoKind.AFTER)


@dataclass(frozen=True)
class PhotoLine:
    """One photo without its file; width and height are those of the full one, in pixels."""

    pk: int
    kind: str
    added_at: datetime
    width: int
    height: int
    is_released: bool


def photos_of(case: Case) -> tuple[PhotoLine, ...]:
    """Return every photo of a case, the oldest first: one query."""
    return _lines(CasePhoto.objects.filter(case=case))


def photos_for_asker(case: Case) -> tuple[PhotoLine, ...]:
    """Return the photos of the asker's page, the oldest first: one query."""
    return _lines(photos_with_link(case))


def released_photos(cases: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return by case the photos that public pages may show: one query."""
    rows = CasePhoto.objects.filter(case__in=cases, is_released=True).order_by("pk")
    found: dict[int, tuple[int, ...]] = {}
    for case, pk in rows.values_list("case", "pk"):
        found[case] = (*found.get(case, ()), pk)
    return found


def lacks_evidence(case: Case) -> bool:
    """Tell whether the class wants a photo of the work and none came since it was last reopened."""
    if not terms_for(case.matter, day_of(case.opened_at)).needs_evidence:
        return False
    rows = CasePhoto.objects.filter(case=case, kind__in=EVIDENCE)
    if case.reopened_times:
        steps = CaseStep.objects.filter(case=OuterRef("case"), move=MoveName.REOPEN)
        rows = rows.filter(step__gt=Subquery(steps.order_by("-pk").values("pk")[:1]))
    return not rows.exists()


def _lines(rows: QuerySet[CasePhoto]) -> tuple[PhotoLine, ...]:
    names = ("pk", "kind", "added_at", "width", "height", "is_released")
    return tuple(PhotoLine(*row) for row in rows.order_by("pk").values_list(*names))
