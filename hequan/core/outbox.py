"""Upward news: a lower app tells what happened, a higher app's `jobs.py` listens.

`tell` writes one job per listener in the transaction of the action, so news is never lost and
never told of something that did not happen.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from hequan.core.jobs import enqueue

_listeners: dict[str, list[str]] = defaultdict(list)
_wanted: dict[str, Callable[[], bool]] = {}


def listen(news: str, job_name: str, wanted: Callable[[], bool] | None = None) -> None:
    """Let the named job run whenever this news is told.

    With `wanted` no job is written while that says no: for news told often and wanted seldom.
    """
    if wanted is not None:
        _wanted[job_name] = wanted
    if job_name not in _listeners[news]:
        _listeners[news].append(job_name)


def tell(news: str, payload: Mapping[str, Any], at: datetime) -> None:
    """Tell news such as `stations.changed`; call it inside the action's transaction."""
    for job_name in _listeners[news]:
        if job_name not in _wanted or _wanted[job_name]():
            enqueue(job_name, {"news": news, **payload}, at)
