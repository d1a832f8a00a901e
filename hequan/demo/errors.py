"""What the demo refuses."""

from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError


class NotEmptyError(HequanError):
    """A demo is built in an empty database only."""

    text = _("This database is in use already. A demo is built in an empty one only.")


class NoDemoTownError(HequanError):
    """A year is lived in a demo town only: nobody's real town gets made-up cases."""

    text = _("This is no demo town. A made-up year is written into a demo of one town only.")
