"""Kinds of the roster: posts, places of posts, registrations, skills, times of a volunteer."""

from enum import StrEnum


class PostKind(StrEnum):
    """A job that somebody holds somewhere for a time (岗位)."""

    DISTRICT_OFFICER = "district_officer"
    TOWN_OFFICER = "town_officer"
    DEPARTMENT_OFFICER = "department_officer"
    DATA_OFFICER = "data_officer"
    AREA_HEAD = "area_head"
    COMMITTEE_SECRETARY = "committee_secretary"
    COMMITTEE_DIRECTOR = "committee_director"
    COMMITTEE_WORKER = "committee_worker"
    STATION_HEAD = "station_head"
    STATION_CLERK = "station_clerk"
    GRID_HEAD = "grid_head"
    GRID_WORKER = "grid_worker"
    GRID_PART_TIMER = "grid_part_timer"
    GRID_HELPER = "grid_helper"
    LIAISON = "liaison"
    REPAIR_DISPATCHER = "repair_dispatcher"
    REPAIR_WORKER = "repair_worker"


# one at a place at a time (一地一人)
HEADS = (
    PostKind.AREA_HEAD,
    PostKind.COMMITTEE_SECRETARY,
    PostKind.COMMITTEE_DIRECTOR,
    PostKind.STATION_HEAD,
    PostKind.GRID_HEAD,
)
# the team of a micro-grid: 1 head, 2 workers, N helpers (1+2+N)
TEAM = (
    PostKind.GRID_HEAD,
    PostKind.GRID_WORKER,
    PostKind.GRID_PART_TIMER,
    PostKind.GRID_HELPER,
)


class PlaceKind(StrEnum):
    """What a post, a duty or a registration is tied to."""

    UNIT = "unit"
    STATION = "station"
    ORGANISATION = "organisation"


class RegistrationKind(StrEnum):
    """Who registers (报到)."""

    MEMBER = "member"
    NEW_JOB_PERSON = "new_job_person"
    UNIT = "unit"


class Skill(StrEnum):
    """What somebody who registers can do for neighbours."""

    HEALTH = "health"
    LAW = "law"
    TEACHING = "teaching"
    REPAIRS = "repairs"
    ARTS = "arts"
    SPORTS = "sports"
    COMPUTERS = "computers"
    CARE = "care"
    MEDIATION = "mediation"
    EYES_AND_EARS = "eyes_and_ears"


class FreeTime(StrEnum):
    """When somebody who registers has time."""

    WEEKDAY_DAYTIME = "weekday_daytime"
    WEEKDAY_EVENING = "weekday_evening"
    WEEKEND = "weekend"
    ON_CALL = "on_call"


class MentoringResult(StrEnum):
    """How a pair of mentor and learner ended (带教结果)."""

    REACHED = "reached"
    PARTLY = "partly"
    STOPPED = "stopped"
    LEFT = "left"
