"""Who may act for a minor."""

from datetime import date

import pytest

from hequan.people.actions import GuardianFacts, end_guardianship, save_guardian
from hequan.people.errors import GuardianError
from hequan.people.guardians import guardian_refusal
from hequan.people.kinds import GuardianDocument, GuardianKind
from hequan.people.models import Guardianship
from hequan.people.queries import guardianships_of, wards_of

DAY = date(2026, 3, 10)
ADULT, MINOR = date(1988, 5, 1), date(2016, 6, 1)
FACTS = GuardianFacts(GuardianKind.PARENT, GuardianDocument.BIRTH_CERTIFICATE)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ((1, 2, MINOR, ADULT, DAY, DAY, ()), None),
        ((1, 1, MINOR, ADULT, DAY, DAY, ()), "oneself"),
        ((1, 2, MINOR, ADULT, DAY, DAY, (2,)), "circle"),
        ((1, 2, None, ADULT, DAY, DAY, ()), "birth_unknown"),
        ((1, 2, MINOR, None, DAY, DAY, ()), "guardian_birth_unknown"),
        ((1, 2, ADULT, ADULT, DAY, DAY, ()), "not_minor"),
        ((1, 2, date(2008, 3, 10), ADULT, DAY, DAY, ()), "not_minor"),
        ((1, 2, MINOR, date(2008, 3, 11), DAY, DAY, ()), "not_adult"),
        ((1, 2, MINOR, ADULT, date(2026, 3, 11), DAY, ()), "future"),
        ((1, 2, MINOR, ADULT, date(2016, 5, 31), DAY, ()), "future"),
    ],
)
def test_a_guardian_is_an_adult_who_is_somebody_else(given, reason):
    assert guardian_refusal(*given) == reason


def test_a_guardian_is_entered_with_what_was_shown(world):
    cast = world.cast
    row = save_guardian(
        minor=cast.wang_xiaobao,
        guardian=cast.shan_jianguo,
        facts=FACTS,
        by=world.clerk,
        at=world.at,
    )
    assert (row.recorded_by, row.document) == (world.clerk, "birth_certificate")
    assert {one.guardian for one in guardianships_of(cast.wang_xiaobao)} == {
        cast.wang_li,
        cast.shan_jianguo,
    }
    assert [one.minor for one in wards_of(cast.wang_li)] == [cast.wang_xiaobao]


def test_the_same_guardian_is_entered_once_and_again_after_an_end(world):
    cast = world.cast
    given = {"minor": cast.wang_xiaobao, "guardian": cast.wang_li, "facts": FACTS}
    with pytest.raises(GuardianError) as refusal:
        save_guardian(**given, by=world.clerk, at=world.at)
    assert refusal.value.reason == "known"

    (row,) = guardianships_of(cast.wang_xiaobao)
    end_guardianship(guardianship=row, by=world.clerk, at=world.at)
    end_guardianship(guardianship=row, by=world.clerk, at=world.at)
    save_guardian(**given, by=world.clerk, at=world.at)
    assert Guardianship.objects.filter(minor=cast.wang_xiaobao).count() == 2


def test_a_minor_is_nobodys_guardian(world):
    cast = world.cast
    with pytest.raises(GuardianError) as refusal:
        save_guardian(
            minor=cast.wang_xiaobao,
            guardian=cast.shan_xiaoyu,
            facts=FACTS,
            by=world.clerk,
            at=world.at,
        )
    assert refusal.value.reason == "not_adult"
    assert "18" in str(refusal.value)
