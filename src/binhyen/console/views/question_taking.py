"""A question by telephone or at the counter: one box, the answer and the code to read aloud (O14, G60)."""

import secrets

from django.http import HttpResponse
from django.shortcuts import render

from binhyen.console import answers, rows
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.texts import error_text
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.units import queries as unit_queries
from binhyen.units.models import Unit
from binhyen.units.scope import REPLY_ROLES
from binhyen.vault.receipts import grouped
from binhyen.workflows.asking import QUESTION_LIMIT


@officer_required
def take_question(request: ConsoleRequest) -> HttpResponse:
    """The form; with POST the answer and the code."""
    from binhyen.workflows.spoken_questions import take_question as take

    units = unit_queries.units_for(request.officer_scope, REPLY_ROLES)
    wanted = request.POST.get("unit", "")
    unit = next((each for each in units if wanted in ("", each.public_id)), None)
    if unit is None:
        raise NotAllowed
    if request.method != "POST":
        return _form(request, units, unit, secrets.token_urlsafe(32))
    token = request.POST.get("token", "")
    try:
        taken = take(request.officer_scope, unit, request.POST.get("text", ""), token)
    except NotPossible as refused:
        fresh = secrets.token_urlsafe(32) if refused.code == "question_token" else token
        return _form(request, units, unit, fresh, error_text(refused))
    conversation = taken.conversation
    context = {
        "unit": unit,
        "conversation": conversation,
        "groups": grouped(taken.code).split(),
        "answers": taken.answers,
        "urgency": rows.urgency_words(conversation.urgency),
        "suggestions": [
            (each, answers.answer_text(unit, each.id))
            for each in answers.suggestions_for(conversation, request.POST.get("text", ""))
        ],
    }
    return render(request, "console/question_taken.html", context)


def _form(request: ConsoleRequest, units: list[Unit], unit: Unit, token: str, error: str = "") -> HttpResponse:
    context = {
        "units": units,
        "unit": unit,
        "token": token,
        "error": error,
        "typed": request.POST.get("text", ""),
        "limit": QUESTION_LIMIT,
    }
    return render(request, "console/take_question.html", context, status=422 if error else 200)
