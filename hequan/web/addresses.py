"""Where a request comes from (来源地址), behind the fronts that this installation trusts.

Anybody can write `X-Forwarded-For` into a request. So it is read from its end, and only as long as
whoever wrote the entry is a front of ours.
"""

from functools import cache, lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"
_LONGEST_WAY = 20
Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> str:
    """Return the address of whoever asks, as text; an IPv6 one as its /64, which one home has."""
    meta = request.META
    fronts = tuple(settings.TRUSTED_PROXIES)
    way = meta.get("HTTP_X_FORWARDED_FOR", "") if fronts else ""
    return _address(meta.get("REMOTE_ADDR", ""), way, fronts)


@lru_cache(4096)  # a request asks several times, and a visitor comes again
def _address(asking: str, forwarded: str, fronts: tuple[str, ...]) -> str:
    found = _read(asking)
    if found is None:
        return UNKNOWN
    if not _is_front(found, fronts):
        return _told(found)
    way = forwarded.split(",")[-_LONGEST_WAY:]
    for entry in reversed(way):
        before = _read(entry.strip())
        if before is None:
            break
        found = before
        if not _is_front(found, fronts):
            break
    return _told(found)


def is_this_machine(address: str) -> bool:
    """Return whether an address of `client_address` is this machine itself."""
    return address.startswith("127.") or address == "::/64"


def _read(text: str) -> Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found


def _told(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((address, 64), strict=False))


@cache
def _fronts(named: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(ip_network(one, strict=False) for one in named)


def _is_front(address: Address, fronts: tuple[str, ...]) -> bool:
    return any(address in one for one in _fronts(fronts))  # type: ignore[operator]
