"""What the one window refuses, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError


class CaseError(HequanError):
    """A refusal about a case."""


class NoSuchCaseError(CaseError):
    """There is no such case, or the account may not open it: the two look alike."""

    text = _("There is no such case, or you may not open it.")


class MovedMeanwhileError(CaseError):
    """Somebody else moved the case since the page was opened."""

    text = _(
        "Somebody else has moved this case since you opened it. It is shown as it stands now: "
        "look at it and choose again. Nothing of yours was saved."
    )


class MoveNotAllowedError(CaseError):
    """A move the table does not have from where the case stands."""

    text = _("This cannot be done with case %(number)s as it stands now.")


class NotYourPartError(CaseError):
    """A move for somebody in another part."""

    text = _("This is not for you to do with case %(number)s. Ask its handler or the dispatcher.")


class LacksError(CaseError):
    """A move without what it needs."""

    text = _("Something is missing: %(what)s.")


class SentBackTooOftenError(CaseError):
    """A case sent back more often than the rule allows."""

    text = _(
        "Case %(number)s was sent back %(times)s times already. Ask the dispatcher to decide who "
        "answers; the town office may supervise it."
    )


class EvidenceMissingError(CaseError):
    """An answer without a photo where the class wants one."""

    text = _("This kind of matter is answered with a photo of the place. Add one to the answer.")


class ConfidentialPhotoError(CaseError):
    """A photo of a confidential case that public pages were to show."""

    text = _("Public pages show no photo of a confidential case.")


class MasksUnreadableError(CaseError):
    """Rectangles to cover that are none."""

    text = _("The covered parts could not be read. Open the photo again and mark them anew.")


class TooManyMasksError(CaseError):
    """More rectangles to cover than a photo takes."""

    text = _(
        "At most %(most)s parts of a photo can be covered; these are %(there)s. Cover larger "
        "parts, or leave the photo unpublished."
    )


class TooManyPhotosError(CaseError):
    """More photos at once than a case takes."""

    text = _("At most %(most)s photos can be sent at once; these are %(there)s.")


class OutsideTownError(CaseError):
    """A place that lies in no unit."""

    text = _(
        "This place lies outside the area served here. Choose a place on the list, or describe it "
        "in words and leave the point out."
    )


class MatterRetiredError(CaseError):
    """A class that is no longer in force."""

    text = _("This kind of matter is no longer used. Choose another; your words are kept.")


class VerifyOwnError(CaseError):
    """Somebody who would verify her own answer."""

    text = _("Nobody verifies her own answer. Ask another dispatcher.")


class RatedAlreadyError(CaseError):
    """A second rating of the same answer."""

    text = _("This answer was rated already. Your first rating stands.")


class ReopenLateError(CaseError):
    """A case reopened after its window."""

    text = _(
        "Cases may be reopened within %(days)s days after closing; this one closed on %(on)s. "
        "Please report it anew: the old number will be linked."
    )


class LongWordsError(CaseError):
    """More words than a report takes."""

    text = _("Please say it in at most %(most)s characters; these are %(there)s.")


class PostNotHeldError(CaseError):
    """A case given to a post that nobody holds today."""

    text = _("Nobody holds this post today. Choose another.")


class ConfidentialError(CaseError):
    """Words of a confidential case, asked to be made public."""

    text = _("This case is confidential: nothing of its words can be made public.")


class LinkUnknownError(CaseError):
    """A status link that fits no case."""

    text = _("This link fits no case. Check it letter by letter, or ask at the station.")


class VisitOverError(CaseError):
    """A further matter for a visit of hours ago."""

    text = _("This visit is over. Take the matter in as a new visit: who comes may be another.")


class MergeError(CaseError):
    """Two cases that cannot become one matter."""


class SameCaseError(MergeError):
    """A case merged into itself."""

    text = _("Case %(number)s cannot be handled under itself. Enter the number of another.")


class MergedAlreadyError(MergeError):
    """A case that is merged: neither leads nor is merged again."""

    text = _(
        "Case %(number)s is itself handled under case %(lead)s. Merge into that one, or part the "
        "two first."
    )


class LeadsOthersError(MergeError):
    """A case under which others are handled: no chain of mergers."""

    text = _(
        "Other cases are handled under case %(number)s, so it cannot go under a third. Choose it "
        "as the one that leads, or part them first."
    )


class MergeLateError(MergeError):
    """A case that is answered or closed."""

    text = _(
        "Case %(number)s is answered or closed. Only a case without an answer can be handled under "
        "another, and only an open one can lead."
    )


class OtherTownError(MergeError):
    """Cases of different towns."""

    text = _("Cases %(number)s and %(lead)s lie in different towns and stay apart.")


class UnmergeLateError(MergeError):
    """A merger parted after the rule's days."""

    text = _(
        "Merged cases may be parted within %(days)s days; these were merged on %(on)s. What is "
        "left over is best reported anew."
    )


class OthersWaitError(CaseError):
    """An asker who would withdraw what others wait for too."""

    text = _(
        "%(others)s others wait for the answer to case %(number)s too, so it goes on for them. You "
        "need do nothing more."
    )


class FollowError(CaseError):
    """A case that cannot be followed."""


class NotOpenAnyMoreError(FollowError):
    """A case that ended between being shown and being followed."""

    text = _("This case is no longer open. Look at the list again, or send your own report.")


class OwnCaseError(FollowError):
    """The asker's own case."""

    text = _("Case %(number)s is your own: you are told of it already.")
