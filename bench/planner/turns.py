"""One tool in its own process: it loads the city, then runs the task named on each line it reads.

Tools take turns that way, so that a busy minute of the machine is not blamed on one of them. Each
answer is kept as .npy for the comparison; memory is what the task added to the peak so far.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

Task = Callable[[], np.ndarray]


def serve(tool: str, tasks: dict[str, Task], build_seconds: float) -> None:
    """Answer each line of standard input with one line of JSON."""
    print(json.dumps({"build": build_seconds, "tasks": list(tasks)}), flush=True)
    for line in sys.stdin:
        name = line.strip()
        before, start = peak_mb(), time.perf_counter()
        answer = tasks[name]()
        seconds = time.perf_counter() - start
        file = Path(sys.argv[1]) / "answers" / f"{name}-{tool}.npy"
        added = peak_mb() - before
        file.parent.mkdir(exist_ok=True)
        np.save(file, answer)
        print(json.dumps({"seconds": seconds, "mb": added}), flush=True)


def peak_mb() -> float:
    """Return the most memory this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
