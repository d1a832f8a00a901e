"""Reading the case library: found by words and class, and what was done like this elsewhere."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from hequan.cases.library import (
    LEAST_ALIKE,
    Candidate,
    Hit,
    WhyShown,
    WriteUpState,
    asked_grams,
    choose_alike,
    ranked,
    rarest,
    shared_words,
    single,
    span_of,
    weights_of,
)
from hequan.cases.library import LEAST_HELD as HELD
from hequan.cases.models import Case, WriteUp, WriteUpGram
from hequan.cases.queries.status import matter_row
from hequan.roster.matters import MatterRow

MOST_FOUND = 40
_OF_A_CLASS = 20
_HEAVIEST = 200
_BESIDE = 12  # the nearest by words that are looked at


@dataclass(frozen=True)
class WriteUpLine:
    """A write-up as a list shows it."""

    pk: int
    title: str
    problem: str
    matter: MatterRow | None
    place_kind: str
    unit: str
    author: str
    state: str
    written_at: datetime
    published_at: datetime | None


@dataclass(frozen=True)
class Alike:
    """A write-up beside a case, and why it is shown."""

    line: WriteUpLine
    deed: str
    why: tuple[WhyShown, ...]
    words: tuple[str, ...]  # those of the case that it bears too


def write_up_line(row: WriteUp, at: datetime) -> WriteUpLine:
    """Return a write-up, loaded with matter, author and its case's unit, as a list shows it."""
    return WriteUpLine(
        pk=row.pk,
        title=row.title,
        problem=row.problem,
        matter=matter_row(row.matter, at),
        place_kind=row.place_kind,
        unit=row.case.unit.name,
        author=row.author.name or row.author.username,
        state=row.state,
        written_at=row.written_at,
        published_at=row.published_at,
    )


def published_write_ups(class_code: str = "") -> QuerySet[WriteUp]:
    """Return what is published, of one class or all, the newest first."""
    rows = WriteUp.objects.filter(state=WriteUpState.PUBLISHED)
    if class_code:
        rows = rows.filter(matter__code__startswith=class_code)
    rows = rows.select_related("case__unit", "matter", "author")
    return rows.order_by("-published_at", "-pk")


def write_ups_found(words: str, class_code: str = "") -> list[WriteUp]:
    """Return the published write-ups that bear what is asked, the best first: four queries."""
    hits = _hits(words, HELD, class_code)[0][:MOST_FOUND]
    shown = published_write_ups().defer("deed", "key")  # a list shows neither
    rows = shown.in_bulk([one.write_up for one in hits])
    return [rows[one.write_up] for one in hits if one.write_up in rows]


def _hits(
    words: str, least: float, class_code: str = "", but: int | None = None
) -> tuple[tuple[Hit, ...], tuple[int, ...]]:
    """Return what fits the words, and the pairs that were looked up."""
    asked = asked_grams(words)
    if not asked:
        return (), ()
    counts = dict.fromkeys(asked, 0) | dict(_counted(asked))
    chosen = rarest(counts)
    if not chosen:
        return (), ()
    rows = WriteUpGram.objects.filter(_any_of(chosen))
    if class_code:
        rows = rows.filter(write_up__matter__code__startswith=class_code)
    if but is not None:
        rows = rows.exclude(write_up=but)
    found = rows.order_by().values_list("gram", "write_up", "weight")
    if len(chosen) == 1:  # nothing but the weight tells them apart
        found = found.order_by("-weight", "-write_up")[:_HEAVIEST]
    alone = {gram >> 21: gram for gram in chosen if single(gram)}
    postings = ((alone.get(gram >> 21, gram), pk, weight) for gram, pk, weight in found)
    there = WriteUp.objects.filter(state=WriteUpState.PUBLISHED).count()
    return ranked(postings, counts, there, least), chosen


def _counted(asked: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield how many write-ups bear each pair."""
    pairs = [gram for gram in asked if not single(gram)]
    rows = WriteUpGram.objects.filter(gram__in=pairs).order_by().values_list("gram")
    yield from rows.annotate(n=Count("pk"))
    for gram in asked:
        if single(gram):
            borne = WriteUpGram.objects.filter(gram__range=span_of(gram))
            yield gram, borne.values("write_up").distinct().count()


def _any_of(grams: Collection[int]) -> Q:
    wanted = Q(gram__in=[gram for gram in grams if not single(gram)])
    for gram in grams:
        if single(gram):
            wanted |= Q(gram__range=span_of(gram))
    return wanted


def done_elsewhere(case: Case, at: datetime) -> list[Alike]:
    """Return up to three write-ups like a case, each with why it is shown: at most six queries."""
    own = WriteUp.objects.filter(case=case).values_list("pk", flat=True).first()
    hits, chosen = _hits(case.words, LEAST_ALIKE, but=own)
    scores = {one.write_up: one.score for one in hits[:_BESIDE]}
    code = case.matter.code if case.matter else ""
    rows = {row.pk: row for row in published_write_ups().filter(pk__in=scores)}
    if code:
        same = published_write_ups(code[:2]).exclude(case=case)
        exact = published_write_ups(code).exclude(case=case)
        rows |= {row.pk: row for part in (same, exact) for row in part[:_OF_A_CLASS]}
    found = [
        Candidate(row.pk, row.matter.code if row.matter else "", scores.get(row.pk, 0.0))
        for row in rows.values()
    ]
    return [
        _alike(rows[one.write_up], why, case, chosen, at) for one, why in choose_alike(code, found)
    ]


def _alike(
    row: WriteUp, why: tuple[WhyShown, ...], case: Case, chosen: Collection[int], at: datetime
) -> Alike:
    borne = set(weights_of(row.title, row.problem, row.deed, row.key)) & set(chosen)
    words = shared_words(case.words, borne) if WhyShown.ALIKE_WORDS in why else ()
    return Alike(write_up_line(row, at), row.deed, why, words)


def write_up_of(case: Case) -> WriteUp | None:
    """Return the write-up of a case, None for none."""
    return WriteUp.objects.filter(case=case).select_related("author").first()
