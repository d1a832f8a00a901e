"""What goes on in the demo's first town (近期安排): closures, other hours on a day, a corridor.

Days are counted from the day the demo is built, so that there is always a closure to come.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from hequan.core.accounts import Account
from hequan.demo.land import Land
from hequan.demo.settling import Settled
from hequan.demo.stationing import Stationed
from hequan.stations import actions
from hequan.stations.models import Space, Station
from hequan.stations.records import StopRecord
from hequan.territory.queries import unit_with_code

CORRIDOR = "睦邻走廊"
_STOPS = (
    ("议事厅", "议：四个居民区的邻里议事"),
    ("睦邻活动室", "学：老年教育与亲子课堂"),
    ("阅读角", "阅：共享书架，借还不出街区"),
    ("睦邻活动室", "乐：周末电影与手工"),
)


def let_things_happen(
    land: Land, settled: Settled, stationed: Stationed, *, by: Account, at: datetime
) -> None:
    """Announce two closures, note some other hours, and join four rooms into a corridor."""
    today = timezone.localtime(at).date()
    _announce_closures(stationed, today, by, at)
    _note_exceptions(stationed, today, by, at)
    _join_rooms(land, settled, stationed, by, at)


def _of_kit(stationed: Stationed, kit: str) -> list[Station]:
    """Return the first town's stations of one kit, in the order of the sites."""
    sites = stationed.sites
    return [
        Station.objects.get(pk=stationed.station_ids[index])
        for index, kind in enumerate(sites.kit)
        if kind == kit and sites.town[index] == 0
    ]


def _announce_closures(stationed: Stationed, today: date, by: Account, at: datetime) -> None:
    committees = _of_kit(stationed, "committee")
    begin = _midnight(today + timedelta(days=9))
    actions.announce_closure(
        station=committees[0],
        from_at=begin,
        to_at=begin + timedelta(days=3),
        reason="内部修缮，暂停开放三天，请就近前往邻里中心",
        by=by,
        at=at,
    )
    actions.announce_closure(
        station=committees[-1],
        from_at=at,
        to_at=_midnight(today + timedelta(days=2)),
        reason="水管突发爆裂，抢修中",
        is_sudden=True,
        by=by,
        at=at,
    )


def _note_exceptions(stationed: Stationed, today: date, by: Account, at: datetime) -> None:
    circles = _of_kit(stationed, "circle")
    festival = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    actions.add_hours_exception(
        station=circles[0],
        day=festival,
        opens=8 * 60,
        closes=22 * 60,
        reason="邻里节，延长开放",
        by=by,
        at=at,
    )
    actions.add_hours_exception(
        station=circles[-1],
        day=today + timedelta(days=12),
        reason="消防检修，全天闭馆",
        by=by,
        at=at,
    )


def _join_rooms(
    land: Land, settled: Settled, stationed: Stationed, by: Account, at: datetime
) -> None:
    """Join a room of each of four neighbouring committees' stations, as far as there are four."""
    stations = _of_kit(stationed, "committee")[: len(_STOPS)]
    town = unit_with_code(settled.codes.towns[0])
    if town is None or len(stations) < 2:
        return
    stops = [
        StopRecord(Space.objects.get(station=station, name=room).pk, role)
        for station, (room, role) in zip(stations, _STOPS, strict=False)
    ]
    street = land.names.streets[0]
    actions.save_corridor(
        corridor=None,
        name=f"{street}{CORRIDOR}",
        unit=town,
        introduction="把四个居民区原有的小空间连成一条线，十五分钟走完。",
        stops=stops,
        by=by,
        at=at,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
