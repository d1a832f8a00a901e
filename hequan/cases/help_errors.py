"""What handling together refuses, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.cases.errors import CaseError


class HelpError(CaseError):
    """A refusal about help with a case."""


class HelpStillOpenError(HelpError):
    """An answer while a helper has not finished."""

    text = _(
        "Case %(number)s cannot be answered yet: help is still open with %(who)s. Wait for it, or "
        "take the task back with a reason, then answer."
    )


class HelpMovedError(HelpError):
    """A task, a visit or a line of works that somebody else changed meanwhile."""

    text = _(
        "Somebody else has changed this since you opened the page. It is shown as it stands now; "
        "nothing of yours was saved."
    )


class OneHelperError(HelpError):
    """Nobody, or two at once, asked by one task."""

    text = _("Choose either a post or an organisation to help.")


class OwnHelpError(HelpError):
    """Help asked of whoever has the case."""

    text = _("The case is with them already. Ask somebody else to help.")


class LimitError(HelpError):
    """A limit that is none."""

    text = _("Give a limit of more than nothing and at most %(most)s.")


class VisitPastError(HelpError):
    """A visit set for a time that is past."""

    text = _("This time is past. Choose one to come.")


class VisitGuestError(HelpError):
    """Somebody invited whose help is not open."""

    text = _("Only those whose help with this case is open can be invited.")


class CountError(HelpError):
    """A number of works out of bounds."""

    text = _("Give whole numbers from 0 to %(most)s.")


class TooManyTogetherError(HelpError):
    """More tasks, visits or works than one case takes."""

    text = _("One case takes at most %(most)s of these. Split off a case of its own.")


class NotNowError(CaseError):
    """A case of many that the database did not take at that moment."""

    text = _("It could not be dispatched just now. Try this one again.")


class PostNotHereError(CaseError):
    """A case given to a post that does not reach its place."""

    text = _("This post does not reach the place of the case, or nobody holds it today.")
