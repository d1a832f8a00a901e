"""One city-wide coverage run in a process of its own: from the database to the stored result.

    HEQUAN_HOME=folder python -m bench.stations.measure_city

Prints one line of JSON: seconds, the planner's part of them, peak memory, and what was measured.
The run is deleted afterwards, so that every repetition finds the same database.
"""

import json
import os
import resource
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hequan.config.settings")


def main() -> dict[str, Any]:
    """Measure once and return the figures."""
    import django

    django.setup()
    from django.db import connection

    from hequan.core.accounts import system_account
    from hequan.core.clock import now
    from hequan.core.jobs import Job
    from hequan.stations import actions
    from hequan.territory import queries as territory

    by = system_account()
    root = territory.root_units().get()
    run = actions.ask_coverage(unit=root, by=by, at=now())
    began = time.perf_counter()
    run = actions.measure_coverage(run=run, by=by, at=now())
    seconds = time.perf_counter() - began
    found = {
        "seconds": round(seconds, 2),
        "until_stored": round(seconds - (run.seconds or 0), 2),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "state": run.state,
        "error": run.error,
        "database": connection.vendor,
        "people": run.figures.get("people"),
        "homes": run.figures.get("homes"),
        "stations": run.figures.get("stations"),
        "services_by": run.figures.get("services_by"),
        "units": run.units.count(),
        "adult_15": run.figures.get("profiles", {}).get("adult", {}).get("share_within", {}),
    }
    run.delete()
    Job.objects.filter(payload={"run": run.pk}).delete()
    return found


if __name__ == "__main__":
    print(json.dumps(main()))
