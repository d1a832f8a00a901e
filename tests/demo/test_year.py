"""The demo's year lived in the small town: through the actions, day by day, and gone on with."""

from datetime import timedelta

import pytest
from django.db.models import F

from hequan.cases.helping import OPEN_HELP
from hequan.cases.kinds import CaseState
from hequan.cases.models import Case, CaseSource, CaseStep, Follower, HelpTask
from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry
from hequan.core.jobs import Job
from hequan.demo import living, year, year_askings
from hequan.demo.errors import NoDemoTownError
from hequan.demo.year import YEAR, live_a_year
from tests.cases.cast import LIFT, RUBBISH
from tests.world import AT

pytestmark = pytest.mark.django_db
CASES = 30


@pytest.fixture
def town(desk, monkeypatch):
    """The small town as a demo, with a year of nine days."""
    for name in ("officer", "clerk"):
        account = Account.objects.create_user(name, name=name)
        account.is_demo = True
        account.save()
    short(monkeypatch)
    return desk


def short(monkeypatch):
    """A year of nine days, of what the small town's catalogue has."""
    monkeypatch.setattr(year, "DAYS_OF_A_YEAR", 9)
    rows = [row for row in year_askings.ROWS if row["matter"] in (RUBBISH, LIFT)]
    monkeypatch.setattr(year_askings, "ROWS", rows)


def lived(tell=lambda _day, _made: None):
    return live_a_year(seed=3, cases=CASES, at=AT, tell=tell)


def course():
    """Return what was done with which asking, as it is the same for the same seed."""
    rows = CaseStep.objects.exclude(case__form_key=None).order_by("case__form_key", "pk")
    return list(rows.values_list("case__form_key", "move", "at"))


def asked():
    return Case.objects.count() + Follower.objects.count()


def test_a_year_goes_through_the_actions_and_is_done_once(town):
    told = []
    series, was_left = lived(lambda day, made: told.append((day, made)))

    assert was_left
    assert asked() == CASES == told[-1][1]
    assert len(told) == 9
    assert Case.objects.filter(state=CaseState.CLOSED).exists()
    assert CaseSource.objects.exists()
    assert AuditEntry.objects.filter(verb="cases.opened").count() == Case.objects.count()
    assert not Job.objects.filter(name="people.send_delivery").exists()
    assert not CaseStep.objects.filter(at__gt=AT).exists()
    assert not CaseStep.objects.filter(at__lt=F("case__opened_at")).exists()
    over = (CaseState.CLOSED, CaseState.PUBLISHED)
    assert not HelpTask.objects.filter(state__in=OPEN_HELP, case__state__in=over).exists()
    there = course()
    assert lived() == (series, False)
    assert course() == there


def test_a_kill_leaves_whole_days_and_the_next_run_goes_on(town, monkeypatch):
    take_in, left = living.take_in, [20]

    def killed(*given):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return take_in(*given)

    days = []
    monkeypatch.setattr(living, "take_in", killed)
    with pytest.raises(KeyboardInterrupt):
        lived(lambda day, made: days.append((day, made)))
    assert asked() == days[-1][1] < CASES  # nothing of the day that was cut short
    monkeypatch.undo()
    short(monkeypatch)

    assert lived()[1]
    assert asked() == CASES
    keys = set(Case.objects.exclude(form_key=None).values_list("form_key", flat=True))
    assert len(keys) == Case.objects.count()


def test_a_year_begun_keeps_its_seed_its_size_and_its_days(town):
    series = lived()[0]
    other, was_left = live_a_year(seed=9, cases=99, at=AT + timedelta(days=3))

    assert (other, was_left) == (series, False)
    assert series.name == YEAR


def test_nobodys_real_town_gets_made_up_cases(desk):
    with pytest.raises(NoDemoTownError):
        lived()

    assert not Case.objects.exists()
