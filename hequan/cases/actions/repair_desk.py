"""Providers and their price lists (维修单位与价目表): entered, changed, brought in as rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction

from hequan.cases.actions.repairs import held_provider
from hequan.cases.models import PriceItem, Provider
from hequan.cases.repair_errors import PriceRowError, ProviderError
from hequan.cases.repairs import (
    MOST_CAP,
    MOST_DAYS,
    MOST_FEN,
    UNIT_LENGTH,
    WHAT_LENGTH,
    DispatchMode,
    PriceFacts,
)
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.models import Organisation
from hequan.roster.days import day_of

_PARTS = re.compile(r"[\t,，;；]")


@dataclass(frozen=True)
class Terms:
    """How a provider's orders are given out, and whether it takes any."""

    mode: DispatchMode
    cap: int
    is_open: bool = True


@transaction.atomic
def save_provider(
    *, organisation: Organisation, terms: Terms, by: Account, at: datetime
) -> Provider:
    """Enter an organisation as a provider, or change how its orders are given out."""
    if not 1 <= terms.cap <= MOST_CAP:
        raise ProviderError(most=MOST_CAP)
    wanted = {"mode": str(terms.mode), "cap": terms.cap, "is_open": terms.is_open}
    row, is_new = Provider.objects.get_or_create(organisation=organisation, defaults=wanted)
    before = {}
    if not is_new:
        row = held_provider(row.pk)
        before = {name: getattr(row, name) for name in wanted}
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save()
    if before != wanted:
        verb = "cases.repair_provider_saved"
        record(verb=verb, by=by, at=at, thing=row, before=before, after=wanted)
    return row


def price_rows(text: str) -> tuple[PriceFacts, ...]:
    """Return the rows of a pasted price list; PriceRowError names the first that cannot be read."""
    found: dict[str, PriceFacts] = {}
    for number, words in enumerate(text.splitlines(), start=1):
        if words.strip():
            facts = _price_row(number, words.strip())
            if facts.what in found:
                raise PriceRowError(row=number, words=words.strip())
            found[facts.what] = facts
    return tuple(found.values())


def _price_row(number: int, words: str) -> PriceFacts:
    wrong = PriceRowError(row=number, words=words)
    cells = [one.strip() for one in _PARTS.split(words)]
    if len(cells) != 4:
        raise wrong
    what, unit, price, days = cells
    try:
        fen = Decimal(price) * 100
        told = PriceFacts(what, unit, int(fen), int(days))
    except (InvalidOperation, ValueError, OverflowError):
        raise wrong from None
    if fen != told.price or not _fits(told):
        raise wrong
    return told


def _fits(facts: PriceFacts) -> bool:
    return (
        0 < len(facts.what) <= WHAT_LENGTH
        and 0 < len(facts.unit) <= UNIT_LENGTH
        and 0 < facts.price <= MOST_FEN
        and 0 <= facts.warranty_days <= MOST_DAYS
    )


@transaction.atomic
def save_prices(
    *, provider: Provider, rows: Sequence[PriceFacts], by: Account, at: datetime
) -> int:
    """Bring rows into a price list from today on; return how many were new or changed.

    An item is known by its name. A row as it stands changes nothing; a changed one ends the version
    in force and begins another; items not named stay. PriceRowError for one out of bounds.
    """
    for number, one in enumerate(rows, start=1):
        if not _fits(one):
            raise PriceRowError(row=number, words=one.what)
    held, on = held_provider(provider.pk), day_of(at)
    known = {one.what: one for one in held.prices.filter(valid_to=None)}
    return sum(_save_price(held, known.get(one.what), one, on, by, at) for one in rows)


def _save_price(
    provider: Provider,
    old: PriceItem | None,
    facts: PriceFacts,
    on: date,
    by: Account,
    at: datetime,
) -> bool:
    told = {"unit": facts.unit, "price": facts.price, "warranty_days": facts.warranty_days}
    before = {name: getattr(old, name) for name in told} if old else {}
    if before == told:
        return False
    if old is not None:
        _end(old, on)
    row = PriceItem.objects.create(provider=provider, what=facts.what, valid_from=on, **told)
    record(verb="cases.repair_price_saved", by=by, at=at, thing=row, before=before, after=told)
    return True


@transaction.atomic
def end_price(*, item: PriceItem, by: Account, at: datetime) -> None:
    """Take an item off the price list from today on; twice is once."""
    held_provider(item.provider_id)
    row = PriceItem.objects.filter(pk=item.pk, valid_to=None).first()
    if row is None:
        return
    record(verb="cases.repair_price_ended", by=by, at=at, thing=row, before={"price": row.price})
    _end(row, day_of(at))


def _end(row: PriceItem, on: date) -> None:
    """End a version; one begun today that nobody quoted was never in force."""
    if row.valid_from < on:
        row.valid_to = on
        row.save(update_fields=["valid_to"])
    else:
        row.delete()
