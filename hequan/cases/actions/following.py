"""Following a case (我也遇到): instead of opening another of the same matter."""

from datetime import datetime

from django.db import transaction

from hequan.cases.asking import NAME_LENGTH, WORDS_LENGTH, Asking
from hequan.cases.errors import LongWordsError, NotOpenAnyMoreError, OwnCaseError
from hequan.cases.kinds import OPEN_STATES
from hequan.cases.models import Case, Follower
from hequan.cases.numbers import new_link
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.core.sealed import Sealed


@transaction.atomic
def follow_case(*, case: Case, asking: Asking, by: Account, at: datetime) -> Follower:
    """Let whoever asks follow an open case: she gets a link of her own, and judges for herself.

    The same form, or the same person, again gives the row there is. What she said is kept for the
    handler. NotOpenAnyMoreError, OwnCaseError or LongWordsError before anything is written. The
    case is not moved: its pages stay as new as they were.
    """
    asking = asking.plainly()
    for text, most in ((asking.words, WORDS_LENGTH), (asking.contact_name, NAME_LENGTH)):
        if len(text) > most:
            raise LongWordsError(most=most, there=len(text))
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if there := _follows(row, asking):
        return there
    if row.state not in OPEN_STATES:
        raise NotOpenAnyMoreError
    if asking.asker is not None and row.asker_id == asking.asker:
        raise OwnCaseError(number=row.number)
    follower = Follower.objects.create(
        case=row,
        link=new_link(),
        form_key=asking.form_key or None,
        since=at,
        person_id=asking.asker,
        contact_name=asking.contact_name,
        contact_phone=Sealed.of(asking.contact_phone, "phone"),
        is_confidential=asking.is_confidential,
        words=asking.words,
    )
    told = {"case": row.pk}
    record(
        verb="cases.followed", by=by, at=at, thing=follower, after=told, on_behalf_of=asking.asker
    )
    tell("cases.followed", {"case": row.pk, "follower": follower.pk}, at)
    return follower


def _follows(row: Case, asking: Asking) -> Follower | None:
    sent = Follower.objects.filter(form_key=asking.form_key).first() if asking.form_key else None
    if sent is None and asking.asker is not None:
        return row.followers.filter(person=asking.asker).first()
    return sent
