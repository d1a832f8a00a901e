"""A hundred writers at once on PostgreSQL: no deadlock, no lost update, a whole audit trail."""

from typing import Any

from bench.core.actions import EACH, PURSES
from bench.core.writing import Writers


def measure(processes: int = 20, threads: int = 5, actions: int = 100_000) -> dict[str, Any]:
    """Print the table; return what was counted afterwards."""
    from hequan.core import clock
    from hequan.core.accounts import system_account
    from hequan.core.audit import AuditEntry
    from hequan.core.audit.check import check_trail
    from hequan.core.jobs import Job
    from hequan.core.versions import VersionStamp

    system_account()
    VersionStamp.objects.filter(name__startswith="purse-").delete()
    VersionStamp.objects.bulk_create(
        VersionStamp(name=f"purse-{number}", number=EACH) for number in range(PURSES)
    )
    entries, jobs = AuditEntry.objects.count(), Job.objects.count()
    each = actions // processes
    writers = Writers(processes, threads)
    seconds = writers.write("purses", each)
    writers.end()
    purses = VersionStamp.objects.filter(name__startswith="purse-")
    paid = _balance_by_entries()
    faults = check_trail(at=clock.now()).faults
    found = {
        "actions": each * processes,
        "seconds": seconds,
        "entries": AuditEntry.objects.count() - entries,
        "jobs": Job.objects.count() - jobs,
        "sum": sum(purses.values_list("number", flat=True)),
        "purses_right": all(row.number == EACH + paid.get(row.name, 0) for row in purses),
        "faults": len(faults),
    }
    print(f"\n| {processes * threads} writers | counted | must be |\n|---|---|---|")
    print(f"| actions | {found['actions']} in {seconds:.0f} s | |")
    print(f"| audit entries, outbox rows | {found['entries']}, {found['jobs']} | the same |")
    print(f"| sum of the purses | {found['sum']} | {PURSES * EACH} |")
    print(f"| every purse as its outbox says | {found['purses_right']} | True |")
    print(f"| faults in the trail | {found['faults']} | 0 |")
    print(*faults[:5], sep="\n")
    return found


def _balance_by_entries() -> dict[str, int]:
    """Return what each purse must have gained, by the news that were told."""
    from collections import Counter

    from bench.core.actions import NEWS
    from hequan.core.jobs import Job

    gained: Counter[str] = Counter()
    for payload in Job.objects.filter(name=NEWS, payload__has_key="to").values_list(
        "payload", flat=True
    ):
        gained[payload["from"]] -= 1
        gained[payload["to"]] += 1
    return gained
