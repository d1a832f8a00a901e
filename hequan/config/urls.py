"""Every address of the site, by face."""

from django.urls import include, path

from hequan.web.health import healthz, readyz
from hequan.web.metrics import metrics

handler500 = "hequan.web.outage.server_error"

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("", include("hequan.web.account.allauth_urls")),
    path("", include("hequan.web.urls")),
    path("", include("hequan.api.urls")),
]
