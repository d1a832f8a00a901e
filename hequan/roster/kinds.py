"""Kinds of the roster: which posts there are."""

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
