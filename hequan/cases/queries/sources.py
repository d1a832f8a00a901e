"""What other systems ask of the one window (外部系统查询): sent before, and what a class asks."""

from dataclasses import dataclass
from datetime import datetime

from hequan.cases.kinds import OPEN_STATES, CaseChannel
from hequan.cases.models import Case, CaseSource
from hequan.cases.queries.status import matter_with_code
from hequan.cases.queries.terms import terms_for
from hequan.roster.days import day_of
from hequan.roster.queries.matters import catalogue_on


def case_sent_as(form_key: str, *, since: datetime) -> Case | None:
    """Return the case that this sending of a form became, if it came since then."""
    return Case.objects.filter(form_key=form_key, opened_at__gte=since).first()


def conditions_of(code: str, at: datetime) -> str:
    """Return on what condition a class is filed, empty where it says none."""
    matter = matter_with_code(code, at)
    return terms_for(matter, day_of(at)).file_condition if matter else ""


@dataclass(frozen=True, slots=True)
class KnownCase:
    """What is here of a case of another system; untouched is one that nobody moved here."""

    pk: int
    closed_at: datetime | None
    due_at: datetime | None
    words: str
    answer: str
    is_untouched: bool
    is_open: bool


def cases_from(source: str) -> dict[str, KnownCase]:
    """Return every case taken over from a source, by its number there: one query."""
    rows = CaseSource.objects.filter(source=source).values_list(
        *("number", "case", "case__closed_at", "due_at", "case__words", "case__answer"),
        *("case__version", "case__channel", "case__state"),
    )
    found = {}
    for row in rows.iterator(chunk_size=5000):
        number, pk, closed_at, due_at, words, answer, version, channel, state = row
        is_untouched = version == 0 and channel == CaseChannel.IMPORTED
        is_open = state in OPEN_STATES
        found[number] = KnownCase(pk, closed_at, due_at, words, answer, is_untouched, is_open)
    return found


def matter_codes(at: datetime) -> dict[str, str]:
    """Return the codes of the matters in force by everything they are called, a code first."""
    rows = catalogue_on(day_of(at)).by_code.values()
    found: dict[str, str] = {}
    for row in rows:
        for said in (row.name, row.name_en, row.local_code):
            found.setdefault(said.casefold(), row.code)
    found |= {row.code: row.code for row in rows}
    found.pop("", None)
    return found
