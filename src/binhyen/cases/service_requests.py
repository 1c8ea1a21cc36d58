"""Reports that other systems send in the open: kinds without confidence, and what anybody may read of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from binhyen.cases.models import Case, CaseChannel, CaseKind
from binhyen.cases.receiving import NewReport, receive_report
from binhyen.cases.reports import PLACE_LIMIT, TEXT_LIMIT, Report
from binhyen.cases.states import DONE_STATES
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.core.working_time import local_day
from binhyen.units.models import Unit
from binhyen.vault import receipts
from binhyen.vault.keyring import keyed_hash

OPEN_KINDS = (CaseKind.FEEDBACK, CaseKind.PETITION)
"""Kinds that may come from another system; reports of crime go by the wizard, where they are sealed from the start."""
MOST_LISTED = 500
LONGEST_LIST = timedelta(days=90)
"""Span one list may cover (GeoReport v2, GET requests)."""


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """What everybody may know of a request: that it exists, its kind, its state and its days. Never its words."""

    id: str
    kind: str
    state: str
    is_done: bool
    unit: Unit
    received_on: date
    changed_on: date


@dataclass(frozen=True, slots=True)
class TakenRequest:
    """A request that has just been taken, with the code under which its sender reads answers."""

    request: ServiceRequest
    code: str


def take_request(unit: Unit, kind: str, text: str, place: str, token: str = "") -> TakenRequest:
    """Make a case of a request of another system; the same `token` makes one case and gives the same code.

    Raises NotPossible: request_kind, request_empty, request_too_long(limit), request_place.
    """
    text, place = clean(text), clean(place)
    if kind not in OPEN_KINDS:
        raise NotPossible("request_kind")
    if not text:
        raise NotPossible("request_empty")
    if len(text) > TEXT_LIMIT:
        raise NotPossible("request_too_long", limit=TEXT_LIMIT)
    if not place:
        raise NotPossible("request_place")
    code = receipts.new_code(keyed_hash("service_request", token) if token else "")
    new = NewReport(
        unit=unit,
        kind=CaseKind(kind),
        channel=CaseChannel.API,
        report=Report(text=text, place=place[:PLACE_LIMIT]),
        receipt_hash=receipts.hashed(code),
        submission_key=keyed_hash("service_request.sent", token) if token else None,
    )
    case, _ = receive_report(new)
    return TakenRequest(_request(case), code)


def request_with_id(unit_ids: Collection[int], public_id: str) -> ServiceRequest | None:
    """The request with that id among those of the units."""
    case = _rows(unit_ids).filter(public_id=public_id).first()
    return _request(case) if case else None


def list_requests(
    unit_ids: Collection[int],
    ids: Collection[str] = (),
    kinds: Collection[str] = (),
    is_done: bool | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[ServiceRequest]:
    """Requests newest first, at most `MOST_LISTED`; with `ids` nothing else counts. Without days: the last 90.

    Raises NotPossible("request_span") for more than 90 days.
    """
    rows = _rows(unit_ids)
    if ids:
        return [_request(case) for case in rows.filter(public_id__in=list(ids)[:MOST_LISTED])]
    end = end or (start + LONGEST_LIST if start else clock.now())
    start = start or end - LONGEST_LIST
    if end - start > LONGEST_LIST:
        raise NotPossible("request_span")
    rows = rows.filter(received_at__gte=start, received_at__lte=end)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if is_done is not None:
        rows = rows.filter(state__in=DONE_STATES) if is_done else rows.exclude(state__in=DONE_STATES)
    return [_request(case) for case in rows.order_by("-received_at", "-id")[:MOST_LISTED]]


def _rows(unit_ids: Collection[int]) -> QuerySet[Case]:
    rows = Case.objects.filter(unit_id__in=unit_ids, channel=CaseChannel.API, kind__in=OPEN_KINDS, split_from=None)
    return rows.select_related("unit").defer("sealed_report", "sealed_identity", "wrapped_key")


def _request(case: Case) -> ServiceRequest:
    return ServiceRequest(
        id=case.public_id,
        kind=case.kind,
        state=case.state,
        is_done=case.state in DONE_STATES,
        unit=case.unit,
        received_on=local_day(case.received_at),
        changed_on=local_day(case.changed_at),
    )
