"""Retention carried out (留存清理): every night, what is past its time is deleted or emptied.

In batches, each in a transaction with its proof, so a killed run leaves no row gone without one and
the next goes on where it stopped.
"""

from datetime import UTC, date, datetime, time
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.personal import OnErase, TableTags
from hequan.core.personal_rows import blank_rows, delete_rows, empty_value, tagged_models
from hequan.people.models import RetentionProof
from hequan.people.retention import digest_of, past_before, rule_of

BATCH = 500


def clear_what_is_past(*, by: Account, at: datetime) -> dict[str, int]:
    """Delete or empty the rows of every table that are past their time; return how many by table.

    Doing it again finds nothing. A table that cannot be cleared stops no other: its error is raised
    after all have had their turn.
    """
    cleared: dict[str, int] = {}
    failed: list[Exception] = []
    for model, tags in tagged_models():
        if not (tags.retention and tags.ends) or tags.at_the_end is OnErase.KEEP:
            continue
        try:
            count = _clear_table(model, tags, by, at)
        except Exception as error:
            failed.append(error)
        else:
            cleared |= {model._meta.label_lower: count} if count else {}
    if failed:
        raise ExceptionGroup("tables that could not be cleared", failed)
    return cleared


def _clear_table(model: type[models.Model], tags: TableTags, by: Account, at: datetime) -> int:
    count = 0
    while batch := _clear_batch(model, tags, by, at):
        count += batch
    return count


@transaction.atomic
def _clear_batch(model: type[models.Model], tags: TableTags, by: Account, at: datetime) -> int:
    past = model._default_manager.filter(_past(model, tags, at))
    rows = list(past.order_by("pk").values_list("pk", tags.ends)[:BATCH])
    if not rows:
        return 0
    pks = [pk for pk, _end in rows]
    if tags.at_the_end is OnErase.DELETE:
        delete_rows(model, pks)
    else:
        blank_rows(model, tags, pks)
    _prove(model, tags, rows, by, at)
    return len(rows)


def _past(model: type[models.Model], tags: TableTags, at: datetime) -> Q:
    limit: Any = past_before(tags, at)
    *steps, last = tags.ends.split("__")
    there = model
    for step in steps:
        there = there._meta.get_field(step).related_model  # type: ignore[assignment]
    if not isinstance(there._meta.get_field(last), models.DateTimeField):
        limit = limit.date()
    past = Q(**{f"{tags.ends}__lt": limit})
    return past & _not_empty(model, tags) if tags.at_the_end is OnErase.BLANK else past


def _not_empty(model: type[models.Model], tags: TableTags) -> Q:
    """Rows emptied before are left out, else every night would find them again."""
    full = Q(pk__in=[])
    for name in tags.emptied:
        empty = empty_value(model, tags, name, "")
        field = model._meta.get_field(name)
        if tags.fields[name].blanked:
            full |= ~Q(**{f"{name}__startswith": tags.fields[name].blanked.partition("{")[0]})
        elif empty is None:
            full |= Q(**{f"{name}__isnull": False})
        else:
            full |= ~Q(**{name: empty}) & Q(**{f"{field.name}__isnull": False})
    return full


def _prove(
    model: type[models.Model],
    tags: TableTags,
    rows: list[tuple[Any, Any]],
    by: Account,
    at: datetime,
) -> None:
    ends = [_moment(end) for _pk, end in rows]
    key = {"table": model._meta.label_lower, "rule": rule_of(tags)[:64], "at": at}
    proof = RetentionProof.objects.select_for_update().filter(**key).first()
    new = proof is None
    if proof is None:
        proof = RetentionProof(**key, count=0, oldest=ends[0], newest=ends[0], ids_digest="")
    proof.count += len(rows)
    proof.oldest, proof.newest = min(proof.oldest, *ends), max(proof.newest, *ends)
    proof.ids_digest = digest_of((pk for pk, _end in rows), proof.ids_digest)
    proof.save()
    if new:
        after = {"table": proof.table, "rule": proof.rule}
        record(verb="people.retention_kept", by=by, at=at, thing=proof, after=after)


def _moment(end: date | datetime) -> datetime:
    return end if isinstance(end, datetime) else datetime.combine(end, time(), UTC)
