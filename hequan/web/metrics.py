"""Figures for a monitor (指标): requests, jobs, deliveries, the database, in Prometheus' own words.

Several processes answer pages, and a scrape reaches one of them. So each keeps its counts in files
of one folder (prometheus-client's multi-process form, chosen by `PROMETHEUS_MULTIPROC_DIR`, which
`hequan serve` sets) and whichever is asked adds them up. Pages are named by name, never by address.
Only this machine, or who brings the token of `HEQUAN_METRICS_TOKEN`, is answered.
"""

import hmac
import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily, Metric

from hequan.core import clock
from hequan.core.dead_letters import job_counts
from hequan.people.queries.deliveries import delivery_figures
from hequan.web.addresses import client_address, is_this_machine

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
REQUESTS = Counter("hequan_requests", "Requests answered.", ("method", "page", "status"))
SECONDS = Histogram("hequan_request_seconds", "How long answers took.", ("page",), buckets=_BUCKETS)
_DAY = timedelta(days=1)
_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))


class MetricsMiddleware:
    """Count every answer and how long it took, by the name of its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count; what has no page counts as `none`, so that guessed addresses make no series."""
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        page = (match.view_name or match.route if match else "") or "none"
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(method, page, f"{response.status_code // 100}xx").inc()
        SECONDS.labels(page).observe(time.perf_counter() - began)
        return response


class _Standing:
    """What the tables tell at the moment somebody asks."""

    def collect(self) -> Iterator[Metric]:
        """Yield jobs, deliveries and the connections of this process's pool."""
        jobs = GaugeMetricFamily("hequan_jobs", "Jobs by state.", labels=("state",))
        for state, count in job_counts().items():
            jobs.add_metric((str(state),), count)
        yield jobs
        sent = GaugeMetricFamily(
            "hequan_deliveries", "Deliveries of the last day.", labels=("channel", "state")
        )
        for row in delivery_figures(clock.now() - _DAY):
            for name in ("waiting", "sent", "failed", "dropped"):
                sent.add_metric((row.channel, name), getattr(row, name))
        yield sent
        yield _pool()


def _pool() -> Metric:
    family = GaugeMetricFamily(
        "hequan_database_pool", "Connections of the answering process.", labels=("state",)
    )
    pool = getattr(connection, "pool", None) if connection.vendor == "postgresql" else None
    found = pool.get_stats() if pool else {}
    for name in ("pool_size", "pool_available", "requests_waiting"):
        if name in found:
            family.add_metric((name,), found[name])
    return family


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the figures; nothing is here for whoever may not see them."""
    if not _may_see(request):
        raise Http404
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        text = generate_latest(registry)
    else:
        text = generate_latest(REGISTRY)
    standing = CollectorRegistry()
    standing.register(_Standing())
    return HttpResponse(text + generate_latest(standing), content_type=CONTENT_TYPE_LATEST)


def _may_see(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        said = request.headers.get("Authorization", "")
        return hmac.compare_digest(said.encode(), f"Bearer {token}".encode())
    forwarded = "HTTP_X_FORWARDED_FOR" in request.META
    return not forwarded and is_this_machine(client_address(request))
