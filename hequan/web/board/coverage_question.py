"""What a coverage page is asked: which unit, which walkers, how many minutes, told apart how."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hequan.territory.kinds import Level
from hequan.web.words import PROFILE_WORDS, word

CIRCLE = "circle"
FINER: dict[str, tuple[str, ...]] = {
    Level.CITY: (Level.DISTRICT, Level.TOWN),
    Level.DISTRICT: (Level.TOWN, Level.COMMITTEE),
    Level.TOWN: (Level.COMMITTEE, Level.AREA, CIRCLE),
    Level.AREA: (Level.COMMITTEE, Level.GRID),
    Level.COMMITTEE: (Level.GRID,),
    Level.GRID: (Level.BUILDING_GROUP,),
    Level.BUILDING_GROUP: (),
}
SORTS = ("share", "name", "people")


@dataclass(frozen=True)
class CoverageQuestion:
    """A checked question; everything has a sensible answer where the address says nothing."""

    profile: str
    minutes: int
    by: str
    sort: str
    choices: tuple[tuple[str, Promise], ...]

    @property
    def profiles(self) -> tuple[tuple[str, Promise], ...]:
        """Return the walking profiles to choose from."""
        return tuple(PROFILE_WORDS.items())


def read_question(
    asked: QueryDict, level: str, profiles: Sequence[str], minutes: Sequence[int]
) -> CoverageQuestion:
    """Read the address of a coverage page; what is not on offer falls back to the first choice."""
    finer = FINER[level] or (level,)
    by = asked.get("by", "")
    profile = asked.get("profile", "")
    wanted = asked.get("minutes", "")
    return CoverageQuestion(
        profile=profile if profile in profiles else (profiles or ["adult"])[0],
        minutes=int(wanted) if wanted in map(str, minutes) else max(minutes, default=15),
        by=by if by in finer else finer[0],
        sort=asked.get("sort", "") if asked.get("sort") in SORTS else SORTS[0],
        choices=tuple((one, _("Circle") if one == CIRCLE else word(Level(one))) for one in finer),
    )
