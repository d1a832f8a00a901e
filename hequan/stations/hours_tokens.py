"""The words of written opening hours (开放时间的写法): days, times and seasons cut into tokens.

Chinese, English and OpenStreetMap's short form are read alike; `hours_text` makes rules of them.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from hequan.stations.hours import MIDNIGHT, WEEKDAYS, HoursError
from hequan.stations.kinds import OpeningDay


class TokenKind(StrEnum):
    """What a token says."""

    DAYS = "days"
    TIMES = "times"
    OFF = "off"
    SEASON = "season"
    PART = "part"
    END = "end"


@dataclass(frozen=True)
class Token:
    """One piece of written hours; which field is filled depends on the kind."""

    kind: TokenKind
    text: str
    days: tuple[OpeningDay, ...] = ()
    times: tuple[int, int] = (0, 0)
    season: tuple[str, str] = ("", "")


_TO = r"\s*(?:-|–|—|―|~|至|到|\bto\b|\buntil\b)\s*"
_ZH_DAY = "一二三四五六日天"
_EN_DAY = (
    r"(?:mo(?:n(?:day)?)?|tu(?:e(?:s(?:day)?)?)?|we(?:d(?:nesday)?)?|th(?:u(?:r(?:s(?:day)?)?)?)?"
    r"|fr(?:i(?:day)?)?|sa(?:t(?:urday)?)?|su(?:n(?:day)?)?)"
)
_HOLIDAY = (
    r"(?:法定节假日|国家法定假日|国定假日|法定假日|节假日|public holidays?|bank holidays?|\bph\b)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_CLOCK = (
    r"(?P<{n}half>上午|早上|早晨|凌晨|中午|下午|晚上|晚间|晚)?(?P<{n}next>次日|翌日|第二天|next\s+day)?\s*"
    r"(?P<{n}hour>\d{{1,2}})(?:\s*(?:[:.]|时|点)(?P<{n}min>\d{{2}})?(?P<{n}thirty>半)?分?)?"
    r"\s*(?P<{n}noon>am\b|pm\b|a\.m\.|p\.m\.)?"
)
_CHINESE_SEASON = (
    r"(?P<zfm>\d{1,2})月(?:(?P<zfd>\d{1,2})[日号])?"
    rf"{_TO}(?P<ztm>\d{{1,2}})月(?:(?P<ztd>\d{{1,2}})[日号])?"
)
_ENGLISH_SEASON = (
    rf"\b(?P<efm>{_MONTH})(?:\s*(?P<efd>\d{{1,2}})\b)?"
    rf"(?:{_TO}(?P<etm>{_MONTH})(?:\s*(?P<etd>\d{{1,2}})\b)?)?"
)
_CHINESE_DAYS = (
    rf"(?:周|星期|礼拜)(?P<zd>[{_ZH_DAY}]+)(?:{_TO}(?:周|星期|礼拜)?(?P<zu>[{_ZH_DAY}]))?"
)
_PATTERNS = [
    ("part", r"\[(?P<words>[^\]]*)\]"),
    ("season_zh", _CHINESE_SEASON),
    ("season_en", _ENGLISH_SEASON),
    ("except_holiday", rf"{_HOLIDAY}\s*除外|除{_HOLIDAY}外?|\bexcept\s+(?:on\s+)?{_HOLIDAY}"),
    ("with_holiday", rf"[(]?(?:含|包括|\bincluding\s+(?:on\s+)?){_HOLIDAY}[)]?"),
    ("holiday", _HOLIDAY),
    ("always", r"24\s*/\s*7"),
    ("all_day", r"24\s*小时|全天|\b24\s*h(?:ours?)?\b"),
    ("workdays", r"工作日|\bworking days\b|\bweekdays?\b"),
    ("weekend", r"双休日|周末|\bweekends?\b"),
    ("daily", r"全年无休|天天开放|每天|每日|天天|全周|\bdaily\b|\bevery\s?day\b"),
    ("zh_days", _CHINESE_DAYS),
    ("en_days", rf"\b(?P<ed>{_EN_DAY})s?\.?\b(?:{_TO}(?P<eu>{_EN_DAY})s?\b)?"),
    ("off", r"休息|闭馆|关闭|不开放|停止开放|\boff\b|\bclosed\b|\bshut\b|休"),
    ("times", _CLOCK.format(n="f") + _TO + _CLOCK.format(n="t")),
    ("end", r"[;。\n]"),
    ("nothing", r"[\s,、:()]+|\band\b|和|及|开放时间|开放|营业时间|营业|\bopen\b"),
]
_TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS))
_LAST_DAY = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WORDS = {
    "holiday": (OpeningDay.HOLIDAY,),
    "workdays": WEEKDAYS[:5],
    "weekend": WEEKDAYS[5:],
    "daily": WEEKDAYS,
}


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of written hours; HoursError('unreadable', part) for anything else."""
    plain = unicodedata.normalize("NFKC", text).lower()
    found: list[Token] = []
    at = 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            raise HoursError("unreadable", _word_at(plain, at))
        at = match.end()
        found += _tokens(match)
    return found


