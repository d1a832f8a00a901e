"""What outside systems may ask with (参数): places, boxes, pages; refused with words when wrong."""

from datetime import datetime
from enum import StrEnum
from math import isfinite
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import AfterValidator, Field

from hequan.api.errors import Refusal, shown
from hequan.files.coordinates import CoordinateSystem, to_wgs84

Box = tuple[float, float, float, float]

MOST_ROWS = 1000
MOST_POINTS = 10_000
LARGEST_ID = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 2000, 2100

Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Identifier = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Words = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]
Code = Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$")]


class Crs(StrEnum):
    """In which system a longitude and latitude are given; the answer is always in wgs84."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class PageAsked(Schema):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 100
    offset: Annotated[int, Field(ge=0, le=LARGEST_ID)] = 0


class PointAsked(Schema):
    """One place."""

    lon: Longitude
    lat: Latitude
    crs: Crs = Crs.WGS84

    def wgs84(self) -> tuple[float, float]:
        """Return longitude and latitude in WGS-84."""
        lon, lat = to_wgs84([self.lon], [self.lat], CoordinateSystem(self.crs.value))
        return float(lon[0]), float(lat[0])


def box_of(text: str) -> Box | None:
    """Read `west,south,east,north` (heights between them are left out); None for no text."""
    if not text:
        return None
    numbers = [_number(part) for part in text.split(",")]
    if len(numbers) == 6:
        numbers = [numbers[at] for at in (0, 1, 3, 4)]
    if len(numbers) != 4:
        raise Refusal(
            400,
            _("bbox “%(value)s” holds %(found)s numbers; write west,south,east,north in degrees."),
            value=shown(text),
            found=len(numbers),
        )
    west, south, east, north = numbers
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise Refusal(
            400,
            _(
                "bbox “%(value)s” is no box on the globe; write west,south,east,north in degrees,"
                " west before east and south before north."
            ),
            value=shown(text),
        )
    return west, south, east, north


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise Refusal(400, _("bbox: “%(value)s” is not a number."), value=shown(text))
    return number


def inside(box: Box | None, lon: float, lat: float) -> bool:
    """Tell whether a point lies in the box; everywhere is in no box."""
    return box is None or (box[0] <= lon <= box[2] and box[1] <= lat <= box[3])


def _local(at: datetime) -> datetime:
    """A moment without an offset is one of this place; only our own century is answered for."""
    if not FIRST_YEAR < at.year < LAST_YEAR:
        raise ValueError(gettext("only moments of this century can be asked for."))
    return at if at.tzinfo else timezone.make_aware(at)


Moment = Annotated[datetime, AfterValidator(_local)]
