"""Written opening hours (开放时间文字): read into rules and written back from them.

Reads what people write (`周一至周五 09:00-12:00,13:00-17:00;周六 9:00-12:00;法定节假日除外`,
`Mon-Fri 9am-5pm`) and the simple part of OpenStreetMap's `opening_hours`. A later piece adds its
hours to a day that has others; where they overlap it replaces them if it names fewer days. Square
brackets name a season and a validity for all that follows: `[夏季 06-01~08-31 2024-01-01~]`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from hequan.stations.hours import WEEKDAYS, HoursError, Rule, clock_text
from hequan.stations.hours_tokens import Token, TokenKind, tokens_of
from hequan.stations.kinds import OpeningDay

_SEASON = re.compile(r"(\d\d-\d\d)~(\d\d-\d\d)")
_VALIDITY = re.compile(r"(\d{4}-\d\d-\d\d)?~(\d{4}-\d\d-\d\d)?")
_EVERY_DAY = (*WEEKDAYS, OpeningDay.HOLIDAY)
_ENGLISH = dict(
    zip(_EVERY_DAY, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "PH"), strict=True)
)
_CHINESE = dict(
    zip(
        _EVERY_DAY,
        ("周一", "周二", "周三", "周四", "周五", "周六", "周日", "法定节假日"),
        strict=True,
    )
)


@dataclass(frozen=True)
class _Part:
    """When what follows stands: season and validity."""

    season: str = ""
    season_from: str = ""
    season_to: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class _Piece:
    """Days and their hours as one piece of the text says them; no times = shut."""

    days: tuple[OpeningDay, ...]
    times: tuple[tuple[int, int], ...]
    part: _Part


def parse_hours(text: str, *, later_replaces: bool = False) -> tuple[Rule, ...]:
    """Return the rules that written hours stand for; an empty text gives none.

    `later_replaces` follows OpenStreetMap to the letter: a later piece always replaces a day.
    Raises HoursError with the piece that cannot be read.
    """
    by_day: dict[tuple[_Part, OpeningDay], list[tuple[tuple[int, int], int]]] = {}
    for piece in _pieces(tokens_of(text)):
        for day in piece.days:
            _lay(by_day.setdefault((piece.part, day), []), piece, later_replaces)
    order = {part: n for n, part in enumerate(dict.fromkeys(part for part, _ in by_day))}
    rules = [
        _rule(part, day, times)
        for (part, day), laid in by_day.items()
        for times, _ in laid
        if times != (0, 0) or _says_more(part, day, by_day)
    ]
    days = list(OpeningDay)
    return tuple(
        sorted(rules, key=lambda r: (order[_part_of(r)], days.index(r.day), r.opens, r.closes))
    )


def _says_more(part: _Part, day: OpeningDay, by_day: dict) -> bool:
    """A weekday shut all year needs no row; shut on a holiday or in a season does."""
    return day == OpeningDay.HOLIDAY or bool(part.season_from) or len(by_day) == 1


def _lay(laid: list[tuple[tuple[int, int], int]], piece: _Piece, later_replaces: bool) -> None:
    width = len(piece.days)
    times = piece.times or ((0, 0),)
    replaces = later_replaces or not piece.times or any(t == (0, 0) for t, _ in laid)
    overlapping = [(t, w) for t, w in laid for new in times if t[0] < new[1] and new[0] < t[1]]
    if replaces or (overlapping and all(w > width for _, w in overlapping)):
        laid.clear()
    laid += [(new, width) for new in times]


def _pieces(tokens: Iterable[Token]) -> list[_Piece]:
    found: list[_Piece] = []
    standing = part = _Part()
    days: list[OpeningDay] = []
    times: list[tuple[int, int]] = []
    said = ""
    for token in [*tokens, Token(TokenKind.END, "")]:
        if (
            token.kind in (TokenKind.DAYS, TokenKind.END, TokenKind.SEASON, TokenKind.PART)
            and times
        ):
            found.append(_piece(days, times, part))
            days, times, said = [], [], ""
        if token.kind == TokenKind.DAYS:
            days += token.days
            said = token.text
        elif token.kind == TokenKind.TIMES:
            times.append(token.times)
        elif token.kind == TokenKind.OFF:
            found.append(_Piece(tuple(days) or WEEKDAYS, (), part))
            days, said = [], ""
        elif token.kind == TokenKind.SEASON:
            part = replace(standing, season_from=token.season[0], season_to=token.season[1])
        elif token.kind == TokenKind.PART:
            standing = part = _read_part(token.text)
        elif said:
            raise HoursError("days-without-times", said)
        else:
            part = standing
    return found


def _piece(days: Sequence[OpeningDay], times: Sequence[tuple[int, int]], part: _Part) -> _Piece:
    return _Piece(tuple(dict.fromkeys(days)) or WEEKDAYS, tuple(times), part)


def _read_part(text: str) -> _Part:
    part = _Part()
    names: list[str] = []
    for word in text.split():
        if season := _SEASON.fullmatch(word):
            part = replace(part, season_from=season[1], season_to=season[2])
        elif (validity := _VALIDITY.fullmatch(word)) and word != "~":
            part = replace(part, valid_from=_day(validity[1]), valid_to=_day(validity[2]))
        else:
            names.append(word)
    if names and not part.season_from:
        raise HoursError("season-without-days", text)
    return replace(part, season=" ".join(names)[:32])


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise HoursError("validity", text or "") from None


def _rule(part: _Part, day: OpeningDay, times: tuple[int, int]) -> Rule:
    return Rule(
        day,
        *times,
        season=part.season,
        season_from=part.season_from,
        season_to=part.season_to,
        valid_from=part.valid_from,
        valid_to=part.valid_to,
    )


def _part_of(rule: Rule) -> _Part:
    return _Part(rule.season, rule.season_from, rule.season_to, rule.valid_from, rule.valid_to)


def hours_text(rules: Iterable[Rule], *, chinese: bool = False) -> str:
    """Return rules in the form `parse_hours` reads, days with the same hours taken together."""
    parts: dict[_Part, list[Rule]] = {}
    for rule in rules:
        parts.setdefault(_part_of(rule), []).append(rule)
    plain_first = sorted(parts, key=lambda part: part != _Part())
    return "; ".join(_part_text(part, parts[part], chinese) for part in plain_first)


def _part_text(part: _Part, rules: list[Rule], chinese: bool) -> str:
    by_day = {day: _day_text(day, rules, chinese) for day in _EVERY_DAY}
    groups = [(times, list(days)) for times, days in groupby(_EVERY_DAY, key=by_day.__getitem__)]
    pieces = [f"{_days_text(days, chinese)} {times.strip()}" for times, days in groups if times]
    bracket = _bracket(part)
    return f"{bracket} {'; '.join(pieces)}" if bracket else "; ".join(pieces)


def _day_text(day: OpeningDay, rules: list[Rule], chinese: bool) -> str:
    own = sorted((r for r in rules if r.day == day), key=lambda r: r.opens)
    times = ",".join(_times_text(r, chinese) for r in own)
    # The blank keeps a holiday with Sunday's hours out of Sunday's group.
    return f" {times}" if times and day == OpeningDay.HOLIDAY else times


def _times_text(rule: Rule, chinese: bool) -> str:
    if rule.is_shut:
        return "休息" if chinese else "off"
    closes = rule.closes - 1440 if 1440 < rule.closes <= 1440 + rule.opens else rule.closes
    if closes > 1440:
        next_day = "次日" if chinese else "next day "
        return f"{clock_text(rule.opens)}-{next_day}{clock_text(closes - 1440)}"
    return f"{clock_text(rule.opens)}-{clock_text(closes)}"


def _days_text(days: list[OpeningDay], chinese: bool) -> str:
    names = _CHINESE if chinese else _ENGLISH
    if len(days) == 1:
        return names[days[0]]
    if len(days) == 2:
        return ("、" if chinese else ",").join(names[day] for day in days)
    return names[days[0]] + ("至" if chinese else "-") + names[days[-1]]


def _bracket(part: _Part) -> str:
    words = [part.season] if part.season else []
    if part.season_from:
        words.append(f"{part.season_from}~{part.season_to}")
    if part.valid_from or part.valid_to:
        words.append(f"{part.valid_from or ''}~{part.valid_to or ''}")
    return f"[{' '.join(words)}]" if words else ""
