"""Who serves which unit (服务范围): a property firm its estates, an owners' committee its own."""

from datetime import date, datetime, timedelta

from django.db import transaction

from hequan.core import audit
from hequan.core.accounts import Account
from hequan.people.models import Organisation
from hequan.roster.days import day_of
from hequan.roster.errors import DayOrderError
from hequan.roster.models import ServiceArea
from hequan.territory.heirs import Heirs
from hequan.territory.models import Unit


@transaction.atomic
def serve_unit(
    *,
    organisation: Organisation,
    unit: Unit,
    valid_from: date,
    by: Account,
    at: datetime,
) -> ServiceArea:
    """Note that an organisation serves a unit from a day on; nothing happens where it does."""
    there = ServiceArea.objects.filter(organisation=organisation, unit=unit, valid_to=None).first()
    if there is not None:
        return there
    row = ServiceArea.objects.create(organisation=organisation, unit=unit, valid_from=valid_from)
    after = {"organisation": organisation.pk, "unit": unit.pk, "from": valid_from.isoformat()}
    audit.record(verb="roster.service_area_begun", by=by, at=at, thing=row, after=after)
    return row


@transaction.atomic
def end_service_area(*, area: ServiceArea, on: date, by: Account, at: datetime) -> None:
    """Note that an organisation no longer serves a unit from a day on."""
    if on <= area.valid_from:
        raise DayOrderError(first=area.valid_from)
    area.valid_to = on
    area.save(update_fields=["valid_to"])
    after = {"valid_to": on.isoformat()}
    audit.record(verb="roster.service_area_ended", by=by, at=at, thing=area, after=after)


@transaction.atomic
def move_service_areas_to_heirs(*, heirs: Heirs, by: Account, at: datetime) -> int:
    """Let those who served ended units serve every one of their heirs; return how many ended.

    Doing it again changes nothing.
    """
    today = day_of(at)
    rows = ServiceArea.objects.filter(unit__in=heirs.ended, valid_to=None)
    ended = list(rows.select_related("organisation"))
    for area in ended:
        end = max(today, area.valid_from + timedelta(days=1))
        end_service_area(area=area, on=end, by=by, at=at)
        for unit in heirs.units:
            serve_unit(organisation=area.organisation, unit=unit, valid_from=today, by=by, at=at)
    return len(ended)
