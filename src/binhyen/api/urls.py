"""Addresses for other systems."""

from django.urls import URLPattern, URLResolver, path

from binhyen.api.service import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", api.urls),
]
