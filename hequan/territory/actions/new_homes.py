"""New homes added by the hundred thousand, from columns instead of objects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.quick_rows import insert_rows
from hequan.territory.kinds import AgeBand
from hequan.territory.models import Home
from hequan.territory.queries.units import STAMP

_FIELDS = (
    "code", "lon", "lat", "people", "by_age", "unit", "address", "source", "source_coordinates",
)  # fmt: skip


@dataclass(frozen=True)
class HomeColumns:
    """Homes as columns of equal length; degrees are WGS-84, `by_age` in the order of AgeBand."""

    code: Sequence[str]
    lon: Sequence[float]
    lat: Sequence[float]
    people: Sequence[int]
    by_age: Sequence[Sequence[int]]
    unit_id: Sequence[int]
    address: Sequence[str]


@transaction.atomic
def add_homes(*, homes: HomeColumns, source: str, by: Account, at: datetime) -> int:
    """Add homes whose codes nobody bears yet and whose units are known; return how many.

    A code borne already is refused by the database (IntegrityError): `save_homes` changes homes.
    """
    bands = [str(band) for band in AgeBand]
    rows = zip(
        homes.code,
        homes.lon,
        homes.lat,
        homes.people,
        (dict(zip(bands, ages, strict=True)) for ages in homes.by_age),
        homes.unit_id,
        homes.address,
        (source[:200] for _ in homes.code),
        ("wgs84" for _ in homes.code),
        strict=True,
    )
    added = insert_rows(Home, _FIELDS, rows)
    versions.bump(STAMP)
    record(
        at=at,
        by=by,
        verb="territory.homes_added",
        thing=Home,
        after={"new": added, "source": source[:200]},
    )
    return added
