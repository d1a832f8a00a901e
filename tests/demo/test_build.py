"""A hamlet built end to end through the actions: what the pages find in it."""

import json
from collections import Counter

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils.timezone import localdate

from hequan.cases.models import Case, CaseSource, CaseStep
from hequan.core.accounts import Account
from hequan.core.clock import now
from hequan.core.grants import is_granted
from hequan.core.kinds import BUSINESS, Capability
from hequan.core.versions import forget_everything
from hequan.demo.accounts import SIGN_INS
from hequan.demo.build import build_demo
from hequan.demo.errors import NotEmptyError
from hequan.demo.introductions import RESIDENT_PHONE, STANDS_FOR
from hequan.demo.land import make_land
from hequan.demo.scale import SCALES
from hequan.demo.staffing import HELPERS_PER_GRID
from hequan.people.gateways import outgoing_file
from hequan.people.kinds import Likelihood, LikeReason
from hequan.people.models import Consent, Frame, Person
from hequan.people.protection_kinds import ConsentPurpose
from hequan.people.queries import consent_in_force, duplicate_candidates, persons_with_phone
from hequan.people.sign_in_codes import typed_digits
from hequan.roster.answers import Outcome
from hequan.roster.kinds import PostKind
from hequan.roster.models import (
    DutySlot,
    Leave,
    Mentoring,
    Pool,
    Post,
    Registration,
    ResponsibilityList,
)
from hequan.roster.post_capabilities import capabilities_of_kind
from hequan.roster.queries import posts_answering_for_many
from hequan.roster.queries.matters import catalogue_on
from hequan.roster.queries.responsibilities import findings_of, list_facts
from hequan.roster.responsibilities import compare_lists
from hequan.stations import queries as stations
from hequan.stations.models import Closure, Station
from hequan.territory import queries as territory
from hequan.territory.kinds import LandmarkKind, Level
from hequan.territory.models import Home, Landmark, Unit

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """Build once for the module; every test runs in a savepoint inside."""
    settings = override_settings(
        NETWORKS_ROOT=tmp_path_factory.mktemp("networks"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    forget_everything()
    with django_db_blocker.unblock(), settings, transaction.atomic():
        yield build_demo(scale=SCALES["hamlet"], seed=1, at=now())
        transaction.set_rollback(True)


def town() -> Unit:
    return Unit.objects.get(level=Level.TOWN)


def test_topology_is_clean_at_every_level(built):
    for parent in Unit.objects.filter(level__in=[Level.TOWN, Level.AREA, Level.COMMITTEE]):
        below = list(Level)[Level(parent.level).depth + 1]
        assert territory.topology_report(parent, below).is_sound


def test_every_home_is_counted_in_the_grid_it_lies_in(built):
    homes = list(Home.objects.values_list("lon", "lat", "unit_id"))
    lon, lat, unit = zip(*homes, strict=True)

    assert territory.grids_at(lon, lat).tolist() == list(unit)


def test_the_board_shows_figures_at_once(built):
    run = stations.latest_run(town().path)

    assert run is not None
    assert run.figures["people"] == 1200
    assert set(run.figures["profiles"]) == {"adult", "elder", "frail", "child", "wheelchair"}
    assert built.within_15 == run.figures["profiles"]["adult"]["share_within"]["15"]


def test_one_closure_is_sudden_and_one_announced_a_week_ahead(built):
    sudden, announced = Closure.objects.order_by("-is_sudden")

    assert (sudden.is_sudden, announced.is_sudden) == (True, False)
    assert (announced.from_at - announced.announced_at).days >= 7


def test_the_pages_of_what_is_lacking_have_rows(built):
    path = town().path

    assert stations.organisations_without_station(path)
    assert stations.grids_without_main_station([path])
    lacking = {circle.circle_set for circle in stations.circles_without_core(path)}
    assert lacking == {"三圈方案（2024年）"}


def test_a_corridor_joins_rooms_of_different_stations(built):
    (corridor,) = stations.corridors_in(town().path)

    assert len({stop.station_pk for stop in corridor.stops}) == len(corridor.stops) == 3


def test_the_map_has_water_railway_and_buildings(built):
    kinds = set(Landmark.objects.values_list("kind", flat=True))

    assert kinds > {LandmarkKind.RIVER, LandmarkKind.RAILWAY, LandmarkKind.BUILDING}


def test_a_resident_agrees_and_signs_in_by_code_from_the_first_day(built, client, settings):
    settings.GATEWAYS = {"sms": "file"}
    client.post("/sign-in/code/", {"phone": RESIDENT_PHONE})
    last = outgoing_file("sms").read_text(encoding="utf-8").splitlines()[-1]
    code = typed_digits(json.loads(last)["text"])[:6]
    asked = client.post("/sign-in/code/enter/", {"code": code})
    page = client.get(asked["Location"]).content.decode()
    client.post(
        asked["Location"], {"person": persons_with_phone(RESIDENT_PHONE)[0].pk, "agrees": "1"}
    )

    assert "我同意本镇（街道）为我开设账户" in page
    assert client.get("/my/data/").status_code == 200
    (person,) = persons_with_phone(RESIDENT_PHONE)
    assert consent_in_force(person, ConsentPurpose.ACCOUNT, now())


def granted(username, path):
    account = Account.objects.get(username=username)
    return {one for one in Capability if is_granted(account, one, path, now())}


def test_what_the_residents_grid_is_done_by_four_people_from_the_first_minute(built):
    (resident,) = persons_with_phone(RESIDENT_PHONE)
    grid = resident.unit.path

    assert granted("grid", grid) == capabilities_of_kind(PostKind.GRID_HEAD)
    assert granted("head", grid) == capabilities_of_kind(PostKind.AREA_HEAD)
    assert Capability.DISPATCH_CASES in granted("dispatcher", grid) & granted("officer", grid)


def test_sign_ins_may_do_what_they_are_for(built):
    may = {sign_in.username: granted(sign_in.username, town().path) for sign_in in SIGN_INS}
    assert may["officer"] == set(BUSINESS)
    assert may["clerk"] == {
        *(Capability.SEE_BOARD, Capability.EDIT_STATIONS, Capability.SEE_CASES),
        *capabilities_of_kind(PostKind.STATION_CLERK),
    }
    assert may["viewer"] == {Capability.SEE_BOARD}
    assert may["dispatcher"] == capabilities_of_kind(PostKind.TOWN_OFFICER)
    assert may["grid"] == may["head"] == set()  # in their own parts, below
    assert may["repairer"] == set()  # for its own firm only
    assert may["sysadmin"] == {Capability.ADMINISTER_SYSTEM}
    assert may["security"] == {Capability.ADMINISTER_SECURITY}
    assert may["auditor"] == {Capability.READ_AUDIT}


def test_a_database_in_use_is_refused_and_left_alone(built):
    before = Station.objects.count()

    with pytest.raises(NotEmptyError):
        build_demo(scale=SCALES["hamlet"], seed=2, at=now())

    assert Station.objects.count() == before


def test_what_is_written_is_what_the_seed_makes(built):
    land = make_land(SCALES["hamlet"], 1)
    written = Home.objects.values_list("lon", "lat", "people")

    made = zip(land.homes.lon, land.homes.lat, land.homes.people, strict=True)
    assert sorted(written) == sorted((float(x), float(y), int(p)) for x, y, p in made)


def test_every_grid_has_its_team_and_the_counts_are_of_size(built):
    held = Counter(Post.objects.values_list("kind", flat=True))
    grids = Unit.objects.filter(level=Level.GRID).count()

    assert grids == held[PostKind.GRID_HEAD]
    assert round(grids * HELPERS_PER_GRID) == held[PostKind.GRID_HELPER]
    assert {PostKind.TOWN_OFFICER, PostKind.AREA_HEAD, PostKind.STATION_HEAD} <= set(held)
    signed_in = Post.objects.filter(person__account__is_demo=True)
    assert set(signed_in.values_list("person__account__username", flat=True)) == {
        *STANDS_FOR,
        "repairer",
    }


def test_nobodys_telephone_rings(built):
    phones = {person.phone.open()[:3] for person in Person.objects.all()}

    assert {"154"} == phones


def test_the_list_of_27_items_over_6_parties_is_in_force_and_a_draft_follows(built):
    published, draft = ResponsibilityList.objects.order_by("version")
    before, after = list_facts(published), list_facts(draft)

    assert (len(before.items), len(before.parties)) == (27, 6)
    found = findings_of(published, before, localdate())
    assert [one.matter.code for one in found.holes] == ["63996", "63998"]
    assert not found.blocks
    assert not findings_of(draft, after, localdate()).holes
    changed = compare_lists(before, after)
    assert ([one.number for one in changed.items_added], len(changed.cells)) == ([28], 3)


def test_every_matter_is_answered_for_in_every_grid_but_the_two_holes(built):
    grids = list(Unit.objects.filter(level=Level.GRID).values_list("pk", flat=True))
    asked = catalogue_on(localdate()).asked_for()
    answers = posts_answering_for_many(((m.code, g) for m in asked for g in grids), now())

    unanswered = {code for (code, _), one in answers.items() if one.outcome == Outcome.NOBODY}
    assert {"63996", "63998"} == unanswered


def test_people_work_together(built):
    frames = {one.kind: one for one in Frame.objects.all()}

    assert 6 + 7 >= frames["co_building"].groups.count() >= 3 + 7
    assert frames["co_building"].members.count()
    assert Registration.objects.count() > 20
    assert Mentoring.objects.exists()
    assert DutySlot.objects.filter(person=None).exists()
    assert Leave.objects.exclude(stand_in=None).exists()
    assert Pool.objects.get().members.count()
    assert Consent.objects.filter(withdrawn_at=None).exists()


def test_three_people_are_entered_twice_and_suspected(built):
    officer = Account.objects.get(username="officer")
    pairs = duplicate_candidates(officer, now())
    found = {pair.likeness.likelihood: set(pair.likeness.reasons) for pair in pairs}

    assert len(pairs) >= 3
    assert LikeReason.SAME_PHONE in found[Likelihood.SURE]
    heard = [p for p in pairs if LikeReason.SAME_SOUND in p.likeness.reasons]
    assert [LikeReason.SAME_UNIT in pair.likeness.reasons for pair in heard] == [True]
    assert any(
        {LikeReason.SAME_BIRTH, LikeReason.OTHER_PHONE} <= set(pair.likeness.reasons)
        for pair in pairs
    )


def test_a_month_of_life_lies_behind_it(built):
    mine = Case.objects.filter(form_key__startswith="month/")
    orders = CaseSource.objects.filter(number__startswith="month/")

    assert 6 <= mine.count() + orders.count() <= SCALES["hamlet"].grids
    assert CaseStep.objects.filter(case__in=mine).exclude(move="open").exists()
    assert {one.is_demo for one in Account.objects.filter(username__startswith="post-")} == {False}
    assert not any(one.has_usable_password() for one in Account.objects.filter(is_demo=False))
