"""What mediation refuses, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.cases.errors import CaseError


class DisputeError(CaseError):
    """A refusal about a mediation record."""


class NoSuchDisputeError(DisputeError):
    """There is no such record, or the account is not in it: the two look alike."""

    text = _("There is no such mediation record, or you are not in it.")


class DisputeMovedError(DisputeError):
    """Somebody else changed the record since the page was opened."""

    text = _(
        "Somebody else has changed this record since you opened it. It is shown as it stands now: "
        "look at it and enter yours again. Nothing of yours was saved."
    )


class DisputeMoveError(DisputeError):
    """A move the table does not have from where the record stands, or not for these."""

    text = _("This cannot be done with record %(number)s as it stands, or is not for you to do.")


class PartiesMissingError(DisputeError):
    """A dispute with fewer than two sides."""

    text = _("A dispute has at least two parties. Enter the other; words such as “upstairs” do.")


class TooManyPartiesError(DisputeError):
    """More parties than one record holds."""

    text = _("A record holds at most %(most)s parties. Open a second one for the others.")


class MediatorUnfitError(DisputeError):
    """A mediator who cannot open cases."""

    text = _("%(name)s may not open cases, so could not read the record. Choose somebody else.")


class MediatorIsPartyError(DisputeError):
    """A mediator who is a party."""

    text = _("%(name)s is a party to this dispute. Nobody mediates in her own matter.")


class TermUnknownError(DisputeError):
    """A term or a visit that is not of this record, or is done."""

    text = _("This term or visit is done already. Choose one of those still open.")


class TermsOpenError(DisputeError):
    """A record closed while something of the agreement is open."""

    text = _(
        "%(terms)s terms and %(visits)s follow-up visits are still open. Note each as kept or "
        "visited first, or hand the matter on to a court or to arbitration."
    )


class DayError(DisputeError):
    """A day that cannot be."""

    text = _("%(what)s cannot lie %(where)s. Look at the day again.")
