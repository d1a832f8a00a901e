"""Events of cases, read (工单事件): who hears of a step, and what is told of it."""

from django.conf import settings

from hequan.cases.events import EventKind, cloud_event, kinds_of_step
from hequan.cases.models import CaseStep, Webhook
from hequan.cases.queries.public import level_shown
from hequan.core import versions
from hequan.territory.models import Unit
from hequan.territory.paths import ids_in
from hequan.territory.queries import codes_of_units

STAMP = "cases.webhooks"
_any = versions.Kept(lambda: (Webhook.objects.filter(ended_at=None).exists(),), STAMP)


def has_webhooks() -> bool:
    """Tell whether anybody hears of cases: one query of a stamp."""
    return _any.get()[0]


def webhooks() -> list[Webhook]:
    """Return every address in use, then those ended, the newest first: one query."""
    rows = Webhook.objects.select_related("unit")
    return sorted(rows, key=lambda row: (row.ended_at is not None, -row.pk))


def event_calls(step: int) -> list[tuple[int, EventKind]]:
    """Return which webhooks are to be called with what for a step: two queries."""
    row = CaseStep.objects.select_related("unit", "case__unit").filter(pk=step).first()
    if row is None:
        return []
    kinds = kinds_of_step(row.move, row.from_state, row.to_state, is_public=row.is_public)
    shown = _shown(_unit_of(row), is_confidential=row.case.is_confidential)
    path = shown.path if shown else ""  # who hears of it tells no more of the place than the words
    there = Webhook.objects.filter(ended_at=None).select_related("unit").order_by("pk")
    return [
        (one.pk, kind)
        for one in there
        if path.startswith(one.unit.path)
        for kind in kinds
        if kind in one.types
    ]


def event_of(step: int, kind: EventKind) -> bytes | None:
    """Return what is told of a step: number, class, unit, state, times, and where to look.

    Nothing anybody said, nobody's name, no point; a confidential case is placed no closer than its
    committee. None for a step that is gone.
    """
    rows = CaseStep.objects.select_related("case__unit", "unit", "matter")
    row = rows.filter(pk=step).first()
    if row is None:
        return None
    case, unit = row.case, _unit_of(row)
    promised = row.solve_due_at.isoformat() if row.solve_due_at else None
    told = {
        "number": case.number,
        "class": row.matter.code if row.matter else "",
        "unit": _code_shown(unit, is_confidential=case.is_confidential),
        "state": row.to_state,
        "move": row.move,
        "opened_at": case.opened_at.isoformat(),
        "promised_at": promised,
        "link": f"{_origin()}/board/cases/{case.pk}/",
    }
    source = f"{_origin()}/board/cases/"
    return cloud_event(kind, row.pk, case.number, source, row.at, told)


def _unit_of(row: CaseStep) -> Unit:
    """Return where the case lay then."""
    return row.unit or row.case.unit


def _code_shown(unit: Unit, *, is_confidential: bool) -> str:
    shown = _shown(unit, is_confidential=is_confidential)
    return codes_of_units([shown.pk]).get(shown.pk, "") if shown else ""


def _shown(unit: Unit, *, is_confidential: bool) -> Unit | None:
    """Return the smallest unit that may be told as the place."""
    ids = ids_in(unit.path)
    trail = Unit.objects.in_bulk(ids)
    way = [trail[pk] for pk in reversed(ids)]
    return next((one for one in way if level_shown(one.level, is_confidential)), None)


def _origin() -> str:
    """Return the address of this site, empty where the operator has named none."""
    return str(next(iter(settings.CSRF_TRUSTED_ORIGINS), ""))
