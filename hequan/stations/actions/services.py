"""Writing the service catalogue (服务目录) and which station offers what."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from hequan.core import audit, versions
from hequan.core.accounts import Account
from hequan.stations.actions.stations import STAMP, check_listed, lay
from hequan.stations.errors import CodeTakenError
from hequan.stations.kinds import ServiceCategory, ServiceMode
from hequan.stations.models import Service, ServiceOffer, Station
from hequan.stations.records import ServiceRecord


@transaction.atomic
def save_service(
    *, service: Service | None, record: ServiceRecord, by: Account, at: datetime
) -> Service:
    """Enter a service in the catalogue, or change one; refuses a code that another bears."""
    check_listed([record.category], ServiceCategory)
    check_listed([record.mode], ServiceMode)
    holder = Service.objects.filter(code=record.code).first()
    if holder is not None and holder != service:
        raise CodeTakenError(code=record.code, name=holder.name)
    row = service or Service()
    before, after = lay(row, asdict(record))
    row.save()
    versions.bump(STAMP)
    audit.record(verb="stations.service_saved", by=by, at=at, thing=row, before=before, after=after)
    return row


@transaction.atomic
def offer_service(
    *,
    station: Station,
    service: Service,
    mode: str = "",
    note: str = "",
    by: Account,
    at: datetime,
) -> ServiceOffer:
    """Let a station offer a service; `mode` only where it differs from the catalogue's."""
    check_listed([mode] if mode else [], ServiceMode)
    row, _ = ServiceOffer.objects.update_or_create(
        station=station, service=service, defaults={"mode": mode, "note": note}
    )
    versions.bump(STAMP)
    after = {"service": service.code, "mode": mode, "note": note}
    audit.record(verb="stations.service_offered", by=by, at=at, thing=station, after=after)
    return row


@transaction.atomic
def withdraw_offer(*, station: Station, service: Service, by: Account, at: datetime) -> None:
    """Let a station no longer offer a service; nothing happens where it does not."""
    if ServiceOffer.objects.filter(station=station, service=service).delete()[0]:
        versions.bump(STAMP)
        before = {"service": service.code}
        audit.record(verb="stations.offer_withdrawn", by=by, at=at, thing=station, before=before)


@transaction.atomic
def set_offers(
    *, station: Station, service_ids: Collection[int], by: Account, at: datetime
) -> None:
    """Let a station offer exactly these services; modes and notes of those kept stay."""
    wanted = set(Service.objects.filter(pk__in=service_ids).values_list("pk", flat=True))
    had = set(ServiceOffer.objects.filter(station=station).values_list("service_id", flat=True))
    if wanted == had:
        return
    ServiceOffer.objects.filter(station=station, service_id__in=had - wanted).delete()
    ServiceOffer.objects.bulk_create(
        ServiceOffer(station=station, service_id=pk) for pk in sorted(wanted - had)
    )
    versions.bump(STAMP)
    before, after = {"services": sorted(had)}, {"services": sorted(wanted)}
    audit.record(
        verb="stations.offers_set", by=by, at=at, thing=station, before=before, after=after
    )
