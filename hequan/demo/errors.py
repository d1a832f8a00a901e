"""What the demo refuses."""

from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError


class NotEmptyError(HequanError):
    """A demo is built in an empty database only."""

    text = _("This database is in use already. A demo is built in an empty one only.")
