"""Addresses of the web doors with pages. Other systems have theirs in `api.urls`."""

from django.urls import include, path

urlpatterns = [
    path("console/", include("binhyen.console.urls")),
    path("console/", include("binhyen.console.sign_in_urls")),
    path("", include("binhyen.portal.urls")),
]

handler400 = "binhyen.portal.views.errors.bad_request"
handler404 = "binhyen.portal.views.errors.not_found"
handler500 = "binhyen.portal.views.errors.server_error"
