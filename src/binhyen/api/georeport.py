"""Open311 GeoReport v2: services, definitions, requests and tokens, in JSON and XML.

Standard: https://wiki.open311.org/GeoReport_v2/. Kinds of the open only; a list tells that a request exists, its state
and its days, never what was written or by whom. Writing needs a key with the scope requests:write.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import wraps
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from binhyen.api.georeport_format import FORMATS, answer, failure
from binhyen.api.problems import KEYS_AWAY, KEYS_AWAY_WAIT_S, note_keys_away
from binhyen.cases import service_requests
from binhyen.cases.service_requests import OPEN_KINDS, ServiceRequest
from binhyen.consumers.actions import take_call
from binhyen.consumers.models import Consumer
from binhyen.consumers.queries import consumer_with_key, units_of
from binhyen.consumers.rules import ApiScope
from binhyen.core import clock
from binhyen.core.errors import KeysAway, NotPossible, TryAgain
from binhyen.units.models import Unit

SERVICES = {
    "feedback": ("Phản ánh tình hình ở địa bàn", "Việc người dân thấy ở nơi mình ở. Tin về tội phạm xin gửi ở cổng."),
    "petition": ("Kiến nghị, góp ý", "Đề nghị với Công an xã, phường."),
}
"""Name and description of each service, by its code."""
STATE_NOTES = {
    "received": "Đã nhận",
    "seen": "Đã xem",
    "verifying": "Đang xác minh",
    "transferred": "Đã chuyển cơ quan có thẩm quyền",
    "answered": "Đã trả lời",
    "closed": "Đã xong",
    "closed_without_result": "Đã kết thúc, không có kết quả",
    "contested": "Người gửi nói chưa xong",
}
PERSONAL_FIELDS = ("email", "first_name", "last_name", "phone", "device_id", "account_id")
"""Nothing of these is taken in the open: the code is the way back (G1, G9)."""
ERRORS = {
    "request_kind": "service_code was not found",
    "request_empty": "description is missing",
    "request_too_long": "description has more than {limit} characters",
    "request_place": "address_string, or lat and long, is missing",
    "request_span": "start_date and end_date span more than 90 days",
}
View = Callable[..., HttpResponse]
READING = ("GET", "HEAD")


class Refused(Exception):
    """What the caller did wrong, for the list of errors."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status


def _georeport(*methods: str) -> Callable[[View], View]:
    """Take these methods, and answer in the format asked for, errors included."""

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, form: str, **kwargs: Any) -> HttpResponse:
            if form not in FORMATS:
                return failure("json", 404, "the format is not json or xml")
            if request.method not in methods:
                response = failure(form, 405, f"{request.method} is not taken here")
                response.headers["Allow"] = ", ".join(methods)
                return response
            try:
                return view(request, *args, form=form, **kwargs)
            except Refused as error:
                return failure(form, error.status, str(error))
            except KeysAway as error:
                note_keys_away(error)
                return _later(form, KEYS_AWAY, KEYS_AWAY_WAIT_S)
            except (OperationalError, TryAgain) as error:
                wait_s = error.after_s if isinstance(error, TryAgain) else 60
                return _later(form, f"busy, try again in {wait_s:.0f} seconds", wait_s)
            except NotPossible as error:
                status = 404 if error.code == "request_kind" else 400
                return failure(form, status, ERRORS.get(error.code, error.code).format(**error.facts))

        return checked

    return wrap


def _later(form: str, description: str, wait_s: float) -> HttpResponse:
    response = failure(form, 503, description)
    response.headers["Retry-After"] = f"{wait_s:.0f}"
    return response


