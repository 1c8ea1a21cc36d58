"""Addresses of GeoReport v2."""

from django.urls import URLPattern, URLResolver, path, re_path

from binhyen.api import georeport

urlpatterns: list[URLPattern | URLResolver] = [
    path("services.<str:form>", georeport.services),
    path("services/<slug:code>.<str:form>", georeport.definition),
    path("requests.<str:form>", georeport.requests),
    path("requests/<slug:request_id>.<str:form>", georeport.one_request),
    path("tokens/<slug:token>.<str:form>", georeport.token),
    re_path("", georeport.nothing_here),
]