def _word_at(text: str, at: int) -> str:
    return re.split(r"[;。\n,]", text[at : at + 30])[0].strip() or text[at : at + 10]


def _tokens(match: "re.Match[str]") -> list[Token]:
    kind, text = match.lastgroup or "", match.group()
    # lastgroup is the outermost named group that closed last: the alternative itself.
    if kind in _WORDS:
        return [Token(TokenKind.DAYS, text, days=_WORDS[kind])]
    if kind == "except_holiday":
        off_days = (OpeningDay.HOLIDAY,)
        return [Token(TokenKind.DAYS, text, days=off_days), Token(TokenKind.OFF, text)]
    if kind in ("always", "all_day"):
        times = Token(TokenKind.TIMES, text, times=(0, MIDNIGHT))
        days = [Token(TokenKind.DAYS, text, days=WEEKDAYS)] if kind == "always" else []
        return [*days, times]
    make = _MAKERS.get(kind)
    return [make(match, text)] if make else []


def _zh_days(match: "re.Match[str]", text: str) -> Token:
    named = [WEEKDAYS[min(_ZH_DAY.index(char), 6)] for char in match["zd"]]
    if match["zu"]:
        named += _days_between(named[-1], WEEKDAYS[min(_ZH_DAY.index(match["zu"]), 6)])[1:]
    return Token(TokenKind.DAYS, text, days=tuple(dict.fromkeys(named)))


def _en_days(match: "re.Match[str]", text: str) -> Token:
    first = _english_day(match["ed"])
    last = _english_day(match["eu"]) if match["eu"] else first
    return Token(TokenKind.DAYS, text, days=tuple(_days_between(first, last)))


def _english_day(word: str) -> OpeningDay:
    return next(day for day in WEEKDAYS if day.value[:2] == word[:2])


def _days_between(first: OpeningDay, last: OpeningDay) -> list[OpeningDay]:
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    return [WEEKDAYS[(begin + n) % 7] for n in range((end - begin) % 7 + 1)]


def _times(match: "re.Match[str]", text: str) -> Token:
    opens, closes = _minutes(match, "f"), _minutes(match, "t")
    half = match["fhalf"] in ("下午", "晚上", "晚间", "晚") and not match["thalf"]
    if half and closes <= 12 * 60 and closes < opens and not match["tnext"]:
        closes += 12 * 60
    if match["tnext"] or closes <= opens:
        closes += MIDNIGHT
    if opens >= MIDNIGHT or closes > 2 * MIDNIGHT:
        raise HoursError("opens-outside-day", text)
    return Token(TokenKind.TIMES, text, times=(opens, closes))


def _minutes(match: "re.Match[str]", side: str) -> int:
    hour, minute = int(match[side + "hour"]), int(match[side + "min"] or 0)
    noon, half = match[side + "noon"] or "", match[side + "half"] or ""
    if hour > 24 or minute > 59 or (noon and hour > 12):
        raise HoursError("clock", match.group())
    afternoon = noon.startswith("p") or half in ("下午", "晚上", "晚间", "晚", "中午")
    if afternoon and hour < 12 and not (half == "中午" and hour > 10):
        hour += 12
    if noon.startswith("a") and hour == 12:
        hour = 0
    return hour * 60 + (30 if match[side + "thirty"] else minute)


def _season_zh(match: "re.Match[str]", text: str) -> Token:
    begin = _month_day(int(match["zfm"]), match["zfd"], last=False)
    return _season(begin, _month_day(int(match["ztm"]), match["ztd"], last=True), text)


def _season_en(match: "re.Match[str]", text: str) -> Token:
    first = _MONTHS.index(match["efm"][:3]) + 1
    if not match["etm"]:
        day = match["efd"]
        end = _month_day(first, day, last=True)
        return _season(_month_day(first, day, last=False), end, text)
    until = _month_day(_MONTHS.index(match["etm"][:3]) + 1, match["etd"], last=True)
    return _season(_month_day(first, match["efd"], last=False), until, text)


def _season(begin: str, end: str, text: str) -> Token:
    return Token(TokenKind.SEASON, text, season=(begin, end))


def _month_day(month: int, day: str | None, *, last: bool) -> str:
    if not 1 <= month <= 12 or (day and not 1 <= int(day) <= _LAST_DAY[month - 1]):
        raise HoursError("season-day", f"{month}-{day}")
    number = int(day) if day else (_LAST_DAY[month - 1] if last else 1)
    return f"{month:02d}-{number:02d}"


_MAKERS: dict[str, Callable[["re.Match[str]", str], Token]] = {
    "part": lambda match, _text: Token(TokenKind.PART, match["words"].strip()),
    "season_zh": _season_zh,
    "season_en": _season_en,
    "zh_days": _zh_days,
    "en_days": _en_days,
    "off": lambda _match, text: Token(TokenKind.OFF, text),
    "times": _times,
    "end": lambda _match, text: Token(TokenKind.END, text),
}
