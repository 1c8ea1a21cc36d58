"""Addresses of the two web doors."""

from django.urls import include, path

urlpatterns = [
    path("console/", include("binhyen.console.urls")),
    path("console/", include("binhyen.console.sign_in_urls")),
    path("", include("binhyen.portal.urls")),
]
