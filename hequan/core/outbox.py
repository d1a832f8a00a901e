"""Upward news: a lower app tells what happened, a higher app's `jobs.py` listens.

`tell` writes one job per listener in the transaction of the action, so news is never lost and
never told of something that did not happen.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hequan.core.jobs import enqueue

_listeners: dict[str, list[str]] = defaultdict(list)


def listen(news: str, job_name: str) -> None:
    """Let the named job run whenever this news is told."""
    if job_name not in _listeners[news]:
        _listeners[news].append(job_name)


def tell(news: str, payload: Mapping[str, Any], at: datetime) -> None:
    """Tell news such as `stations.changed`; call it inside the action's transaction."""
    for job_name in _listeners[news]:
        enqueue(job_name, {"news": news, **payload}, at)
