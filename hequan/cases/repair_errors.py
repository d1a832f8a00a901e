"""What the repair desk refuses, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.cases.errors import CaseError


class RepairError(CaseError):
    """A refusal about a repair order."""


class NoSuchRepairError(RepairError):
    """There is no such order or provider, or the account may not open it: the two look alike."""

    text = _("There is no such repair order, or you may not open it.")


class RepairMovedError(RepairError):
    """An order that somebody else moved meanwhile."""

    text = _(
        "Somebody else has moved this repair order since you opened it. It is shown as it stands "
        "now; nothing of yours was saved."
    )


class RepairGoneError(RepairError):
    """An order that another worker was first to take."""

    text = _("Repair order %(number)s went to a colleague who was first. Choose another one.")


class RepairMoveError(RepairError):
    """A move the table does not have from where the order stands, or not for these."""

    text = _("This cannot be done with repair order %(number)s as it stands, or is not for you.")


class CapReachedError(RepairError):
    """A worker who has as many open orders as one may have."""

    text = _("%(name)s has %(cap)s open repair orders already, the most one worker may have.")


class WorkerUnfitError(RepairError):
    """Somebody who does not work for the provider today."""

    text = _("%(name)s is not at work for this provider today. Choose somebody else.")


class NobodyFreeError(RepairError):
    """A turn where nobody is free."""

    text = _("Nobody is free: all are away, or have as many open orders as one may have.")


class ProviderShutError(RepairError):
    """An order for a provider that takes none."""

    text = _("%(name)s takes no new repair orders. Choose another provider.")


class PriceUnknownError(RepairError):
    """A line for an item that is not on the price list today."""

    text = _("An item of this quote is not on the price list today. Choose from the list again.")


class LineError(RepairError):
    """A line that is out of bounds, or one of one's own without its words."""

    text = _(
        "Line %(line)s: give a count from 1 to %(most)s; a line that is not on the price list also "
        "needs what it is, its unit, its price and why it is not on the list."
    )


class AmountError(RepairError):
    """A sum nobody repairs for."""

    text = _("A quote comes to at most %(most)s yuan.")


class QuoteMissingError(RepairError):
    """A quote of no line, or of too many."""

    text = _("A quote has from 1 to %(most)s lines.")


class PhotoMissingError(RepairError):
    """A move that takes a photo, made without one."""

    text = _("Add a photo: one before the work with the diagnosis, one after it when it is done.")


class ConsentMissingError(RepairError):
    """An answer for the asker that does not say on what ground."""

    text = _("Say on what ground you answer for the asker: her word, or her writing.")


class WarrantyOverError(RepairError):
    """A return after the last day of the warranty."""

    text = _("The warranty of repair order %(number)s has run out, or it had none.")


class ReturnOpenError(RepairError):
    """A second return beside an open one."""

    text = _("A warranty return of repair order %(number)s is open already.")


class RepairStillOpenError(RepairError):
    """An answer while a repair is open."""

    text = _(
        "Case %(number)s cannot be answered yet: repair order %(repair)s is still open. Wait for "
        "it, or cancel it with a reason, then answer."
    )


class PriceRowError(RepairError):
    """A row of a price list that cannot be read."""

    text = _(
        "Row %(row)s, “%(words)s”: write item, unit, price in yuan and days of warranty, with tabs "
        "or commas between them, such as: Tap replaced, piece, 85.00, 90. Nothing was saved."
    )


class ProviderError(RepairError):
    """A provider entered with what it cannot have."""

    text = _("Give a cap from 1 to %(most)s open orders per worker.")
