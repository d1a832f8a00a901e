"""Times one tool in its own process: one run for each line on standard input.

Tools take turns that way, so that a busy minute of the machine is not blamed on one of them.
"""

import json
import sys
import time
from collections.abc import Callable


def report(build: Callable[[str], tuple[int, int, float]]) -> None:
    """Run `build(file)` (nodes, edges, metres) at each line and answer with one line of JSON."""
    for _ in sys.stdin:
        start = time.perf_counter()
        nodes, edges, metres = build(sys.argv[1])
        seconds = time.perf_counter() - start
        found = {"seconds": seconds, "nodes": nodes, "edges": edges, "metres": metres}
        print(json.dumps(found), flush=True)
