"""The hour a coverage run is asked for (时刻), and which stations are open then.

Hours are OpenStreetMap's opening_hours. Hours as a town writes them in Chinese, such as
周一至周五 9:00-17:00, are turned into that first. A weekday without a date means an ordinary
week of March, so that the same question gets the same answer on any day of the year.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from opening_hours import OpeningHours

from hequan.files.values import CellError, half_width
from hequan.planner.gates import ORDINARY_WEEK, readable_hours

_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE = "一二三四五六日"
_OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MOMENT = re.compile(r"(.+?)[\s,T]*(\d{1,2})[:：](\d{2})")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CHINESE_DAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_CHINESE_RULES = (
    (_CHINESE_DAY, lambda found: _OSM_DAYS[_chinese_day(found[1])]),
    (re.compile(r"每天|每日|天天"), lambda found: "Mo-Su"),
    (re.compile(r"工作日"), lambda found: "Mo-Fr"),
    (re.compile(r"周末|双休日"), lambda found: "Sa-Su"),
    (re.compile(r"法定节假日|节假日"), lambda found: "PH"),
    (re.compile(r"休息|闭馆|不开放|关闭"), lambda found: " off"),
    (re.compile(r"全天(?:开放)?|24\s?小时"), lambda found: "00:00-24:00"),
    (re.compile(r"\s*(?:至|到|—|–|~|-)\s*"), lambda found: "-"),
    (re.compile(r"\s*[、,]\s*"), lambda found: ","),
    (re.compile(r"\s*[;。]\s*"), lambda found: "; "),
    (re.compile(r"(?<=[a-zH])(?=\d)"), lambda found: " "),
)


@dataclass(frozen=True)
class Moment:
    """One weekday and minute in a stated week."""

    on: datetime.date
    minute: int

    @property
    def weekday(self) -> int:
        """Return 0 for Monday to 6 for Sunday."""
        return self.on.weekday()

    @property
    def at(self) -> datetime.datetime:
        """Return the moment as local time without a zone, as opening hours are written."""
        return datetime.datetime.combine(self.on, datetime.time(*divmod(self.minute, 60)))

    def say(self, language: str) -> str:
        """Return weekday and hour in `zh` or `en`, as `周二 10:00`."""
        day = f"周{_CHINESE[self.weekday]}" if language == "zh" else _ENGLISH[self.weekday].title()
        return f"{day} {self.at:%H:%M}"


def read_moment(text: str) -> Moment | None:
    """Return the moment a text such as `Tue 10:00`, `周二 10:00` or a date names; None if none."""
    found = _MOMENT.fullmatch(half_width(text).strip())
    if not found:
        return None
    hour, minute = int(found[2]), int(found[3])
    on = _day_named(found[1].strip())
    if on is None or hour > 23 or minute > 59:
        return None
    return Moment(on, hour * 60 + minute)


def _day_named(text: str) -> datetime.date | None:
    dated = _DATE.fullmatch(text)
    if dated:
        try:
            return datetime.date(int(dated[1]), int(dated[2]), int(dated[3]))
        except ValueError:
            return None
    weekday = _weekday(text.casefold().rstrip(".,"))
    return None if weekday is None else ORDINARY_WEEK + datetime.timedelta(days=weekday)


def _weekday(text: str) -> int | None:
    chinese = _CHINESE_DAY.fullmatch(text)
    if chinese:
        return _chinese_day(chinese[1])
    found = [at for at, day in enumerate(_ENGLISH) if len(text) > 1 and day.startswith(text)]
    return found[0] if len(found) == 1 else None


def _chinese_day(sign: str) -> int:
    return _CHINESE.index("日" if sign == "天" else sign)


def osm_hours(text: str) -> str:
    """Return opening hours as OpenStreetMap writes them; raise CellError if they are none."""
    plain = half_width(text).strip()
    if readable_hours(plain):
        return plain
    turned = plain
    for pattern, word in _CHINESE_RULES:
        turned = pattern.sub(word, turned)
    turned = turned.strip().rstrip(";")
    if not readable_hours(turned):
        raise CellError("not-hours", text)
    return turned


def open_at(hours: Sequence[str], moment: Moment) -> NDArray[np.bool_]:
    """Return which of the opening hours are open then; no hours means always."""
    known = {text: not OpeningHours(text).is_closed(moment.at) for text in set(hours) if text}
    return np.array([known.get(text, True) for text in hours], dtype=bool)
