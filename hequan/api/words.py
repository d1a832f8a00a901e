"""Words of the directory (名录用语): categories, modes and the accessibility checklist as answers
for other systems say them. Where a page says the same, the sentence is the same and so is its
translation.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hequan.cases.kinds import CaseState, Result
from hequan.stations.kinds import ServiceCategory, ServiceMode

CATEGORIES: dict[str, Promise] = {
    ServiceCategory.GOVERNMENT: _("Government matters"),
    ServiceCategory.ELDER: _("Elders"),
    ServiceCategory.CHILD: _("Children"),
    ServiceCategory.MEALS: _("Meals"),
    ServiceCategory.HEALTH: _("Health"),
    ServiceCategory.CULTURE: _("Culture"),
    ServiceCategory.LEARNING: _("Learning"),
    ServiceCategory.SPORTS: _("Sports"),
    ServiceCategory.LIVING: _("Daily living"),
    ServiceCategory.JOBS: _("Jobs and business"),
    ServiceCategory.LAW: _("Law and mediation"),
    ServiceCategory.VOLUNTEERING: _("Volunteering"),
}
MODES: dict[str, Promise] = {
    ServiceMode.ANY_TIME: _("Any time"),
    ServiceMode.ON_THE_SPOT: _("On the spot"),
    ServiceMode.BY_ORDER: _("By order"),
}
ACCESSIBILITY: dict[str, Promise] = {
    "entrance_step_free": _("Entrance without steps"),
    "ramp": _("Ramp"),
    "lift": _("Lift"),
    "door_width_cm": _("Door width in centimetres"),
    "accessible_wc": _("Accessible toilet"),
    "low_counter": _("Low counter"),
    "e_display": _("Electronic display"),
    "writing_pad": _("Writing pad"),
    "voice_prompt": _("Voice prompts"),
    "hearing_loop": _("Hearing loop"),
    "guide_dog": _("Guide dogs welcome"),
}
CASE_STATES: dict[str, Promise] = {
    CaseState.TRIAGE: pgettext_lazy("case", "Waiting for dispatch"),
    CaseState.DISPATCHED: pgettext_lazy("case", "Waiting to be accepted"),
    CaseState.HANDLING: pgettext_lazy("case", "In hand"),
    CaseState.PAUSED: pgettext_lazy("case", "Paused"),
    CaseState.ANSWERED: pgettext_lazy("case", "Waiting for verification"),
    CaseState.VERIFIED: pgettext_lazy("case", "Verified, not published"),
    CaseState.PUBLISHED: pgettext_lazy("case", "Answered, to be judged"),
    CaseState.RETURN_VISIT: pgettext_lazy("case", "Return visit"),
    CaseState.CLOSED: pgettext_lazy("case", "Closed"),
    CaseState.REFUSED: pgettext_lazy("case", "Refused"),
    CaseState.WITHDRAWN: pgettext_lazy("case", "Withdrawn"),
    CaseState.MERGED: pgettext_lazy("case", "Merged"),
}
CASE_RESULTS: dict[str, Promise] = {
    Result.SOLVED: pgettext_lazy("result", "Solved"),
    Result.EXPLAINED: pgettext_lazy("result", "Explained"),
    Result.UNSOLVABLE: pgettext_lazy("result", "Cannot be solved"),
    Result.NOT_OURS: pgettext_lazy("result", "Not for us"),
}
