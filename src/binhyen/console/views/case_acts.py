"""What an officer does in a case: each act is a normal POST that leads back to the page."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binhyen.cases import actions, handing_over, holding, queries
from binhyen.cases.incidents import actions as incidents
from binhyen.cases.incidents.queries import together_with
from binhyen.cases.models import Case, CaseClock
from binhyen.cases.states import STEPS
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.texts import error_text
from binhyen.console.views.cases import colleagues_at, show_case
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import whole_number
from binhyen.workflows.private_path import tell_reporter

_STEP_ACTS = frozenset(step.act for step in STEPS if not step.by_reporter) - {"see", "transfer"}
_HEARD_ACTS = frozenset({"answer", "close", "close_without_result", "ask"})
"""Acts with words for the reporter: who reported by Zalo hears that something is new."""
_SHARED_ACTS = _HEARD_ACTS - {"ask"}
"""Acts that may go to every report of one event."""


@require_POST
@officer_required
def act(request: ConsoleRequest, case_id: str) -> HttpResponse:
    """One act; what cannot be done says why and keeps the words."""
    case = queries.access_case(request.officer_scope, case_id)
    try:
        _do(request, case, request.POST.get("act", ""))
    except NotPossible as refused:
        fresh = queries.access_case(request.officer_scope, case_id)
        return show_case(request, fresh, error_text(refused), request.POST.get("text", ""), 422)
    try:
        queries.access_case(request.officer_scope, case_id)
    except NotAllowed:  # one who sets oneself aside
        messages.success(request, _("Done. You do not see this case any more."))
        return redirect("console:cases")
    name = request.POST.get("act", "")
    if name in _HEARD_ACTS:
        tell_reporter(case)
    if name in _SHARED_ACTS and request.POST.get("all") == "yes":
        _to_the_others(request, case, name)
    messages.success(request, _("Saved."))
    return redirect("console:case", case_id)


def _to_the_others(request: ConsoleRequest, case: Case, name: str) -> None:
    """The same words to every reporter of the event, each in the own case; what a case does not allow is named."""
    together = together_with(request.officer_scope, case)
    refused = []
    for other in together.others if together else ():
        try:
            actions.take_step(request.officer_scope, other, name, request.POST.get("text", ""))
        except NotPossible:
            refused.append(f"#{other.number}")
        else:
            tell_reporter(other)
    if refused:
        words = _("Not possible in the present state, please look yourself: %(cases)s") % {"cases": ", ".join(refused)}
        messages.warning(request, words)


def _do(request: ConsoleRequest, case: Case, name: str) -> None:
    scope, text = request.officer_scope, request.POST.get("text", "")
    if name in _STEP_ACTS:
        actions.take_step(scope, case, name, text)
        return
    simple: dict[str, Callable[[], object]] = {
        "note": lambda: actions.add_note(scope, case, text),
        "ask": lambda: actions.ask_reporter(scope, case, text),
        "assign": lambda: _about_officer(request, case, name),
        "conflict": lambda: _about_officer(request, case, name),
        "kind": lambda: actions.change_kind(scope, case, request.POST.get("kind", ""), text),
        "serious": lambda: actions.mark_serious(scope, case),
        "called": lambda: actions.note_call(scope, case),
        "acknowledge": lambda: handing_over.acknowledge(scope, case),
        "split": lambda: handing_over.split(scope, case, text, request.POST.get("kind", "")),
        "move": lambda: _move(request, case, text),
        "task": lambda: actions.add_task(scope, case, text),
        "merge": lambda: incidents.merge(scope, case, _number(request)),
        "take_out": lambda: incidents.take_out(scope, case),
        "two_events": lambda: incidents.refuse(scope, case, _number(request)),
        "hold": lambda: holding.hold_case(scope, case, request.POST.get("ground", ""), text),
        "release": lambda: holding.release_case(scope, case),
        "task_done": lambda: actions.finish_task(scope, case, request.POST.get("task", "")),
    }
    if name not in simple:
        raise NotPossible("case_step")
    simple[name]()


def _number(request: ConsoleRequest) -> int:
    """Number of the other case, typed with or without "#"."""
    return whole_number(request.POST.get("number", "").strip().lstrip("#"))


def _move(request: ConsoleRequest, case: Case, text: str) -> None:
    row = CaseClock.objects.filter(pk=whole_number(request.POST.get("clock", "")), case=case).first()
    if row is None:
        raise NotPossible("clock_not_running")
    actions.move_clock(request.officer_scope, case, row, _moment(request.POST.get("until", "")), text)


def _about_officer(request: ConsoleRequest, case: Case, name: str) -> None:
    chosen = request.POST.get("officer", "")
    colleague = next((one for one in colleagues_at(request, case) if one.public_id == chosen), None)
    if chosen and colleague is None:
        raise NotAllowed
    if name == "assign":
        actions.assign(request.officer_scope, case, colleague)
    elif colleague is not None:
        actions.flag_conflict(request.officer_scope, case, colleague)


def _moment(typed: str) -> datetime:
    found = None
    for written in (typed, typed.replace(" ", "T")):
        try:
            found = found or parse_datetime(written) or datetime.strptime(typed, "%d/%m/%Y %H:%M")  # noqa: DTZ007
        except ValueError:
            continue
    if found is None:
        raise NotPossible("clock_overdue")
    return found if found.tzinfo else found.replace(tzinfo=clock.VIETNAM)
