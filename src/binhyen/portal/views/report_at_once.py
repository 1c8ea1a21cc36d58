"""The same report on one page, for slow lines: one look, one press; what is missing goes on in the six small pages."""

from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from binhyen.cases import drafts, pieces
from binhyen.cases.drafts import TOKEN_LENGTH, Fields
from binhyen.cases.reports import NAME_LIMIT, PLACE_LIMIT, TEXT_LIMIT, TIME_LIMIT
from binhyen.cases.sending import Sent, press, sent_before
from binhyen.cases.topics import TOPICS
from binhyen.core.counting import count
from binhyen.core.errors import TryAgain
from binhyen.portal import flood, report_steps, tickets
from binhyen.portal.kept_pages import kept_page
from binhyen.portal.pages import of_unit, page, private
from binhyen.portal.report_steps import Answered
from binhyen.portal.units_here import UnitHere
from binhyen.portal.views.reporting import again, receipt
from binhyen.portal.wizard import STEPS, Writing, step_page
from binhyen.units.models import Unit
from binhyen.workflows.private_path import send_report

_ANSWERED = (2, 3, 4, 5)


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
            return receipt(unit, sent)
        return _taken(request, unit, token)
    except (OperationalError, IntegrityError, TryAgain):  # broken off, or two presses in the same moment
        return _shown(request, unit, report_steps.trouble(unit), 503)


def _shown(request: HttpRequest, unit: UnitHere, error: str = "", status: int = 200) -> HttpResponse:
    facts = {
        "areas": unit.areas,
        "limit": TEXT_LIMIT,
        "place_limit": PLACE_LIMIT,
        "time_limit": TIME_LIMIT,
        "name_limit": NAME_LIMIT,
        "piece_bytes": pieces.PIECE_BYTES,
        "topics": tuple(topic.id for topic in TOPICS.values() if topic.kind),
        "can_be_named": drafts.takes_names(unit.id, unit.parent_id),
    }
    values = {"draft": drafts.new_token(), "sheet": tickets.signed(tickets.new_sheet())}
    if request.method != "POST":
        return kept_page("report_at_once", unit, facts, values)
    typed = {name: request.POST.get(name, "") for name in ("text", "topic", "place", "happened", "name", "phone")}
    said = {"about_unit": report_steps.says_about_unit(request), "error": error}
    return page(request, "report_at_once", unit, {**facts, **values, **typed, **said}, status)


def _taken(request: HttpRequest, unit: UnitHere, token: str) -> HttpResponse:
    sheet = tickets.sheet_of(request)
    has_place = sheet is not None and flood.may_send(request, unit, sheet)
    if not has_place and not flood.may_begin(request, unit):
        return _shown(request, unit, report_steps.busy(), 429)
    writing = _begun(unit, token)
    step, answer = _answers(request, unit, writing)
    trouble = ""
    if sheet and has_place and not answer.error:
        try:
            return receipt(unit, _sent(writing))
        except (OperationalError, TryAgain):
            if sent := sent_before(token):  # the connection broke after the commit: the case has the files
                return receipt(unit, sent)
            trouble = report_steps.trouble(unit)
    writing.keep(len(STEPS) - 1)
    if answer.error:
        context = {**report_steps.context_of(step, unit, writing), **answer.context, "error": answer.error}
        return step_page(request, unit, step, writing, context, answer.status)
    if sheet is None:
        return again(request, unit, writing, tickets.new_sheet(), report_steps.press_again(), 422)
    if trouble:
        return again(request, unit, writing, tickets.queued(sheet), trouble, 503)
    count("portal.report.queued", unit_key=unit.id)
    return again(request, unit, writing, tickets.queued(sheet), report_steps.busy(), 429)


def _begun(unit: UnitHere, token: str) -> Writing:
    """What an earlier press left behind under the page's token, or a draft that is not stored yet."""
    if known := drafts.draft_of(unit.id, token):
        return Writing(known, token, Fields())
    holder = Unit(pk=unit.id, parent_id=unit.parent_id)  # as far as it matters here: whose key a name is sealed to
    return Writing(drafts.draft_under(holder, token), token, Fields())


def _sent(writing: Writing) -> Sent:
    """The case, without a draft in between: words, files and clocks are written in one transaction."""
    drafts.fill(writing.draft, writing.fields)
    return send_report(writing.draft, press(writing.token), writing.fields.is_danger, writing.files)


def _answers(request: HttpRequest, unit: UnitHere, writing: Writing) -> tuple[int, Answered]:
    """The first page of the wizard that has something to say, or the last one; files are on disk, nothing is stored."""
    topic = TOPICS.get(request.POST.get("topic", ""))
    writing.fields.topic = topic.id if topic and topic.kind else ""
    found = [(step, report_steps.ANSWERS[step](request, unit, writing)) for step in _ANSWERED]
    if not writing.fields.topic:
        found.insert(0, (1, Answered(report_steps.choose_one())))
    return next(((step, answer) for step, answer in found if answer.error), (len(STEPS), Answered()))
