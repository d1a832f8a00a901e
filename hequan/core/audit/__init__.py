"""The audit trail (审计): every action leaves one entry in its own transaction.

`record` is all that actions need. Entries are chained by mac (chain.py, lanes.py),
witnessed outside the database (witness.py), sealed day by day (digests.py) and checked
(check.py); docs/decisions/0005-audit-chain.md says why.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import models, transaction

from hequan.core.accounts import Account
from hequan.core.audit.behalf import person_acted_for
from hequan.core.audit.chain import Facts, steady
from hequan.core.audit.lanes import tie_entry
from hequan.core.audit.masks import masked
from hequan.core.audit.tables import AuditCheck, AuditDigest, AuditEntry, AuditLane
from hequan.core.audit.witness import bear_witness
from hequan.core.keyring import KeyPurpose, keyring

__all__ = ["AuditCheck", "AuditDigest", "AuditEntry", "AuditLane", "record", "record_reading"]


def record(
    *,
    verb: str,
    by: Account,
    at: datetime,
    thing: models.Model | type[models.Model],
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    on_behalf_of: int | None = None,
    plain: Collection[str] = (),
) -> None:
    """Write one entry; call it inside the transaction of the action it belongs to.

    `before` and `after` hold values of what changed; personal ones are masked here by the tags of
    the thing's table. Keys in `plain` are not about a person although the table is. A model class
    as `thing` stands for many rows. `on_behalf_of` is the id of the person acted for; where none
    is named it is whom the clerk's request acts for (audit/behalf.py).
    """
    label = thing._meta.label_lower
    facts = Facts(
        entry_id=0,
        at=at,
        by=by.pk,
        on_behalf_of=person_acted_for() if on_behalf_of is None else on_behalf_of,
        verb=verb,
        thing_kind=label,
        thing_id="*" if isinstance(thing, type) else str(thing.pk),
        before=steady(masked(label, before, plain)),
        after=steady(masked(label, after, plain)),
    )
    place, mac = tie_entry(facts, keyring().current(KeyPurpose.AUDIT))
    transaction.on_commit(partial(bear_witness, place.lane, place.number, mac))


def record_reading(
    *, thing: models.Model, fields: Sequence[str], reason: str, by: Account, at: datetime
) -> None:
    """Write that somebody was shown these personal fields unmasked, and the reason she gave."""
    record(
        verb=f"{thing._meta.app_label}.personal_read",
        by=by,
        at=at,
        thing=thing,
        after={"fields": list(fields), "reason": reason},
        plain=("fields", "reason"),
    )
