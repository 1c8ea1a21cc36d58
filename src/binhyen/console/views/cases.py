"""The list of cases, one case, and its files (O4)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import ngettext

from binhyen.audit import actions as audit
from binhyen.audit.models import AuditRow
from binhyen.cases import actions, files_of_case, holding, queries
from binhyen.cases.clocks import explained, is_paused
from binhyen.cases.conflicts import CASE_ROLES, SUPERIOR_ROLES, working_unit
from binhyen.cases.incidents.queries import suggestions_for, together_with
from binhyen.cases.models import Case, CaseKind
from binhyen.cases.states import STEPS, acts_in
from binhyen.console import case_words
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.texts import ATTACHMENT_REASONS, error_text
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import whole_number
from binhyen.units import queries as unit_queries
from binhyen.units.models import Officer
from binhyen.vault.media_types import ENDINGS
from binhyen.workflows.case_papers import PAPERS

_SHOWABLE = frozenset({"image/jpeg", "image/png", "image/webp"})


@officer_required
def case_list(request: ConsoleRequest) -> HttpResponse:
    """A page of the list; a search is sent by POST, so that its words stand in no address."""
    scope = request.officer_scope
    if not scope.units_with(CASE_ROLES):
        raise NotAllowed
    view = request.GET.get("view", "open")
    page = whole_number(request.GET.get("page", "0"), 0, 10_000)
    words, left_out = request.POST.get("words", "")[:100], False
    if request.method == "POST":
        rows, left_out = queries.search(scope, words)
    else:
        rows = queries.list_cases(scope, view, page)
    context = {
        "rows": [_row(row) for row in rows[: queries.PAGE_SIZE]],
        "views": case_words.CASE_VIEW_NAMES.items(),
        "view": view,
        "words": words,
        "searched": request.method == "POST",
        "left_out": left_out,
        "searched_most": queries.SEARCHED_MOST,
        "next_page": page + 1 if len(rows) > queries.PAGE_SIZE else 0,
        "previous_page": page - 1,
    }
    return render(request, "console/cases/list.html", context)


def _row(row: queries.CaseRow) -> dict[str, Any]:
    now = clock.now()
    due = row.clock
    paused = due is not None and is_paused(due, row.case.waits_for_reporter_since)
    return {
        "case": row.case,
        "kind": case_words.CASE_KIND_NAMES[row.case.kind],
        "state": case_words.CASE_STATE_NAMES[row.case.state],
        "tone": case_words.CASE_STATE_TONES.get(row.case.state, "brand"),
        "clock": due,
        "clock_name": case_words.CLOCK_NAMES.get(due.rule_id, due.rule_id) if due else "",
        "clock_tone": "" if due is None or paused else "danger" if due.due_at < now else "warn",
        "is_paused": paused,
        "has_news": row.has_news,
    }


@officer_required
def case(request: ConsoleRequest, case_id: str) -> HttpResponse:
    """One case; opening it for the first time is its first look."""
    found = queries.access_case(request.officer_scope, case_id)
    if request.method == "GET":
        found = actions.see(request.officer_scope, found)
    return show_case(request, found)


def show_case(
    request: ConsoleRequest, found: Case, error: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    """The page of a case, with what went wrong and what was typed."""
    scope = request.officer_scope
    opened = queries.read_case(scope, found)
    may_judge = actions.may_judge(scope, found)
    acts = acts_in(found.state) & set(case_words.ACT_NAMES) if may_judge else frozenset()
    colleagues = [one for one in colleagues_at(request, found) if one.pk not in opened.set_aside_ids]
    context = {
        "case": found,
        "unit": found.unit,
        "opened": opened,
        "kind": case_words.CASE_KIND_NAMES[found.kind],
        "state": case_words.CASE_STATE_NAMES[found.state],
        "tone": case_words.CASE_STATE_TONES.get(found.state, "brand"),
        "channel": case_words.CHANNEL_NAMES[found.channel],
        "topic": case_words.TOPIC_NAMES.get(opened.report.topic, ""),
        "clocks": [_clock(row, found) for row in opened.clocks],
        "lines": [_line(line) for line in opened.lines],
        "files": [(file, case_words.FILE_STATE_NAMES[file.state]) for file in opened.files],
        "acts": [(step.act, case_words.ACT_NAMES[step.act], step.needs_text) for step in STEPS if step.act in acts],
        "may_transfer": may_judge and "transfer" in acts_in(found.state),
        "colleagues": colleagues,
        "kinds": [(kind, case_words.CASE_KIND_NAMES[kind]) for kind in CaseKind.values],
        "papers": [(name, case_words.PAPER_NAMES[name]) for name in PAPERS],
        "whole": queries.whole_of(scope, found),
        "parts": [(part, case_words.CASE_STATE_NAMES[part.state]) for part in opened.parts],
        "packages": found.packages.order_by("-id"),
        "readers": _readers(found),
        "suggested": suggestions_for(scope, found),
        "together": together_with(scope, found),
        "held": (held := holding.hold_of(found)),
        "held_ground": case_words.HOLD_GROUNDS.get(held.hold.ground, "") if held else "",
        "hold_grounds": case_words.HOLD_GROUNDS.items(),
        "error": error,
        "typed": typed,
    }
    return render(request, "console/cases/case.html", context, status=status)


def colleagues_at(request: ConsoleRequest, found: Case) -> list[Officer]:
    """Officers of the unit that works the case who may be put in charge or set aside."""
    roles = SUPERIOR_ROLES if found.goes_up else CASE_ROLES
    unit_id = working_unit(found)
    return unit_queries.colleagues_for(request.officer_scope, unit_id, roles) if unit_id is not None else []


def _clock(row: Any, case: Case) -> dict[str, Any]:
    now = clock.now()
    is_running = row.met_at is None and row.stopped_at is None
    paused = is_running and is_paused(row, case.waits_for_reporter_since)
    is_at_once = row.first_due_at == row.starts_at  # no length that could be kept: late until it is done
    late = (row.met_at or row.stopped_at or now) > row.due_at and not paused and (is_running or not is_at_once)
    return {
        "row": row,
        "name": case_words.CLOCK_NAMES.get(row.rule_id, row.rule_id),
        "is_running": is_running,
        "is_paused": paused,
        "is_late": late and not row.is_information,
        "why": explained(row, case),
        "may_move": is_running and not row.is_law and not late,
        "may_call": is_running and row.rule_id == "crime.urgent_call",
    }


def _line(line: queries.Line) -> dict[str, Any]:
    event = line.event
    words = str(case_words.EVENT_NAMES.get(event.kind, event.kind))
    if event.kind == "state":
        words = str(case_words.CASE_STATE_NAMES.get(event.state, event.state))
    elif event.kind == "conflict":
        words = f"{words}: {case_words.CONFLICT_REASONS.get(str(event.facts.get('reason')), '')}"
    elif event.kind == "left_out":
        words = _left_out(int(event.facts["files"]), str(event.facts["why"]))
    elif event.kind == "incident":
        words = case_words.INCIDENT_ACTS.get(str(event.facts.get("act")), words) % event.facts
    return {"event": event, "words": words, "text": line.text, "is_note": event.kind == "note"}


def _left_out(files: int, code: str) -> str:
    why = ATTACHMENT_REASONS.get(code, code)
    words = ngettext("%(files)d file did not come along: %(why)s", "%(files)d files did not come along: %(why)s", files)
    return words % {"files": files, "why": why}


def _readers(found: Case) -> dict[str, int]:
    rows = AuditRow.objects.filter(unit_key=found.unit_id, action="case.read", subject=found.public_id)
    actors = list(rows.values_list("actor_key", flat=True))
    return {"people": len(set(actors)), "times": len(actors)}


@officer_required
def case_file(request: ConsoleRequest, case_file_id: str) -> HttpResponse:
    """The clean copy of a file as a download in a sandbox; the row of the audit chain comes first (G10, G16, G50)."""
    file = queries.access_file(request.officer_scope, case_file_id)
    assert file.case is not None  # noqa: S101 - files of drafts are not found
    audit.record(file.case.unit_id, "case.file_read", actor_key=request.user.pk, subject=file.case.public_id)
    try:
        content = files_of_case.shown_content(file)
    except NotPossible as refused:
        return show_case(request, file.case, error_text(refused), status=409)
    content_type = file.shown.content_type if file.shown else ""
    response = HttpResponse(
        content, content_type=content_type if content_type in _SHOWABLE else "application/octet-stream"
    )
    number = file.case.files.filter(pk__lte=file.pk).count()
    name = f"vu-{file.case.number}-tep-{number}{ENDINGS.get(content_type, '')}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
