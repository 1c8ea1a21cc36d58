"""Addresses for other systems; the root of every request under them (see `middleware`)."""

from django.urls import URLPattern, URLResolver, include, path

from binhyen.api.service import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("open311/v2/", include("binhyen.api.georeport_urls")),
]

handler400 = "binhyen.api.problems.bad_request"
handler404 = "binhyen.api.problems.no_such_address"
handler500 = "binhyen.api.problems.server_error"
