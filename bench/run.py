"""Runs measurements: `python -m bench.run [planner osm ...]`, all of them without a name.

Each folder of bench with a run.py is one subject; its `main()` prints a table.
"""

import importlib
import sys
from pathlib import Path

SUBJECTS = sorted(file.parent.name for file in Path(__file__).parent.glob("*/run.py"))


def main(wanted: list[str]) -> int:
    """Run the subjects named, or all; return a shell's status."""
    unknown = sorted(set(wanted) - set(SUBJECTS))
    if unknown:
        print(f"No measurement called {', '.join(unknown)}. There are: {', '.join(SUBJECTS)}.")
        return 2
    for subject in wanted or SUBJECTS:
        importlib.import_module(f"bench.{subject}.run").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
