"""The same report on one page, for slow lines: one look, one press; what is missing goes on in the six small pages."""

import secrets
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from binhyen.cases import drafts
from binhyen.cases.drafts import TOKEN_LENGTH, Fields
from binhyen.cases.sending import sent_before
from binhyen.cases.topics import TOPICS
from binhyen.core.counting import count
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.portal import flood, report_steps, tickets
from binhyen.portal.pages import of_unit, page, private
from binhyen.portal.report_steps import Answered
from binhyen.portal.units_here import UnitHere
from binhyen.portal.views.reporting import again, receipt
from binhyen.portal.wizard import STEPS, Writing, step_page
from binhyen.units.models import Unit
from binhyen.workflows.private_path import send_report

_BEFORE_FILES = (2, 3, 5)
_FILES = 4


@csrf_exempt  # the token of the form, which no other site knows, is the right
@require_http_methods(["GET", "HEAD", "POST"])
@private
@of_unit
def report_at_once(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """The page, and the whole report sent with it. Pressing twice sends once."""
    token = request.POST.get("draft", "")
    if request.method != "POST":
        return _shown(request, unit)
    if len(token) != TOKEN_LENGTH:
        return _shown(request, unit, report_steps.press_again(), 422)
    try:
        if sent := sent_before(token):
            return receipt(request, unit, sent)
        return _taken(request, unit, token)
    except (OperationalError, TryAgain):
        return _shown(request, unit, report_steps.trouble(unit), 503)


def _shown(request: HttpRequest, unit: UnitHere, error: str = "", status: int = 200) -> HttpResponse:
    writing = _begun(unit, secrets.token_urlsafe(32), is_named=True)
    context: dict[str, Any] = {}
    for step in (2, 3, 5):
        context |= report_steps.context_of(step, unit, writing)
    context |= {name: request.POST.get(name, "") for name in ("text", "topic", "place", "happened", "name", "phone")}
    context |= {
        "draft": writing.token,
        "sheet": tickets.signed(tickets.new_sheet()),
        "topics": [topic.id for topic in TOPICS.values() if topic.kind],
        "error": error,
    }
    return page(request, "report_at_once", unit, context, status)


def _taken(request: HttpRequest, unit: UnitHere, token: str) -> HttpResponse:
    sheet = tickets.sheet_of(request)
    has_place = sheet is not None and flood.may_send(request, unit, sheet)
    if not has_place and not flood.may_begin(request, unit):
        return _shown(request, unit, report_steps.busy(), 429)
    writing = _begun(unit, token, is_named=request.POST.get("way") == "named")
    step, answer = _answers(request, unit, writing)
    if answer.error:
        context = {**report_steps.context_of(step, unit, writing), **answer.context, "error": answer.error}
        return step_page(request, unit, step, writing, context, answer.status)
    if sheet is None:
        return again(request, unit, writing, tickets.new_sheet(), report_steps.press_again(), 422)
    if not has_place:
        count("portal.report.queued", unit_key=unit.id)
        return again(request, unit, writing, tickets.queued(sheet), report_steps.busy(), 429)
    try:
        return receipt(request, unit, send_report(writing.draft, token, writing.fields.is_danger))
    except (OperationalError, TryAgain):
        return again(request, unit, writing, tickets.queued(sheet), report_steps.trouble(unit), 503)
    except NotPossible:
        return step_page(request, unit, 2, writing, report_steps.context_of(2, unit, writing), 422)


def _begun(unit: UnitHere, token: str, *, is_named: bool) -> Writing:
    """A draft under the page's token; not written yet."""
    here = Unit.objects.get(pk=unit.id) if is_named else Unit(pk=unit.id)  # whose key a name is sealed to
    return Writing(drafts.draft_under(here, token), token, Fields())


def _keep(unit: UnitHere, writing: Writing) -> None:
    """Write it down; what an earlier press left behind under the same token goes on with the new answers."""
    try:
        with transaction.atomic():
            writing.keep(len(STEPS) - 1)
    except IntegrityError:
        known = drafts.draft_of(Unit(pk=unit.id), writing.token)
        if known is None:
            raise TryAgain("draft_of_another_unit", 60) from None
        known.sealed_identity, known.identity_key = writing.draft.sealed_identity, writing.draft.identity_key
        writing.draft = known
        writing.keep(len(STEPS) - 1)


def _answers(request: HttpRequest, unit: UnitHere, writing: Writing) -> tuple[int, Answered]:
    """The first page of the wizard that has something to say, or the last one; everything typed is kept."""
    topic = TOPICS.get(request.POST.get("topic", ""))
    writing.fields.topic = topic.id if topic and topic.kind else ""
    found: list[tuple[int, Answered]] = []
    if not writing.fields.topic:
        found.append((1, Answered(report_steps.choose_one())))
    found += [(step, report_steps.ANSWERS[step](request, unit, writing)) for step in _BEFORE_FILES]
    with transaction.atomic():
        _keep(unit, writing)
        found.append((_FILES, report_steps.ANSWERS[_FILES](request, unit, writing)))
    return next(((step, answer) for step, answer in sorted(found, key=_step) if answer.error), (len(STEPS), Answered()))


def _step(found: tuple[int, Answered]) -> int:
    return found[0]
