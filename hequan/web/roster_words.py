"""Words of the roster (岗位用语): posts, registrations, skills, results."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hequan.roster.kinds import (
    FreeTime,
    MentoringResult,
    PlaceKind,
    PostKind,
    RegistrationKind,
    Skill,
)

ROSTER_WORDS: dict[type[StrEnum], dict[str, Promise]] = {
    PostKind: {
        PostKind.DISTRICT_OFFICER: _("District officer"),
        PostKind.TOWN_OFFICER: _("Town officer"),
        PostKind.DEPARTMENT_OFFICER: _("Department officer"),
        PostKind.DATA_OFFICER: _("Data protection officer"),
        PostKind.AREA_HEAD: _("Area head"),
        PostKind.COMMITTEE_SECRETARY: _("Committee secretary"),
        PostKind.COMMITTEE_DIRECTOR: _("Committee director"),
        PostKind.COMMITTEE_WORKER: _("Committee worker"),
        PostKind.STATION_HEAD: _("Station head"),
        PostKind.STATION_CLERK: _("Station clerk"),
        PostKind.GRID_HEAD: _("Micro-grid head"),
        PostKind.GRID_WORKER: _("Full-time grid worker"),
        PostKind.GRID_PART_TIMER: _("Part-time grid worker"),
        PostKind.GRID_HELPER: _("Grid helper"),
        PostKind.LIAISON: _("Liaison of an organisation"),
        PostKind.REPAIR_DISPATCHER: _("Repair dispatcher"),
        PostKind.REPAIR_WORKER: _("Repair worker"),
    },
    PlaceKind: {
        PlaceKind.UNIT: pgettext_lazy("territory", "Unit"),
        PlaceKind.STATION: _("Station"),
        PlaceKind.ORGANISATION: _("Organisation"),
    },
    RegistrationKind: {
        RegistrationKind.MEMBER: _("Party member"),
        RegistrationKind.NEW_JOB_PERSON: _("Rider, courier or other new job"),
        RegistrationKind.UNIT: _("Organisation"),
    },
    Skill: {
        Skill.HEALTH: _("Health"),
        Skill.LAW: pgettext_lazy("skill", "Law"),
        Skill.TEACHING: _("Teaching"),
        Skill.REPAIRS: _("Repairs"),
        Skill.ARTS: _("Arts"),
        Skill.SPORTS: pgettext_lazy("skill", "Sports"),
        Skill.COMPUTERS: _("Computers and phones"),
        Skill.CARE: _("Company and care"),
        Skill.MEDIATION: _("Mediation"),
        Skill.EYES_AND_EARS: _("Eyes and ears on the way"),
    },
    FreeTime: {
        FreeTime.WEEKDAY_DAYTIME: _("Weekdays by day"),
        FreeTime.WEEKDAY_EVENING: _("Weekday evenings"),
        FreeTime.WEEKEND: _("Weekends"),
        FreeTime.ON_CALL: _("When called"),
    },
    MentoringResult: {
        MentoringResult.REACHED: _("Goals reached"),
        MentoringResult.PARTLY: _("Goals reached in part"),
        MentoringResult.STOPPED: _("Stopped early"),
        MentoringResult.LEFT: _("Learner left the post"),
    },
}
