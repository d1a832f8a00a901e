"""What the fields of a mediation record are called where one is missing or wrong."""

from django.utils.translation import gettext_lazy as _

DISPUTE_FIELDS = {
    "words": _("what it is about"),
    "mediators": _("a mediator"),
    "parties": _("the other party"),
    "held_at": _("day and hour of the session"),
    "place": _("the place of the session"),
    "said": _("what was said"),
    "agreement": _("the words of the agreement"),
    "signed_on": _("the day of signing"),
    "terms": _("at least one term with its day, at most twenty"),
    "term": _("which term was kept"),
    "visit": _("which visit was made"),
    "on": _("the day"),
    "ending": _("to whom it is handed on"),
    "reason": _("the reason"),
}
SESSION, SIGNING = _("The session"), _("The day of signing")
TERM, VISIT = _("The day of a term"), _("This day")
LATER, BEFORE = _("in the future"), _("before the signing")
