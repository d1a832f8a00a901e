"""Every address of the site, by face."""

from django.urls import include, path

urlpatterns = [
    path("", include("hequan.web.urls")),
    path("", include("hequan.api.urls")),
]
