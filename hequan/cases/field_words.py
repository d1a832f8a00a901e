"""What the fields of a case are called where one is missing."""

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "words": _("what it is about"),
    "matter": _("the kind of matter"),
    "post": _("who is to handle it"),
    "reason": _("the reason"),
    "ground": _("the ground for refusing"),
    "note": _("a note of what was said"),
    "result": _("the result"),
    "answer": _("the answer in words"),
    "rating": _("the rating"),
    "days": _("the number of days"),
    "lead": _("the case under which it is handled"),
    "parts": _("the matters that become cases of their own"),
    "help": _("what is asked of the helper"),
    "help_said": _("what was done, or the reason"),
    "visit_place": _("where to meet"),
    "outcome": _("what came of it, or why it is called off"),
    "repair": _("what is to be repaired"),
    "worker": _("who is to repair it"),
    "work": _("what is to be done"),
    "counted_in": _("what it is counted in"),
}
