"""Words of the directory (名录用语): categories, modes and the accessibility checklist as answers
for other systems say them. Where a page says the same, the sentence is the same and so is its
translation.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
