"""The first start (首次启动): the first accounts, the town in its tree, the calendar.

The accounts are the first officer and the three administrators (三员分立), four people.

It runs once. The town's code names its district and city, so nobody types those codes; a row whose
name is its key decides between two who finish the wizard at the same moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account, accounts_exist, system_account
from hequan.core.calendar_days import NamedDay, replace_calendar_year
from hequan.core.grants import give_grants
from hequan.core.kinds import BUSINESS, Capability
from hequan.core.sign_in.changes import open_account
from hequan.core.versions import VersionStamp
from hequan.territory.actions import UnitFacts, save_units
from hequan.territory.codes import parent_code_of
from hequan.territory.errors import TerritoryError
from hequan.territory.kinds import Level

STAMP = "first_start"


class AlreadyStartedError(TerritoryError):
    """The first start happens once."""

    text = _("This installation has its administrators already. Sign in instead.")


@dataclass(frozen=True)
class NewAdministrator:
    """Who will run the installation: an officer, or one of the three administrators."""

    username: str
    name: str
    password: str
    office: Capability | None = None

    @property
    def capabilities(self) -> tuple[Capability, ...]:
        """Return what the account is granted: its office, or all business."""
        return BUSINESS if self.office is None else (self.office,)


@dataclass(frozen=True)
class NewTown:
    """The town (9 digits), and the names of the district and city its code points to."""

    code: str
    name: str
    district: str
    city: str


@dataclass(frozen=True)
class NewCalendar:
    """One year's notice of holidays and make-up days."""

    year: int
    days: Sequence[NamedDay]
    source: str


@transaction.atomic
def start_installation(
    *,
    administrators: Iterable[NewAdministrator],
    town: NewTown,
    calendar: NewCalendar | None,
    at: datetime,
) -> list[Account]:
    """Write everything the first start needs, or nothing; AlreadyStartedError the second time."""
    if accounts_exist():
        raise AlreadyStartedError
    try:
        with transaction.atomic():
            VersionStamp.objects.create(name=STAMP)
    except IntegrityError:
        raise AlreadyStartedError from None
    by = system_account()
    save_units(units=_units_of(town), by=by, at=at)
    if calendar is not None:
        replace_calendar_year(
            year=calendar.year, days=calendar.days, source=calendar.source, by=by, at=at
        )
    return [_open_account(administrator, by, at) for administrator in administrators]


def _units_of(town: NewTown) -> list[UnitFacts]:
    district_code = parent_code_of(town.code)
    city_code = parent_code_of(district_code)
    return [
        UnitFacts(Level.CITY, city_code, town.city),
        UnitFacts(Level.DISTRICT, district_code, town.district, parent_code=city_code),
        UnitFacts(Level.TOWN, town.code, town.name, parent_code=district_code),
    ]


def _open_account(administrator: NewAdministrator, by: Account, at: datetime) -> Account:
    account = open_account(
        username=administrator.username,
        name=administrator.name,
        password=administrator.password,
        by=by,
        at=at,
    )
    give_grants(account=account, capabilities=administrator.capabilities, by=by, at=at)
    return account
