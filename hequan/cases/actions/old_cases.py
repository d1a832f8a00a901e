"""Taking over old cases (旧案导入): closed as they are, no clock, no news, nobody told.

Their own number and days stay; whoever imports is the first responder here. One that is still open
waits in triage without a deadline, until somebody takes it up.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from hequan.cases.kinds import CaseChannel, CaseState, TriageReason
from hequan.cases.models import Case, CaseSource, CaseStep
from hequan.cases.numbers import new_link, new_number
from hequan.cases.old_cases import OldCase
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.quick_rows import insert_rows
from hequan.roster.days import day_of

MOVE = "import"
_BATCH = 2000
Row = dict[str, Any]


@transaction.atomic
def take_over_cases(*, rows: Sequence[OldCase], source: str, by: Account, at: datetime) -> None:
    """Write cases that are not here yet; none of their numbers may be known from this source."""
    for some in _batches(rows):
        _take_over(some, source, by, at)
    record(verb="cases.imported", by=by, at=at, thing=Case, after=_said(source, len(rows)))


@transaction.atomic
def renew_old_cases(*, rows: Mapping[int, OldCase], source: str, by: Account, at: datetime) -> None:
    """Write what the other system now says of old cases, by case; one moved here stays as it is."""
    count = 0
    for pk, row in rows.items():
        told = _standing(row) | {"words": row.words, "answer": row.answer}
        if not Case.objects.filter(pk=pk, version=0, channel=CaseChannel.IMPORTED).update(**told):
            continue
        count += 1
        CaseSource.objects.filter(case=pk).update(due_at=row.due_at)
        said = {"from_state": "", "to_state": told["state"], "words": f"{source} {row.number}"}
        CaseStep.objects.create(case_id=pk, move=MOVE, by=by, at=at, **said)
    record(verb="cases.imported_again", by=by, at=at, thing=Case, after=_said(source, count))


def _said(source: str, count: int) -> Row:
    return {"source": source, "count": count}


def _batches(rows: Sequence[OldCase]) -> Iterator[list[OldCase]]:
    left = iter(rows)
    while some := list(islice(left, _BATCH)):
        yield some


def _take_over(some: Sequence[OldCase], source: str, by: Account, at: datetime) -> None:
    numbers = _numbers(some)
    cases = [_case(row, number, by) for row, number in zip(some, numbers, strict=True)]
    _insert(Case, cases)
    keys = dict(Case.objects.filter(number__in=numbers).values_list("number", "pk"))
    pks = [keys[number] for number in numbers]
    told = zip(pks, some, strict=True)
    _insert(CaseSource, [_source(pk, row, source) for pk, row in told])
    told = zip(pks, cases, some, strict=True)  # type: ignore[assignment]
    _insert(CaseStep, [_step(pk, case, f"{source} {row.number}", by, at) for pk, case, row in told])  # type: ignore[misc]


def _numbers(some: Sequence[OldCase]) -> list[str]:
    """Draw our own numbers by the day each was opened, none twice and none that is there."""
    drawn: dict[str, None] = {}
    for row in some:
        number = new_number(day_of(row.opened_at))
        while number in drawn:
            number = new_number(day_of(row.opened_at))
        drawn[number] = None
    if Case.objects.filter(number__in=list(drawn)).exists():
        return _numbers(some)  # one in millions: all are drawn anew
    return list(drawn)


def _standing(row: OldCase) -> Row:
    """Return what an old case says of itself in the columns of a case; its limits are its own."""
    due = row.due_at or row.closed_at or row.opened_at
    open_one = row.closed_at is None
    return {
        "state": CaseState.TRIAGE if open_one else CaseState.CLOSED,
        "triage_reason": _why(row) if open_one else "",
        "due_at": None,
        "contact_due_at": due,
        "accept_due_at": due,
        "solve_due_at": due,
        "closed_at": row.closed_at,
    }


def _why(row: OldCase) -> str:
    return TriageReason.NO_CLASS if row.matter is None else TriageReason.NOBODY_ANSWERS


def _case(row: OldCase, number: str, by: Account) -> Row:
    return _standing(row) | {
        "number": number,
        "link": new_link(),
        "channel": CaseChannel.IMPORTED,
        "matter": row.matter,
        "words": row.words,
        "place_words": row.place_words,
        "answer": row.answer,
        "lon": row.lon,
        "lat": row.lat,
        "unit": row.unit,
        "first_responder": by.pk,
        "opened_at": row.opened_at,
    }


def _source(pk: int, row: OldCase, source: str) -> Row:
    return {"case": pk, "source": source, "number": row.number, "due_at": row.due_at}


def _step(pk: int, case: Row, words: str, by: Account, at: datetime) -> Row:
    where = {"unit": case["unit"], "matter": case["matter"]}
    told = {"case": pk, "move": MOVE, "to_state": case["state"], "words": words}
    return {**told, **where, "by": by.pk, "at": at}


def _insert(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert rows, each column that is not told with the default of its field."""
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    ready = [(one.name, one.get_default(), _prepared(one)) for one in fields]
    names = [name for name, _default, _prepare in ready]
    insert_rows(
        model,
        names,
        ([prepare(row.get(name, default)) for name, default, prepare in ready] for row in rows),
    )


def _prepared(field: Any) -> Any:
    """Return what makes a value of the field fit the database: only moments and seals need it."""
    if isinstance(field, models.DateTimeField):
        return lambda value: field.get_db_prep_value(value, connection)
    if isinstance(field, models.TextField | models.CharField):
        return lambda value: field.get_prep_value(value)
    return lambda value: value
