"""A report by telephone or at the counter: one page, a script to read aloud, the code in groups of three (O14, G60)."""

import secrets

from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from binhyen.cases import drafts
from binhyen.cases.accusing import complains_about_unit
from binhyen.cases.conflicts import CASE_ROLES, is_read_above
from binhyen.cases.drafts import Fields
from binhyen.cases.models import CaseChannel
from binhyen.cases.reports import NAME_LIMIT, PHONE_LIMIT, PLACE_LIMIT, TEXT_LIMIT, TIME_LIMIT, Identity
from binhyen.cases.sending import Sent, press, send_draft, sent_before
from binhyen.cases.topics import TOPICS
from binhyen.console import case_words
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.case_words import CLOCKS_TOLD
from binhyen.console.texts import error_text
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotAllowed, NotPossible, TryAgain
from binhyen.core.text import clean
from binhyen.language.danger import danger_signs_in
from binhyen.language.publication import has_secret_heading
from binhyen.units import queries as unit_queries
from binhyen.units.models import Area, Unit
from binhyen.vault.receipts import grouped

_CHANNELS = {"phone": CaseChannel.PHONE, "counter": CaseChannel.COUNTER}


@officer_required
def take_report(request: ConsoleRequest) -> HttpResponse:
    """The form, and the receipt to read aloud."""
    units = unit_queries.units_for(request.officer_scope, CASE_ROLES)
    if not units:
        raise NotAllowed
    unit = next((one for one in units if one.public_id == request.POST.get("unit", "")), units[0])
    if request.method != "POST":
        return _form(request, units, unit, secrets.token_urlsafe(32))
    token = request.POST.get("token", "")
    if len(token) != drafts.TOKEN_LENGTH:
        return _form(request, units, unit, secrets.token_urlsafe(32))
    if sent := sent_before(token):
        return _receipt(request, sent)
    try:
        return _receipt(request, _take(request, unit, token))
    except NotPossible as refused:
        return _form(request, units, unit, token, error_text(refused))
    except (OperationalError, TryAgain):
        return _form(request, units, unit, token, _("Nothing is kept yet. What you typed is below: press again."), 503)


def _take(request: ConsoleRequest, unit: Unit, token: str) -> Sent:
    typed = request.POST
    text = clean(typed.get("text", ""))
    topic = TOPICS.get(typed.get("topic", ""))
    if not text or topic is None or topic.kind is None:
        raise NotPossible("report_empty")
    if len(text) > TEXT_LIMIT:
        raise NotPossible("text_too_long", limit=TEXT_LIMIT)
    if has_secret_heading(text):
        raise NotPossible("text_state_secret")
    channel = _CHANNELS.get(typed.get("channel", ""))
    if channel is None:
        raise NotPossible("channel_missing")
    draft = drafts.draft_under(unit, token)
    is_about_unit = typed.get("about_unit") == "yes" or complains_about_unit(text)
    name, phone = clean(typed.get("name", ""))[:NAME_LIMIT], clean(typed.get("phone", ""))[:PHONE_LIMIT]
    if name or phone:
        drafts.keep_identity(draft, Identity(name, phone), is_about_unit=is_about_unit)
    area = typed.get("area", "")
    fields = Fields(
        topic=topic.id,
        text=text,
        area=area if Area.objects.filter(unit=unit, name=area).exists() else "",
        place=clean(typed.get("place", ""))[:PLACE_LIMIT],
        happened=clean(typed.get("happened", ""))[:TIME_LIMIT],
        way="named" if name or phone else "anonymous",
        is_about_unit=is_about_unit,
    )
    drafts.fill(draft, fields)
    is_urgent = any(danger_signs_in(text)[:6])
    return send_draft(draft, press(token), channel, is_urgent, taken_by=request.user.pk)


def _form(
    request: ConsoleRequest, units: list[Unit], unit: Unit, token: str, error: str = "", status: int = 422
) -> HttpResponse:
    context = {
        "units": units,
        "unit": unit,
        "areas": Area.objects.filter(unit=unit).order_by("sort_key"),
        "topics": [(one.id, case_words.TOPIC_NAMES[one.id]) for one in TOPICS.values() if one.kind],
        "is_read_above": is_read_above(unit.parent_id),
        "can_be_named": drafts.identity_key_for(unit) is not None,
        "typed": request.POST,
        "token": token,
        "error": error,
    }
    return render(request, "console/cases/take.html", context, status=status if error else 200)


def _receipt(request: ConsoleRequest, sent: Sent) -> HttpResponse:
    case = sent.case
    ends = case.clocks.filter(is_information=False, met_at=None, stopped_at=None).order_by("due_at")
    context = {
        "case": case,
        "unit": case.unit,
        "groups": grouped(sent.code).split(),
        "ends": [(CLOCKS_TOLD[one.rule_id], one.due_at) for one in ends if one.rule_id in CLOCKS_TOLD],
        "address": f"{configuration().public_url}/{case.unit.slug}/x/",
    }
    return render(request, "console/cases/taken.html", context)
