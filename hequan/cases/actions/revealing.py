"""Showing a contact whole (联系方式明文): to whoever must call, once asked for, and recorded."""

from datetime import datetime

from django.db import transaction

from hequan.cases.models import Case, Follower
from hequan.core.accounts import Account
from hequan.core.audit import record_reading

WHY = "to speak with the asker"


@transaction.atomic
def reveal_contact(*, case: Case | Follower, by: Account, at: datetime) -> str:
    """Return the asker's, or a follower's, number in plain digits, after the reading was recorded.

    Ask `access.may_see_contact` first. BrokenSealError for a value that was tampered with.
    """
    number = case.contact_phone.open()
    record_reading(thing=case, fields=("contact_phone",), reason=WHY, by=by, at=at)
    return number
