"""How the demo's people work together (共建与值守): duty, leave, pairs, a pool, who has registered.

One week of duty at a few stations, leaves with and without a stand-in, mentors and learners, a
pool at the centre, registrations of people and units, the frame 1+6+7+X with its signatures, an
alliance, and some consents. All through the actions that the pages use.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from hequan.core.accounts import Account
from hequan.demo.settling import Settled
from hequan.demo.staffing import Staffed
from hequan.demo.stationing import Stationed
from hequan.people.actions import (
    FrameFacts,
    Signature,
    add_frame_group,
    give_consent,
    save_frame,
    sign_frame,
)
from hequan.people.kinds import FrameGroupKind, FrameKind
from hequan.people.models import Organisation, Person
from hequan.people.protection_kinds import ConsentChannel, ConsentPurpose
from hequan.people.queries import words_in_force
from hequan.roster.actions.duty_patterns import WeeklyDuty, add_pattern
from hequan.roster.actions.leaves import enter_leave
from hequan.roster.actions.mentoring import begin_mentoring, note_meeting
from hequan.roster.actions.pools import begin_pool, join_pool
from hequan.roster.actions.registrations import Offer, register_person, register_unit
from hequan.roster.kinds import FreeTime, PostKind, RegistrationKind, Skill
from hequan.roster.models import Post
from hequan.roster.places import Place
from hequan.stations.models import Station
from hequan.territory.models import Unit

_DUTY_STATIONS, _PAIRS, _POOL, _REGISTERED, _CONSENTS = 2, 8, 5, 40, 20
_SIGNED, _ALLIED, _UNITS = 100, 12, 12
_GROUPS = (
    "党建引领组",
    "民生服务组",
    "平安法治组",
    "环境治理组",
    "文化体育组",
    "就业创业组",
    "公益志愿组",
)


def let_people_work(
    settled: Settled, stationed: Stationed, staffed: Staffed, *, by: Account, at: datetime
) -> None:
    """Write all of it for the town."""
    today = timezone.localtime(at).date()
    _plan_duty(stationed, today, by, at)
    _let_some_be_away(staffed, today, by, at)
    _pair_mentors(today, by, at)
    _fill_pool(stationed, staffed, today, by, at)
    _register(settled, stationed, staffed, by, at)
    _sign_frames(settled, today, by, at)
    _note_consents(staffed, by, at)


def _plan_duty(stationed: Stationed, today: date, by: Account, at: datetime) -> None:
    posts = Post.objects.filter(kind=PostKind.STATION_CLERK, valid_to=None)
    rows = list(posts.select_related("station__unit", "person").order_by("station_id", "pk"))
    first = {post.station_id: post for post in reversed(rows)}
    for station in stationed.station_ids[:_DUTY_STATIONS]:
        post = first.get(station)
        if post is None or post.station is None:
            continue
        for weekday in range(6):
            person = None if weekday == 5 else post.person  # nobody has taken the Saturday yet
            duty = WeeklyDuty(weekday, 9 * 60, 17 * 60, today)
            add_pattern(place=Place.of(post.station), duty=duty, person=person, by=by, at=at)


def _let_some_be_away(staffed: Staffed, today: date, by: Account, at: datetime) -> None:
    heads, workers = (
        staffed.by_kind.get(kind, []) for kind in (PostKind.GRID_HEAD, PostKind.GRID_WORKER)
    )
    for at_, (head, worker) in enumerate(zip(heads[:6], workers[:6], strict=False)):
        stand_in = worker if at_ % 2 == 0 else None
        until = today + timedelta(days=4 + at_)
        enter_leave(
            person=head,
            first_on=today - timedelta(days=1),
            until_on=until,
            stand_in=stand_in,
            by=by,
            at=at,
        )


def _pair_mentors(today: date, by: Account, at: datetime) -> None:
    posts = list(
        Post.objects.filter(kind=PostKind.GRID_WORKER, valid_to=None)
        .select_related("person")
        .order_by("pk")[: 2 * _PAIRS]
    )
    begun = today - timedelta(days=60)
    for mentor, learner in zip(posts[::2], posts[1::2], strict=False):
        pair = begin_mentoring(
            mentor=mentor,
            learner=learner,
            goals="熟悉微网格走访、台账与首问负责",
            begun_on=begun,
            by=by,
            at=at,
        )
        note = "一起走访两个楼组，补齐联系卡。"
        note_meeting(pair=pair, held_on=begun + timedelta(days=14), note=note, by=by, at=at)


def _fill_pool(
    stationed: Stationed, staffed: Staffed, today: date, by: Account, at: datetime
) -> None:
    station = Station.objects.get(pk=stationed.station_ids[0])
    begun = today - timedelta(days=90)
    pool = begin_pool(name="一站式服务专班", station=station, begun_on=begun, by=by, at=at)
    homes: Sequence[Organisation | None] = list(Organisation.objects.order_by("pk")[:_POOL])
    workers = staffed.by_kind.get(PostKind.COMMITTEE_WORKER, [])
    for person, home in zip(workers[:_POOL], homes, strict=False):
        join_pool(pool=pool, person=person, home=home, valid_from=begun, by=by, at=at)


def _register(
    settled: Settled, stationed: Stationed, staffed: Staffed, by: Account, at: datetime
) -> None:
    stations = Station.objects.in_bulk(list(stationed.station_ids))
    there = [stations[pk] for pk in stationed.station_ids]
    skills, times = list(Skill), list(FreeTime)
    words = words_in_force(at).get(ConsentPurpose.REGISTRATION)
    people = staffed.by_kind.get(PostKind.GRID_HELPER, [])[: _REGISTERED * 3 : 3]
    for at_, person in enumerate(people):
        offer = Offer((skills[at_ % len(skills)],), (times[at_ % len(times)],), "愿就近参加")
        kind = RegistrationKind.NEW_JOB_PERSON if at_ % 4 == 3 else RegistrationKind.MEMBER
        station = there[at_ % len(there)]
        register_person(
            person=person,
            kind=kind,
            station=station,
            offer=offer,
            text=words,
            channel=ConsentChannel.COUNTER,
            by=by,
            at=at,
        )
    areas = [Unit.objects.get(pk=settled.ids[code]) for code in settled.codes.areas]
    for at_, body in enumerate(Organisation.objects.order_by("pk")[:_UNITS]):
        offer = Offer((skills[at_ % len(skills)],), (times[2],), "可提供会议室和停车位")
        register_unit(organisation=body, area=areas[at_ % len(areas)], offer=offer, by=by, at=at)


def _sign_frames(settled: Settled, today: date, by: Account, at: datetime) -> None:
    """One frame, six areas, seven working groups, and all who signed; an alliance beside it."""
    town = Unit.objects.get(pk=settled.ids[settled.codes.towns[0]])
    begun = date(today.year - 1, 3, 1)
    facts = FrameFacts(FrameKind.CO_BUILDING, f"{town.name}“1+6+7+X”区域共建", town.pk, begun)
    frame = save_frame(facts=facts, by=by, at=at)
    groups = []
    areas = [Unit.objects.get(pk=settled.ids[code]) for code in settled.codes.areas]
    for area in [*areas, town]:
        kind, name = FrameGroupKind.AREA, f"{area.name}共建片"
        groups.append(add_frame_group(frame=frame, kind=kind, name=name, unit=area, by=by, at=at))
    for name in _GROUPS:
        kind = FrameGroupKind.WORKING_GROUP
        groups.append(add_frame_group(frame=frame, kind=kind, name=name, by=by, at=at))
    bodies = list(Organisation.objects.order_by("pk")[:_SIGNED])
    for at_, body in enumerate(bodies):
        signature = Signature(begun + timedelta(days=at_), "区域共建协议")
        sign_frame(
            frame=frame,
            group=groups[at_ % len(groups)],
            organisation=body,
            signature=signature,
            by=by,
            at=at,
        )
    facts = FrameFacts(FrameKind.ALLIANCE, "科创园区产业联盟", town.pk, begun)
    alliance = save_frame(facts=facts, by=by, at=at)
    for body in bodies[:_ALLIED]:
        signature = Signature(begun + timedelta(days=30), "联盟章程")
        sign_frame(frame=alliance, group=None, organisation=body, signature=signature, by=by, at=at)


def _note_consents(staffed: Staffed, by: Account, at: datetime) -> None:
    text = words_in_force(at)[ConsentPurpose.ACT_ON_BEHALF]
    people: list[Person] = staffed.by_kind.get(PostKind.GRID_HELPER, [])[:_CONSENTS]
    for person in people:
        give_consent(
            person=person,
            text=text,
            channel=ConsentChannel.COUNTER,
            proxy_account=by,
            by=by,
            at=at,
        )
