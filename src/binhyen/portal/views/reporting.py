"""The report wizard: six small pages that work without script; only the last one sends (R5)."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from binhyen.cases.drafts import draft_of
from binhyen.cases.left_out import left_out_of_case
from binhyen.cases.models import CaseChannel
from binhyen.cases.sending import Sent, press, sent_before
from binhyen.cases.topics import TOPICS
from binhyen.core.counting import count
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.portal import flood, report_steps, tickets, wizard
from binhyen.portal.file_words import left_out_words
from binhyen.portal.pages import of_unit, page, private
from binhyen.portal.report_steps import Answered
from binhyen.portal.reports_shown import formal_clocks, receipt_page
from binhyen.portal.units_here import UnitHere
from binhyen.portal.wizard import STEPS, Writing, step_page
from binhyen.units.models import Unit
from binhyen.workflows.clear_words import collect_code, draft_of_link, files_left_out, take_back
from binhyen.workflows.private_path import open_link, send_report

SAFE_PLACE = "https://nchmf.gov.vn/"
"""Where the quick exit leads: the weather."""
ASIDE = {"conduct": "portal:conduct", "denunciation": "portal:formal", "lost_found": "portal:lost_tell"}
"""Choices of the first page that have a page of their own."""


@csrf_exempt  # the token of the draft, which no other site knows, is the right
@require_http_methods(["GET", "HEAD", "POST"])
@private
@of_unit
def report(request: HttpRequest, unit: UnitHere, step: int) -> HttpResponse:
    """One page of the wizard, and what was sent with it."""
    if not 1 <= step <= len(STEPS):
        return HttpResponseRedirect(reverse("portal:report", args=[unit.slug, 1]))
    writing = wizard.writing_of(request, unit)
    if step == 1:
        return _first(request, unit, writing)
    if writing is None:
        return _lost_or_sent(request, unit, step)
    if request.method != "POST":
        return _shown(request, unit, min(step, writing.fields.seen + 1), writing)
    try:
        if step == len(STEPS):
            return _send(request, unit, writing)
        return _answered(request, unit, step, writing, report_steps.ANSWERS[step](request, unit, writing))
    except (OperationalError, TryAgain):
        return _troubled(request, unit, step, writing)


def _first(request: HttpRequest, unit: UnitHere, writing: Writing | None) -> HttpResponse:
    if request.method != "POST":
        return step_page(request, unit, 1, writing)
    topic = request.POST.get("topic", "")
    if topic in ASIDE:
        return HttpResponseRedirect(reverse(ASIDE[topic], args=[unit.slug]))
    if topic not in TOPICS:
        return step_page(request, unit, 1, writing, {"error": report_steps.choose_one()}, 422)
    if not flood.may_begin(request, unit):
        return step_page(request, unit, 1, writing, {"error": report_steps.busy(), "chosen": topic}, 429)
    try:
        writing = writing or wizard.begin(unit)
        writing.fields.topic = topic
        writing.fields.is_danger = topic == "danger" or writing.fields.is_danger
        writing.keep(1)
    except (OperationalError, TryAgain):
        return step_page(request, unit, 1, None, {"error": report_steps.trouble(unit), "chosen": topic}, 503)
    return wizard.go_to(request, unit, 2, writing) or _shown(request, unit, 2, writing)


def _shown(request: HttpRequest, unit: UnitHere, step: int, writing: Writing) -> HttpResponse:
    return step_page(request, unit, step, writing, report_steps.context_of(step, unit, writing))


def _troubled(request: HttpRequest, unit: UnitHere, step: int, writing: Writing) -> HttpResponse:
    """The disk is full or the database away: the same page with everything typed, and the number to call."""
    typed = {name: request.POST[name] for name in ("name", "phone") if name in request.POST}
    context = {"chosen": request.POST.get("way", ""), **typed, "error": report_steps.trouble(unit)}
    return step_page(request, unit, step, writing, {**report_steps.context_of(step, unit, writing), **context}, 503)


def _answered(request: HttpRequest, unit: UnitHere, step: int, writing: Writing, answer: Answered) -> HttpResponse:
    """On to the next page, or the same one with what is wrong; everything typed is kept."""
    if answer.error or answer.stays:
        writing.keep_files()
    if answer.error:
        context = {**report_steps.context_of(step, unit, writing), **answer.context, "error": answer.error}
        return step_page(request, unit, step, writing, context, answer.status)
    if answer.stays:
        return _shown(request, unit, step, writing)
    writing.keep(step)
    following = len(STEPS) if request.POST.get("back_to_check") else step + 1
    return wizard.go_to(request, unit, following, writing) or _shown(request, unit, following, writing)


def _send(request: HttpRequest, unit: UnitHere, writing: Writing) -> HttpResponse:
    sheet = tickets.sheet_of(request)
    if sheet is None:
        return again(request, unit, writing, tickets.new_sheet(), report_steps.press_again(), 422)
    if missing := report_steps.first_missing(writing.fields):
        return _shown(request, unit, missing, writing)
    if not flood.may_send(request, unit, sheet):
        count("portal.report.queued", unit_key=unit.id)
        return again(request, unit, writing, tickets.queued(sheet), report_steps.busy(), 429)
    try:
        sent = send_report(writing.draft, press(writing.token), writing.fields.is_danger)
    except NotPossible:
        return _shown(request, unit, 2, writing)
    except (OperationalError, TryAgain):
        return again(request, unit, writing, tickets.queued(sheet), report_steps.trouble(unit), 503)
    return receipt(unit, sent)


def again(
    request: HttpRequest, unit: UnitHere, writing: Writing, sheet: tickets.Sheet, error: str, status: int
) -> HttpResponse:
    """The last page once more, with everything kept and the reason."""
    context = {**report_steps.context_of(len(STEPS), unit, writing), "error": error, "sheet": tickets.signed(sheet)}
    return step_page(request, unit, len(STEPS), writing, context, status)


def _lost_or_sent(request: HttpRequest, unit: UnitHere, step: int) -> HttpResponse:
    """A second press finds its receipt; anything else a calm page to begin again."""
    if request.method == "POST" and step == len(STEPS) and (sent := sent_before(wizard.token_of(request))):
        return receipt(unit, sent)
    return page(request, "report_lost", unit, status=200 if request.method != "POST" else 422)


def receipt(unit: UnitHere, sent: Sent) -> HttpResponse:
    """The code, once, and files of the chat that did not come along; the draft's token leaves the browser."""
    left_out = left_out_of_case(sent.case) if sent.case.channel == CaseChannel.ZALO else {}
    return wizard.forget(receipt_page(unit, sent, left_out=left_out_words(left_out, unit)), unit)


