"""Kinds that core itself knows: what a grant allows, how a job stands."""

from enum import StrEnum


class Capability(StrEnum):
    """What a grant lets an account do inside a part of the territory."""

    SEE_BOARD = "see_board"
    EDIT_TERRITORY = "edit_territory"
    EDIT_STATIONS = "edit_stations"
    IMPORT_FILES = "import_files"
    RUN_COVERAGE = "run_coverage"
    ADMINISTER = "administer"


class JobState(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class Fate(StrEnum):
    """What an import would do with one row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"
