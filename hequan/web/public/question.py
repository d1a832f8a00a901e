"""What a resident asks (提问): where from, who walks, when, what for.

Read from the address of the page, so that an answer can be kept, printed and sent on. Places are
rounded to about ten metres: near enough for a walk, and no more exact than needed. Whatever cannot
be read counts as not asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from hequan.stations.kinds import OpeningDay, ServiceCategory
from hequan.web.numbers import whole_number
from hequan.web.words import PROFILE_WORDS

PLACE_DIGITS = 4
WEEK = tuple(OpeningDay)[:7]
DEFAULT_PROFILE = "adult"
DEFAULT_TIME = time(10, 0)


@dataclass(frozen=True)
class Question:
    """One question as asked; `at` is the moment meant, `now` the moment of asking."""

    now: datetime
    at: datetime
    later: bool = False
    profile: str = DEFAULT_PROFILE
    lon: float | None = None
    lat: float | None = None
    label: str = ""
    committee: int | None = None
    words: str = ""
    need: str = ""

    @property
    def day(self) -> str:
        """Return the weekday meant, as a form's value."""
        return str(WEEK[timezone.localtime(self.at).weekday()])

    @property
    def clock_time(self) -> str:
        """Return the time of day meant, as a form's value."""
        return timezone.localtime(self.at).strftime("%H:%M")

    @property
    def place(self) -> str:
        """Return the place as the address carries it, empty when none was given."""
        if self.lon is None or self.lat is None:
            return ""
        return f"{self.lon:.{PLACE_DIGITS}f},{self.lat:.{PLACE_DIGITS}f}"


def read_question(asked: Mapping[str, str], now: datetime) -> Question:
    """Return the question in a page's address."""
    later = asked.get("when") == "later"
    lon, lat = _place(asked.get("place", ""))
    profile = asked.get("profile", "")
    need = asked.get("need", "")
    return Question(
        now=now,
        at=_moment(asked, now) if later else now,
        later=later,
        profile=profile if profile in PROFILE_WORDS else DEFAULT_PROFILE,
        lon=lon,
        lat=lat,
        label=asked.get("label", "").strip()[:80],
        committee=whole_number(asked.get("committee")),
        words=asked.get("words", "").strip()[:80],
        need=need if need in set(ServiceCategory) else "",
    )


def _place(text: str) -> tuple[float | None, float | None]:
    try:
        lon, lat = (round(float(part), PLACE_DIGITS) for part in text.split(","))
    except ValueError:
        return None, None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return None, None
    return lon, lat


def _moment(asked: Mapping[str, str], now: datetime) -> datetime:
    """Return the next time it is that weekday and hour: today if the hour is still to come."""
    local = timezone.localtime(now)
    try:
        weekday = WEEK.index(OpeningDay(asked.get("day", "")))
    except ValueError:
        weekday = local.weekday()
    try:
        at = time.fromisoformat(asked.get("time", ""))
    except ValueError:
        at = DEFAULT_TIME
    day = local.date() + timedelta(days=(weekday - local.weekday()) % 7)
    meant = datetime.combine(day, at.replace(tzinfo=None), tzinfo=local.tzinfo)
    return meant if meant >= local - timedelta(minutes=1) else meant + timedelta(days=7)
