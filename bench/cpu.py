"""CPU time of a tree of processes and of PostgreSQL, read from the kernel: noise of a busy machine
moves it far less than it moves how many answers fit into a second.
"""

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def tree_seconds(root: int) -> float:
    """Return the CPU seconds used so far by a living process and all below it."""
    times, parents = _processes()
    wanted, grew = {root}, True
    while grew:
        below = {pid for pid, (parent, _) in parents.items() if parent in wanted} | wanted
        grew, wanted = len(below) > len(wanted), below
    return sum(times.get(pid, 0) for pid in wanted) / _TICK


def postgres_seconds() -> float:
    """Return the CPU seconds used so far by every living process of PostgreSQL here."""
    times, parents = _processes()
    found = (pid for pid, (_, name) in parents.items() if name.startswith("postgres"))
    return sum(times[pid] for pid in found) / _TICK


def _processes() -> tuple[dict[int, int], dict[int, tuple[int, str]]]:
    times, parents = {}, {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            head, said = (folder / "stat").read_text().rsplit(")", 1)
        except OSError:  # ended meanwhile
            continue
        fields = said.split()
        pid = int(folder.name)
        parents[pid] = (int(fields[1]), head.split("(", 1)[1])
        times[pid] = sum(map(int, fields[11:15]))  # its own and of children that ended
    return times, parents
