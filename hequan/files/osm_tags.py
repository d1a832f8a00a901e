"""Who may walk where (步行规则): what OpenStreetMap's tags of a way mean for a walker.

Pure rules on plain tags, no reader and no arrays. A way is answered either with a `Street` or with
the reason why it is none. Two rules are our own reading for Chinese cities, where `foot=no` is
often missing: an elevated road (高架) and a road tunnel (隧道) are not for walkers unless the map
says they have a footway. A square (`area=yes`) is walked along its outline.
"""

import math
import re
from enum import StrEnum
from typing import NamedTuple

from hequan.files.osm_hours import Tags, hours_of_conditions, open_only_by_hours, words_of
from hequan.planner.network import EdgeFlag


class NoStreet(StrEnum):
    """Why a way is not walked."""

    NOT_BUILT = "not_built"
    MOTOR_ONLY = "motor_only"
    NO_FOOT = "no_foot"
    PRIVATE = "private"
    ELEVATED = "elevated"
    ROAD_TUNNEL = "road_tunnel"
    NOT_A_STREET = "not_a_street"


class Street(NamedTuple):
    """What a walker meets on one way, along the direction in which it was drawn."""

    flags: int  # EdgeFlag
    incline: float  # rise over run; 0 = flat or unknown
    name: str
    hours: str  # opening_hours when it is not always open, else empty
    is_crossing: bool  # the whole way leads over a road
    for_feet: bool  # a footway, not the middle of a road
    odd: tuple[str, ...]  # values that could not be read, as key=value


FOOT_WAYS = words_of(
    "footway path pedestrian steps corridor platform elevator crossing bridleway cycleway"
)
ROADS = words_of(
    "living_street residential service unclassified tertiary tertiary_link secondary "
    "secondary_link primary primary_link trunk road track"
)
# walked only where the map says so
ASK_FIRST = words_of(
    "cycleway bridleway trunk_link motorway motorway_link busway bus_guideway raceway escape"
)
NOT_BUILT = words_of("construction proposed planned abandoned razed disused demolished")
FAST_ROADS = words_of(
    "trunk trunk_link motorway motorway_link primary primary_link secondary secondary_link"
)
HIGH_ROADS = words_of("trunk trunk_link motorway motorway_link primary primary_link")
ALLOWED = words_of(
    "yes designated permissive destination public customers official discouraged limited"
)
DENIED = words_of(
    "no private use_sidepath residents permit delivery agricultural forestry military service "
    "employees staff emergency restricted license"
)
_SIDEWALK = words_of("both left right yes this separate")
_ROUGH = words_of("very_bad horrible very_horrible impassable")


def read_street(tags: Tags) -> Street | NoStreet:
    """Return what a way with these tags is to a walker, or why it is not for walkers."""
    highway = tags.get("highway") or ""
    refused = _refused_class(highway)
    if refused:
        return refused
    foot = allowed_on_foot(tags)
    by_default = highway not in ASK_FIRST
    if highway in FAST_ROADS and foot is None:
        car_only = _only_for_cars(highway, tags)
        if car_only:
            return car_only
    for_feet = highway in FOOT_WAYS
    open_otherwise = by_default if foot is None else foot
    if for_feet and open_only_by_hours(tags):
        open_otherwise = False
    hours, odd = hours_of_conditions(tags, open_otherwise, for_traffic=not for_feet)
    if not open_otherwise and not hours:
        return _denied(tags, by_default)
    flags, incline, more_odd = _what_one_meets(highway, tags)
    crossing = highway == "crossing" or (
        for_feet and "crossing" in (tags.get("footway"), tags.get("path"))
    )
    return Street(
        flags=flags,
        incline=incline,
        name=tags.get("name") or "",
        hours=hours,
        is_crossing=crossing or (highway == "cycleway" and tags.get("cycleway") == "crossing"),
        for_feet=for_feet,
        odd=odd + more_odd,
    )


def _refused_class(highway: str) -> NoStreet | None:
    if highway in FOOT_WAYS or highway in ROADS or highway in ASK_FIRST:
        return None
    return NoStreet.NOT_BUILT if highway in NOT_BUILT else NoStreet.NOT_A_STREET


