"""Writers on PostgreSQL: `python -m bench.core.run [rounds] [actions]`.

Without DATABASE_URL it starts a private cluster, fsync off unless HEQUAN_PG_FSYNC=on says as a
town's server has it: off shows the chain's share at its largest, since no disk's wait hides it.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "out"


def main(rounds: int = 9, actions: int = 100_000) -> None:
    """Measure both and keep the figures as bench/out/core.json."""
    if not os.environ.get("DATABASE_URL"):
        from tools.postgres import run_beside

        run_beside([sys.executable, "-m", "bench.core.run", str(rounds), str(actions)])
        return
    with tempfile.TemporaryDirectory() as home:
        os.environ["HEQUAN_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "hequan.config.settings"
        subprocess.run(
            [sys.executable, "-m", "hequan.cli", "migrate", "-v0", "--skip-checks"], check=True
        )
        import django

        django.setup()
        from bench.core import audit, writers

        # writers first: the entries written without a chain would be faults of the trail
        found: dict[str, object] = {"writers": writers.measure(actions=actions)}
        found["audit"] = audit.measure(rounds)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "core.json").write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
