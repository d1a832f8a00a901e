"""A closed mediation and the erasure of one of its parties: the other's record stays whole."""

import pytest

from hequan.cases.actions.disputes import make_dispute_move, open_dispute
from hequan.cases.dispute_access import dispute_doers
from hequan.cases.dispute_kinds import DisputeKind
from hequan.cases.dispute_moves import DisputeMoveName
from hequan.cases.disputes import DisputeFacts, DisputeGiven, PartyFacts
from hequan.cases.models import Dispute
from hequan.people.actions import erase_person
from tests.world import AT

pytestmark = pytest.mark.django_db
SAID, HEARD, WHY = "楼上漏水三年", "双方各自讲了经过", "自行和解"


def closed(desk, *parties):
    """Bring a dispute, sit once, and end it."""
    facts = DisputeFacts(DisputeKind.NEIGHBOURS, SAID, desk.town.maple, parties)
    row = open_dispute(facts=facts, by=desk.handler, at=AT)
    moves = (
        (DisputeMoveName.ASSIGN, desk.chief, DisputeGiven(mediators=(desk.dispatcher,))),
        (DisputeMoveName.SIT, desk.dispatcher, DisputeGiven(held_at=AT, place="一室", said=HEARD)),
        (DisputeMoveName.WITHDRAW, desk.dispatcher, DisputeGiven(reason=WHY)),
    )
    for name, by, given in moves:
        doers = dispute_doers(by, row, AT)
        row = make_dispute_move(dispute=row, name=name, doers=doers, given=given, by=by, at=AT)
    return row


def words_of(row):
    row = Dispute.objects.get(pk=row.pk)
    said = [row.words.open(), row.sessions.get().said.open(), row.steps.latest("pk").words.open()]
    return said, [(party.person_id, party.name.open()) for party in row.parties.order_by("pk")]


def erased(desk, person):
    return erase_person(person=person, by=desk.town.system, at=AT)


def test_one_party_goes_and_the_other_keeps_the_record(desk):
    one, other = desk.town.cast.he_chuan, desk.town.cast.li_genbao
    row = closed(desk, PartyFacts("", person=one), PartyFacts("", person=other))
    told = erased(desk, one)

    said, parties = words_of(row)
    assert said == [SAID, HEARD, WHY]
    assert one.name not in str(parties)
    assert other.pk in [pk for pk, _name in parties]
    assert told.kept["cases.dispute"] == told.kept["cases.disputesession"] == 1


def test_the_last_of_the_parties_takes_it_along(desk):
    one, other = desk.town.cast.he_chuan, desk.town.cast.li_genbao
    row = closed(desk, PartyFacts("", person=one), PartyFacts("", person=other))
    erased(desk, one)
    told = erased(desk, other)

    assert words_of(row)[0] == ["", "", ""]
    assert told.emptied["cases.dispute"] == 1


def test_whoever_is_known_by_name_only_is_a_party_too(desk):
    one = desk.town.cast.he_chuan
    row = closed(desk, PartyFacts("", person=one), PartyFacts("楼上住户"))
    erased(desk, one)

    assert words_of(row)[0] == [SAID, HEARD, WHY]
