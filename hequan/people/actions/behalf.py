"""Acting for a person (代办): begun with her consent, ended by hand or the clock, both recorded."""

from datetime import datetime

from django.db import transaction

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.actions.consents import give_consent
from hequan.people.kinds import BehalfBasis
from hequan.people.models import Person
from hequan.people.protection_kinds import ConsentChannel, ConsentPurpose
from hequan.people.queries.consents import words_in_force

_CHANNELS = {
    BehalfBasis.SPOKEN: ConsentChannel.COUNTER,
    BehalfBasis.WRITTEN: ConsentChannel.PAPER,
}


@transaction.atomic
def begin_acting(*, person: Person, basis: BehalfBasis, by: Account, at: datetime) -> None:
    """Write down that staff act for her from now on, and what she agreed to.

    A guardian speaks for a child; for everybody else the consent is kept with the words in force.
    """
    text = words_in_force(at).get(ConsentPurpose.ACT_ON_BEHALF)
    if text is not None and basis in _CHANNELS:
        channel = _CHANNELS[basis]
        give_consent(person=person, text=text, channel=channel, proxy_account=by, by=by, at=at)
    after = {"basis": str(basis)}
    verb = "people.acting_begun"
    record(
        verb=verb, by=by, at=at, thing=person, after=after, plain=("basis",), on_behalf_of=person.pk
    )


@transaction.atomic
def end_acting(*, person: Person, by: Account, at: datetime) -> None:
    """Write down that staff no longer act for her."""
    record(verb="people.acting_ended", by=by, at=at, thing=person, on_behalf_of=person.pk)
