"""Kinds of stations, spaces and services."""

from enum import StrEnum


class StationKind(StrEnum):
    """What a station is (站点类型)."""

    TOWN_CENTRE = "town_centre"
    GRID_STATION = "grid_station"
    COMMITTEE_STATION = "committee_station"
    POST = "post"
    PARK_STATION = "park_station"
    BUSINESS_STATION = "business_station"
    NEIGHBOURHOOD_CENTRE = "neighbourhood_centre"
    ENERGY_POINT = "energy_point"
    LIBRARY = "library"
    CULTURE_CENTRE = "culture_centre"
    ELDER_CENTRE = "elder_centre"
    OTHER = "other"


class StationStatus(StrEnum):
    """Whether a station serves people now."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class StationRole(StrEnum):
    """The six roles a station plays (R70)."""

    ACTIVITY_CENTRE = "activity_centre"
    SCHOOL = "school"
    WINDOW = "window"
    FORUM = "forum"
    VOLUNTEER_POST = "volunteer_post"
    CIVILISATION_PRACTICE = "civilisation_practice"


class SpaceFunction(StrEnum):
    """What a room is for (R17)."""

    COUNTER = "counter"
    SMART_HALL = "smart_hall"
    MEETING = "meeting"
    ACTIVITY = "activity"
    THEATRE = "theatre"
    LIBRARY = "library"
    CAFE = "cafe"
    CANTEEN = "canteen"
    MARKET = "market"
    STUDIO = "studio"
    ENERGY_POINT = "energy_point"
    DAY_CARE = "day_care"
    NURSERY = "nursery"
    CLINIC = "clinic"
    GYM = "gym"
    OUTDOOR = "outdoor"


class ServiceCategory(StrEnum):
    """Categories of the service catalogue (R30)."""

    GOVERNMENT = "government"
    ELDER = "elder"
    CHILD = "child"
    MEALS = "meals"
    HEALTH = "health"
    CULTURE = "culture"
    LEARNING = "learning"
    SPORTS = "sports"
    LIVING = "living"
    JOBS = "jobs"
    LAW = "law"
    VOLUNTEERING = "volunteering"


class ServiceMode(StrEnum):
    """How a service is had (R41): any time, on the spot, by order."""

    ANY_TIME = "any_time"
    ON_THE_SPOT = "on_the_spot"
    BY_ORDER = "by_order"


class OpeningDay(StrEnum):
    """A day opening hours speak of; a public holiday's own hours go before its weekday's."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"
    HOLIDAY = "holiday"


class RunState(StrEnum):
    """How a coverage run stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