def allowed_on_foot(tags: Tags) -> bool | None:
    """Return what `foot` or else `access` says: yes, no, or nothing."""
    for key in ("foot", "access"):
        value = tags.get(key)
        if value is None or value.startswith("conditional="):
            continue
        words = {word.strip() for word in value.split(";")}
        if words & ALLOWED:
            return True
        if words & DENIED:
            return False
    return None


def _only_for_cars(highway: str, tags: Tags) -> NoStreet | None:
    """Return why a big road without a word about walkers is none for them."""
    if tags.get("motorroad") == "yes":
        return NoStreet.MOTOR_ONLY
    if _has_sidewalk(tags):
        return None
    name = tags.get("name") or ""
    if "隧道" in name:
        return NoStreet.ROAD_TUNNEL
    if "高架" in name or "快速路" in name:
        return NoStreet.ELEVATED
    bridge, trunk = tags.get("bridge"), highway == "trunk"
    if bridge not in (None, "no") and highway in HIGH_ROADS:
        storeys = _number(tags.get("layer") or "") or 0
        if trunk or bridge == "viaduct" or storeys >= 2:
            return NoStreet.ELEVATED
    if trunk and tags.get("tunnel") == "yes":
        return NoStreet.ROAD_TUNNEL
    return None


def _has_sidewalk(tags: Tags) -> bool:
    keys = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")
    return any(tags.get(key) in _SIDEWALK for key in keys)


def _denied(tags: Tags, by_default: bool) -> NoStreet:
    if not by_default and tags.get("foot") is None:
        return NoStreet.MOTOR_ONLY
    private = "private" in (tags.get("foot"), tags.get("access"))
    return NoStreet.PRIVATE if private else NoStreet.NO_FOOT


def _what_one_meets(highway: str, tags: Tags) -> tuple[int, float, tuple[str, ...]]:
    """Return flags, incline and unreadable values."""
    flags = _one_way_flags(tags)
    wheelchair = tags.get("wheelchair")
    if highway == "steps":
        flags |= EdgeFlag.STEPS
        if tags.get("ramp:wheelchair") in ("yes", "automatic"):
            flags |= EdgeFlag.WHEELS_OK
    if wheelchair in ("yes", "designated"):
        flags |= EdgeFlag.WHEELS_OK
    elif wheelchair == "no" or tags.get("smoothness") in _ROUGH:
        flags |= EdgeFlag.NO_WHEELS
    conveying = tags.get("conveying") if highway in FOOT_WAYS else None
    if conveying not in (None, "no"):
        flags |= EdgeFlag.ESCALATOR
        if conveying == "forward":
            flags |= EdgeFlag.FORWARD_ONLY
        elif conveying == "backward":
            flags |= EdgeFlag.BACKWARD_ONLY
    text = tags.get("incline")
    slope = 0.0 if text is None else incline_of(text)
    return int(flags), slope or 0.0, (f"incline={text}",) if slope is None else ()


def _one_way_flags(tags: Tags) -> EdgeFlag:
    one_way = tags.get("oneway:foot")
    if one_way in ("yes", "1", "true") or tags.get("foot:backward") == "no":
        return EdgeFlag.FORWARD_ONLY
    if one_way in ("-1", "reverse") or tags.get("foot:forward") == "no":
        return EdgeFlag.BACKWARD_ONLY
    return EdgeFlag(0)


_INCLINE = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*(%|°|deg)?$")
_RATIO = re.compile(r"([+-]?)\s*1\s*(?::|/|in)\s*(\d+(?:[.,]\d+)?)$")
_WORDS = words_of("up down yes no steep unknown up/down up;down 0")


def incline_of(text: str) -> float | None:
    """Return rise over run of an incline value; 0 for a bare direction, None if unreadable.

    A number without a sign is taken as per cent, as is usual on the map.
    """
    text = text.strip().lower().replace("％", "%")
    if text in _WORDS:
        return 0.0
    ratio = _RATIO.match(text)
    if ratio:
        run = _number(ratio[2]) or 0.0
        return (-1 if ratio[1] == "-" else 1) / run if run else None
    match = _INCLINE.match(text)
    if not match:
        return None
    value = _number(match[1]) or 0.0
    slope = _tangent(value) if match[2] in ("°", "deg") else value / 100
    return slope if abs(slope) <= 1 else None


def _tangent(degrees: float) -> float:
    return math.tan(math.radians(degrees)) if abs(degrees) < 89 else 2.0


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
