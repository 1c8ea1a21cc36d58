"""Writes GeoReport answers: JSON as it is, XML with the element names of the standard."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from django.http import HttpResponse, JsonResponse

FORMATS = ("json", "xml")


def answer(
    form: str, root: str, item: str, content: Sequence[Mapping[str, Any]] | Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A response: a list under `root` with one `item` each, or one object named `root`."""
    if form == "json":
        options = {"ensure_ascii": False}
        return JsonResponse(content, safe=False, status=status, json_dumps_params=options)
    body = _element(root, content, item)
    text = ET.tostring(body, encoding="unicode")
    declared = f'<?xml version="1.0" encoding="utf-8"?>\n{text}'
    return HttpResponse(declared, status=status, content_type="text/xml; charset=utf-8")


def failure(form: str, status: int, description: str) -> HttpResponse:
    """The standard's list of errors, with one."""
    return answer(form, "errors", "error", [{"code": status, "description": description}], status)


def _element(name: str, value: Any, item: str) -> ET.Element:
    element = ET.Element(name)
    if isinstance(value, Mapping):
        element.extend(_element(key, inner, item) for key, inner in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        element.extend(_element(item, inner, item) for inner in value)
    elif isinstance(value, bool):
        element.text = str(value).lower()
    elif value is not None:
        element.text = str(value)
    return element
