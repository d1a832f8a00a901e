"""Rules of telling people (发送规则): by which channels, and at what moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hequan.people.kinds import Channel

BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)


@dataclass(frozen=True)
class Wishes:
    """How somebody wants to be told; times are of the town's clock."""

    language: str
    quiet_from: time | None
    quiet_to: time | None
    digest_at: time | None
    channels: Mapping[Channel, bool]

    def wants(self, channel: Channel) -> bool:
        """Tell whether she is told by this channel; SMS is on until she turns it off."""
        return self.channels.get(channel, channel is Channel.SMS)


def choose_channels(wishes: Wishes, reachable: Iterable[Channel]) -> tuple[Channel, ...]:
    """Return the channels a message goes out by: those she wants and has an address for."""
    found = [channel for channel in reachable if wishes.wants(channel)]
    # whoever reads Weixin or WeCom is spared a second copy by SMS
    apps = [one for one in found if one in (Channel.WEIXIN, Channel.WECOM)]
    return tuple(one for one in found if one is not Channel.SMS) if apps else tuple(found)


def due_moment(local: datetime, wishes: Wishes, is_urgent: bool) -> tuple[datetime, bool]:
    """Return when a message may leave, by the town's clock, and whether in the day's digest.

    Urgent ones leave at once. A digest leaves at its hour; everything else waits for the end of
    the quiet hours. `local` carries the town's time zone.
    """
    if is_urgent:
        return local, False
    if wishes.digest_at is not None:
        return _next(local, wishes.digest_at), True
    if wishes.quiet_from is None or wishes.quiet_to is None:
        return local, False
    if is_quiet(local.timetz().replace(tzinfo=None), wishes.quiet_from, wishes.quiet_to):
        return _next(local, wishes.quiet_to), False
    return local, False


def is_quiet(now: time, quiet_from: time, quiet_to: time) -> bool:
    """Tell whether a time of day lies in the quiet hours, which may pass midnight."""
    if quiet_from <= quiet_to:
        return quiet_from <= now < quiet_to
    return now >= quiet_from or now < quiet_to


def next_try(attempts: int) -> timedelta | None:
    """Return how long to wait after so many failed attempts; None when it is enough."""
    return BACK_OFF[attempts - 1] if attempts <= len(BACK_OFF) else None


def _next(local: datetime, clock_time: time) -> datetime:
    today = local.replace(
        hour=clock_time.hour, minute=clock_time.minute, second=clock_time.second, microsecond=0
    )
    return today if today >= local else today + timedelta(days=1)
