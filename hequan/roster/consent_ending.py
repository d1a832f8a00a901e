"""What the roster ends when a consent to it is taken back (撤回报到同意)."""

from django.utils.translation import gettext_lazy as _

from hequan.people.protection_kinds import ConsentPurpose
from hequan.people.withdrawals import Following, follow_withdrawal
from hequan.roster.actions.registrations import end_registrations_of

_WORDS = _("If you withdraw this, your registrations end at once. You may register again any time.")


def announce() -> None:
    """End somebody's registrations with her consent to them."""
    following = Following(_WORDS, end_registrations_of)
    follow_withdrawal(ConsentPurpose.REGISTRATION, following)
