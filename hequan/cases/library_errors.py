"""What the case library refuses, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.cases.errors import CaseError


class LibraryError(CaseError):
    """A refusal about a write-up."""


class NoSuchWriteUpError(LibraryError):
    """There is no such write-up, or the account may not open it: the two look alike."""

    text = _("There is no such write-up, or you may not open it.")


class NotClosedError(LibraryError):
    """A case that is not closed."""

    text = _("Case %(number)s is not closed. Only what has come to its end is written up.")


class WrittenAlreadyError(LibraryError):
    """A second write-up of a case."""

    text = _("Case %(number)s is written up already, by %(author)s.")


class WriteUpMovedError(LibraryError):
    """A write-up that stands otherwise than the page showed."""

    text = _("This write-up was changed since you opened it. Look at it again, then choose.")


class ReviewOwnError(LibraryError):
    """Somebody who would review her own write-up."""

    text = _("Nobody reviews her own write-up. Ask another dispatcher.")


class NumbersInsideError(LibraryError):
    """Words with a number that leads to a person."""

    text = _(
        "“%(found)s” may be a telephone, identity or plate number or a mail address. Write it up "
        "without it; a long amount is best written in ten thousands."
    )


class AskerNamedError(LibraryError):
    """Words that name whoever asked."""

    text = _("The words name whoever asked or followed. Write “a resident” instead.")


class WriteUpLacksError(LibraryError):
    """A write-up without one of its parts."""

    text = _("A write-up has a title, what it was, what was done and what made it work.")