@csrf_exempt  # the token of the link is the right
@require_http_methods(["GET", "HEAD", "POST"])
@private
@of_unit
def from_chat(request: HttpRequest, unit: UnitHere, token: str) -> HttpResponse:
    """A link from the chat: looking at it uses nothing up, pressing the button opens it once."""
    here = Unit.objects.get(pk=unit.id)
    if mine := _sealed_token(request, here, token):
        return _sealed_already(request, unit, here, mine)
    if request.method != "POST":
        return page(request, "report_from_chat", unit)
    try:
        new = open_link(here, token)
    except NotPossible:
        return page(request, "report_lost", unit, {"why": "link_over"}, status=410)
    response = HttpResponseRedirect(reverse("portal:report", args=[unit.slug, 1]))
    return wizard.with_token_value(response, unit, new)


def _sealed_token(request: HttpRequest, here: Unit, token: str) -> str:
    """The token that leads to words sealed already: of the link, or of this browser once the link was opened."""
    if draft_of_link(here, token):
        return token
    mine = wizard.token_of(request)
    return mine if draft_of(here.pk, token) is None and draft_of_link(here, mine) else ""


def _sealed_already(request: HttpRequest, unit: UnitHere, here: Unit, token: str) -> HttpResponse:
    """What was clear is sealed before anybody asked: here is its code, and the way back for words sent by mistake."""
    if request.method != "POST":
        return page(request, "report_sealed", unit)
    try:
        if request.POST.get("act") == "back":
            take_back(here, token)
            return wizard.forget(page(request, "report_taken_back", unit), unit)
        sent, new, may_take_back = collect_code(here, token, is_about_unit=report_steps.says_about_unit(request))
    except NotPossible as refused:
        status = 200 if refused.code == "code_known" else 409 if refused.code == "case_step" else 410
        return page(request, "report_lost", unit, {"why": refused.code}, status)
    left_out = left_out_words(files_left_out(here, new), unit)
    shown = receipt_page(unit, sent, taken_back_under=new if may_take_back else "", left_out=left_out)
    return wizard.with_token_value(shown, unit, new)


@require_safe
@private
@of_unit
def leave(_request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Quick exit: the token leaves the browser, and the person sees the weather."""
    return wizard.forget(HttpResponseRedirect(SAFE_PLACE), unit)


@require_safe
@private
@of_unit
def formal(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Denunciations and complaints have a channel of their own: where, how, until when."""
    return page(request, "formal", unit, {"clocks": formal_clocks()})
