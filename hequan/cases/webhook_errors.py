"""What telling other systems of cases refuses, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.cases.errors import CaseError


class WebhookError(CaseError):
    """A refusal about an address that hears of cases."""


class WebhookThereError(WebhookError):
    """The same address twice for one unit."""

    text = _("%(url)s hears of this unit already. Remove it first to change what it hears.")


class NoSuchWebhookError(WebhookError):
    """An address that is not told, or was ended before."""

    text = _("There is no webhook %(key)s in use. See `hequan webhook list`.")
