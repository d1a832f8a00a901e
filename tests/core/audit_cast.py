"""A small trail to tamper with: three lanes of five entries, written as actions write them."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from hequan.core.accounts import system_account
from hequan.core.audit import AuditEntry, record
from hequan.core.audit import lanes as audit_lanes
from hequan.core.audit.check import check_trail
from hequan.core.audit.digests import keep_files, seal_day
from hequan.core.audit.fence import take_down_fence

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
DAY = date(2026, 3, 9)
LANES = (11, 12, 13)
ENTRIES = 5


def in_lane(lane, monkeypatch):
    """Let the next entries of this connection go into that lane."""
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        audit_lanes._held[connection.connection] = audit_lanes._Held(lane)
    else:
        monkeypatch.setattr(audit_lanes, "ONLY_LANE", lane)


class Trail:
    """The trail, with hands to write, to seal, to tamper and to check."""

    def __init__(self, monkeypatch, commit):
        self._monkeypatch = monkeypatch
        self._commit = commit
        for lane in LANES:
            self.write(lane)

    def write(self, lane, entries=ENTRIES, witnessed=True):
        """Write entries into a lane; their commits bear witness."""
        in_lane(lane, self._monkeypatch)
        by = system_account()
        with self._commit(execute=witnessed):
            for value in range(entries):
                record(verb="tests.saved", by=by, at=AT, thing=by, after={"value": value})

    def seal(self, day=DAY):
        """Seal all that is written as the digest of the day."""
        seal_day(day=day, at=AT)
        keep_files(AT)

    def run(self, statement, *values):
        """Tamper with the database as its owner can."""
        take_down_fence(connection)
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount

    def id_of(self, lane, number):
        """Return the id of an entry."""
        return AuditEntry.objects.get(lane=lane, number=number).pk

    def set_back(self, lane, number):
        """Cut a lane's end off and make its row fit, as far as one can without the key."""
        self.run("DELETE FROM core_auditentry WHERE lane = %s AND number > %s", lane, number)
        head = AuditEntry.objects.get(lane=lane, number=number).mac if number else ""
        self.run(
            "UPDATE core_auditlane SET number = %s, head = %s WHERE id = %s", number, head, lane
        )

    def faults(self, **options):
        """Check the trail; return its faults."""
        return list(check_trail(at=AT, **options).faults)

    def places(self, **options):
        """Check the trail; return each fault as (kind, lane, number)."""
        return [(str(one.kind), one.lane, one.number) for one in self.faults(**options)]


@pytest.fixture
def trail(db, monkeypatch, django_capture_on_commit_callbacks):
    """Three lanes of five entries, witnessed."""
    return Trail(monkeypatch, django_capture_on_commit_callbacks)


def as_json(value):
    """Return a value as raw SQL takes it for a JSON column of either database."""
    return json.dumps(value)
