"""Kinds that core itself knows: what a grant allows, how a job stands."""

from enum import StrEnum


class Capability(StrEnum):
    """What a grant lets an account do inside a part of the territory."""

    SEE_BOARD = "see_board"
    EDIT_TERRITORY = "edit_territory"
    EDIT_STATIONS = "edit_stations"
    IMPORT_FILES = "import_files"
    RUN_COVERAGE = "run_coverage"
    SEE_PEOPLE = "see_people"
    EDIT_PEOPLE = "edit_people"
    REVEAL_PERSONAL = "reveal_personal"
    ACT_ON_BEHALF = "act_on_behalf"
    APPROVE_CHILD_ACCESS = "approve_child_access"
    PROTECT_DATA = "protect_data"
    EDIT_ORGANISATIONS = "edit_organisations"
    SEE_ROSTER = "see_roster"
    EDIT_ROSTER = "edit_roster"
    EDIT_RESPONSIBILITIES = "edit_responsibilities"
    EDIT_TEMPLATES = "edit_templates"
    SEE_CASES = "see_cases"
    DISPATCH_CASES = "dispatch_cases"
    SUPERVISE_CASES = "supervise_cases"
    DO_REPAIRS = "do_repairs"
    DISPATCH_REPAIRS = "dispatch_repairs"
    ADMINISTER_SYSTEM = "administer_system"
    ADMINISTER_SECURITY = "administer_security"
    READ_AUDIT = "read_audit"


# Three administrators, three people (三员分立): no account holds capabilities of two of them.
ADMINISTRATORS = (
    Capability.ADMINISTER_SYSTEM,
    Capability.ADMINISTER_SECURITY,
    Capability.READ_AUDIT,
)
BUSINESS = tuple(one for one in Capability if one not in ADMINISTRATORS)


class AccountState(StrEnum):
    """How an account stands."""

    OPEN = "open"
    LOCKED = "locked"  # rests after wrong passwords
    CLOSED = "closed"


class JobState(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    ASIDE = "aside"  # dead, and looked at by an administrator


class Fate(StrEnum):
    """What an import would do with one row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"
