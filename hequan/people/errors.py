"""What people and organisations refuse, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError


class PeopleError(HequanError):
    """A refusal about organisations."""


class BadCreditCodeError(PeopleError):
    """A unified social credit code whose check digit is wrong."""

    text = _("%(code)s is not a unified social credit code: compare it with the licence.")


class NoSuchOrganisationError(PeopleError):
    """There is no such organisation, or the account may not see it: the two look alike."""

    text = _("There is no such organisation, or you may not open it.")
