"""The figures of a coverage page, read from a run and put in the order the page asks for."""

from dataclasses import dataclass
from typing import Any

from hequan.stations import queries
from hequan.territory.kinds import AgeBand
from hequan.web.board.coverage_question import CIRCLE, CoverageQuestion
from hequan.web.words import word


@dataclass(frozen=True)
class Headline:
    """The share of people within one limit, beside what a straight line would claim."""

    minutes: int
    share: float | None
    straight: float | None
    people: int | None


@dataclass(frozen=True)
class Part:
    """One row of the table: a unit or a circle."""

    name: str
    unit_id: int | None
    people: int
    by_minute: tuple[tuple[int, float | None], ...]
    share: float | None
    outside: int

    @property
    def shares(self) -> tuple[float | None, ...]:
        """Return the shares alone, from the shortest limit to the longest."""
        return tuple(share for _minutes, share in self.by_minute)


@dataclass(frozen=True)
class Age:
    """Shares of one age band of the whole unit."""

    band: str
    words: str
    shares: tuple[float | None, ...]


@dataclass(frozen=True)
class CoverageView:
    """Everything a coverage page shows of one run."""

    people: int
    unreachable: int
    headlines: tuple[Headline, ...]
    minutes: tuple[int, ...]
    parts: tuple[Part, ...]
    ages: tuple[Age, ...]
    gaps: tuple[Any, ...]

    def for_chart(self) -> dict[str, Any]:
        """Return the numbers a chart draws, in plain lists."""
        return {
            "minutes": list(self.minutes),
            "parts": [{"name": p.name, "shares": list(p.shares)} for p in self.parts],
            "ages": [{"name": a.words, "shares": list(a.shares)} for a in self.ages],
        }


def coverage_view(run: Any, unit: Any, question: CoverageQuestion) -> CoverageView:
    """Read the run's figures of this unit as the question asks for them."""
    minutes = tuple(run.minutes)
    whole = next(iter(queries.coverage_units(run.pk, unit.level, unit.path)), None)
    summary = run.figures.get("profiles", {}).get(question.profile, {})
    is_whole_run = run.unit_id == unit.pk
    return CoverageView(
        people=whole.people if whole else run.figures.get("people", 0),
        unreachable=summary.get("unreachable_people", 0) if is_whole_run else 0,
        headlines=_headlines(whole, summary, question, minutes, is_whole_run),
        minutes=minutes,
        parts=_sorted(_parts(run, unit, question, minutes), question.sort),
        ages=_ages(whole, question, minutes),
        gaps=queries.coverage_gaps(run.pk, question.profile, limit=40),
    )


def _headlines(
    whole: Any,
    summary: dict[str, Any],
    question: CoverageQuestion,
    minutes: tuple[int, ...],
    is_whole_run: bool,
) -> tuple[Headline, ...]:
    within = whole.within.get(question.profile, {}) if whole else {}
    shares = whole.shares.get(question.profile, {}) if whole else {}
    straight = summary.get("straight_share_within", {}) if is_whole_run else {}
    told = summary.get("share_within", {}) if is_whole_run else {}
    return tuple(
        Headline(m, shares.get(m, told.get(str(m))), straight.get(str(m)), within.get(m))
        for m in minutes
    )


def _parts(run: Any, unit: Any, question: CoverageQuestion, minutes: tuple[int, ...]) -> list[Part]:
    if question.by == CIRCLE:
        rows = queries.coverage_circles(run.pk)
    else:
        rows = queries.coverage_units(run.pk, question.by, unit.path)
    return [_part(row, question, minutes) for row in rows]


def _part(row: Any, question: CoverageQuestion, minutes: tuple[int, ...]) -> Part:
    shares = row.shares.get(question.profile, {})
    within = row.within.get(question.profile, {})
    return Part(
        name=row.name,
        unit_id=row.unit_id,
        people=row.people,
        by_minute=tuple((m, shares.get(m)) for m in minutes),
        share=shares.get(question.minutes),
        outside=row.people - within.get(question.minutes, 0),
    )


def _sorted(parts: list[Part], sort: str) -> tuple[Part, ...]:
    keys = {
        "share": lambda p: (p.share is None, p.share or 0.0, p.name),
        "name": lambda p: (p.name,),
        "people": lambda p: (-p.people, p.name),
    }
    return tuple(sorted(parts, key=keys[sort]))


def _ages(whole: Any, question: CoverageQuestion, minutes: tuple[int, ...]) -> tuple[Age, ...]:
    by_band = whole.by_age.get(question.profile, {}) if whole else {}
    return tuple(
        Age(band, str(word(band)), tuple(by_band.get(band, {}).get(m) for m in minutes))
        for band in AgeBand
        if band in by_band
    )