@csrf_exempt  # nothing is there that a forged call could change
def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address that the standard does not know; the error in XML where the address asks for it."""
    return failure("xml" if request.path_info.endswith(".xml") else "json", 404, "there is nothing at this address")


@_georeport(*READING)
def services(request: HttpRequest, form: str) -> HttpResponse:
    """GET services: what can be asked for."""
    _units(request)
    return answer(form, "services", "service", [_service(code) for code in OPEN_KINDS])


@_georeport(*READING)
def definition(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """GET service definition: no service has attributes of its own."""
    _units(request)
    if code not in SERVICES:
        raise Refused(404, "service_code was not found")
    found = {"service_code": code, "attributes": []}
    return answer(form, "service_definition", "attribute", found)


@csrf_exempt  # the key in the form is the right; no cookie counts here
@_georeport(*READING, "POST")
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """GET and POST requests."""
    if request.method == "POST":
        return _post(request, form)
    asked = request.GET
    states = set(_several(asked.get("status", "")))
    if states - {"open", "closed"}:
        raise Refused(400, "status is not open or closed")
    found = service_requests.list_requests(
        [unit.pk for unit in _units(request)],
        _several(asked.get("service_request_id", "")),
        _several(asked.get("service_code", "")),
        None if not states or states >= {"open", "closed"} else "closed" in states,
        _moment(asked.get("start_date", ""), "start_date"),
        _moment(asked.get("end_date", ""), "end_date"),
    )
    return answer(form, "service_requests", "request", [_shape(one) for one in found])


@_georeport(*READING)
def one_request(request: HttpRequest, request_id: str, form: str) -> HttpResponse:
    """GET one request by its id."""
    found = service_requests.request_with_id([unit.pk for unit in _units(request)], request_id)
    if found is None:
        raise Refused(404, "service_request_id was not found")
    return answer(form, "service_requests", "request", [_shape(found)])


@_georeport(*READING)
def token(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """GET token: ids are given at once, so a token is the id itself."""
    if service_requests.request_with_id([unit.pk for unit in _units(request)], token) is None:
        raise Refused(404, "token was not found")
    return answer(form, "service_requests", "request", [{"service_request_id": token, "token": token}])


def _post(request: HttpRequest, form: str) -> HttpResponse:
    consumer = _caller(request)
    unit = _one_unit(request, consumer)
    posted = request.POST
    if not posted.get("service_code", "").strip():
        raise Refused(400, "service_code was not provided")
    if named := [name for name in PERSONAL_FIELDS if posted.get(name, "").strip()]:
        raise Refused(400, f"this server takes no {named[0]}: send without; the code in service_notice is the way back")
    place = posted.get("address_string", "").strip() or _point(posted.get("lat", ""), posted.get("long", ""))
    text = "\n".join(
        part for part in (posted.get("description", "").strip(), posted.get("media_url", "").strip()) if part
    )
    key = request.headers.get("Idempotency-Key", "")[:100]
    sent = f"{consumer.public_id}:{unit.pk}:{key}" if key else ""
    taken = service_requests.take_request(unit, posted.get("service_code", ""), text, place, sent)
    notice = f"Mã tra cứu: {taken.code}. Ai có mã đều xem được trả lời trên cổng của {unit.name}."
    body = {"service_request_id": taken.request.id, "service_notice": notice, "account_id": None}
    return answer(form, "service_requests", "request", [body], 201)


def _caller(request: HttpRequest) -> Consumer:
    consumer = consumer_with_key(request.POST.get("api_key", "") or request.headers.get("X-Api-Key", ""))
    if consumer is None or ApiScope.REQUESTS not in consumer.scopes:
        raise Refused(403, "api_key is missing or may not send requests")
    if wait_s := take_call(consumer):
        raise Refused(429, f"too many calls, try again in {wait_s} seconds")
    return consumer


def _one_unit(request: HttpRequest, consumer: Consumer) -> Unit:
    """The unit a request is for: the jurisdiction, or the only one the key covers."""
    covered = units_of(consumer)
    asked = request.POST.get("jurisdiction_id", "") or request.GET.get("jurisdiction_id", "")
    if not asked and len(covered) == 1:
        return covered[0]
    found = next((unit for unit in covered if unit.slug == asked), None)
    if found is None:
        raise Refused(404 if asked else 400, "jurisdiction_id was not found" if asked else "jurisdiction_id is missing")
    return found


def _units(request: HttpRequest) -> list[Unit]:
    """The units a reading call is about: the jurisdiction, or all."""
    asked = request.GET.get("jurisdiction_id", "")
    found = list(Unit.objects.filter(slug=asked) if asked else Unit.objects.all())
    if asked and not found:
        raise Refused(404, "jurisdiction_id was not found")
    return found


def _service(code: str) -> dict[str, Any]:
    name, description = SERVICES[code]
    return {
        "service_code": str(code),
        "service_name": name,
        "description": description,
        "metadata": False,
        "type": "realtime",
        "keywords": "",
        "group": "Công an xã, phường",
    }


def _shape(found: ServiceRequest) -> dict[str, Any]:
    return {
        "service_request_id": found.id,
        "status": "closed" if found.is_done else "open",
        "status_notes": STATE_NOTES[found.state],
        "service_name": SERVICES[found.kind][0],
        "service_code": found.kind,
        "description": None,
        "agency_responsible": found.unit.name,
        "service_notice": None,
        "requested_datetime": _written(found.received_on),
        "updated_datetime": _written(found.changed_on),
        "expected_datetime": None,
        "address": None,
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _written(day: date) -> str:
    """The day alone, as W3C asks for it: what hour it was is nobody's business (G13)."""
    return datetime.combine(day, time.min, clock.VIETNAM).isoformat()


def _several(value: str) -> list[str]:
    return [part for part in (one.strip() for one in value.split(",")) if part][:100]


def _moment(value: str, name: str) -> datetime | None:
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise Refused(400, f"{name} is not a W3C date and time") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.VIETNAM)


def _point(latitude: str, longitude: str) -> str:
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return ""
    inside = -90 <= north <= 90 and -180 <= east <= 180
    return f"{north:.6f}, {east:.6f}" if inside else ""
