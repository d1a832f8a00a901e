"""What the protection of personal data refuses, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.people.errors import PeopleError


class ConsentNeededError(PeopleError):
    """Something that needs her consent first."""

    text = _("This needs the person's consent first: record it on her page of consents.")


class ConsentTextOutdatedError(PeopleError):
    """A consent to words that are no longer, or not yet, in force."""

    text = _("These words have changed meanwhile: read the new ones.")


class ConsentTextError(PeopleError):
    """A text of a consent that is empty, the same as before, or dated back."""

    text = _("A consent needs its words in both languages, different from those in force.")


class ConsentTextDateError(PeopleError):
    """A text that would hold from a moment that is past, or before the version before it."""

    text = _("A new text holds from now or later, and after every version before it.")


class GuardianNeededError(PeopleError):
    """Somebody under fourteen, without the guardian who decides for her."""

    text = _("For a child under fourteen a guardian decides: she does this signed in, or here.")


class NotGuardianError(PeopleError):
    """Somebody who speaks for another without being her guardian."""

    text = _("Only a guardian on record gives a consent for somebody else.")


class ChildAccessNeededError(PeopleError):
    """A child's data, without the approval staff need to read it."""

    text = _("The data of a child under fourteen is shown after another officer has approved it.")


class ChildAccessError(PeopleError):
    """A request that was decided already, or that whoever asked would decide herself."""

    text = _("Somebody else decides this request, once.")


class ChildAccessUntilError(PeopleError):
    """An approval that would end in the past or last too long."""

    text = _("An approval ends after now and within %(days)s days.")


class NotAChildError(PeopleError):
    """A request for the data of somebody who is no child."""

    text = _("This person is not under fourteen: no approval is needed.")


class BadDocumentError(PeopleError):
    """A document's number that cannot be one; its text never repeats what was typed."""

    text = _(
        "This number cannot belong to such a document: compare it character by character; "
        "the last one of a resident identity number is a check."
    )


class DocumentTakenError(PeopleError):
    """A document that is recorded for somebody else."""

    text = _("Another person has this document: look among the duplicates.")


class ErasureHeldError(PeopleError):
    """Data that cannot be erased yet."""

    text = _("It cannot be erased yet: %(reasons)s")


class RequestDoneError(PeopleError):
    """A request about data that was answered already."""

    text = _("This request was answered already.")


class NoSuchRequestError(PeopleError):
    """No such request, consent or entry of a register, or not for whoever asks."""

    text = _("There is no such entry, or you may not open it.")


class AssessmentDateError(PeopleError):
    """An assessment whose review would not come after it."""

    text = _("The review comes after the day of the assessment, within three years.")
