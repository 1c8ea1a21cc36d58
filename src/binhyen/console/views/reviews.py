"""Reviews of a period (issue of figures, part B): list, page, texts, tasks, closing, and the papers."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.dates import day_in
from binhyen.console.texts import error_text
from binhyen.console.texts_reviews import PART_HINTS, PART_TITLES
from binhyen.console.unit_choice import unit_choice
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import whole_number
from binhyen.reviews import actions, queries, rules
from binhyen.reviews.figures import figures_for, span_of_review
from binhyen.reviews.models import Review
from binhyen.reviews.queries import READ_ROLES, WRITE_ROLES
from binhyen.reviews.report import report_of, state_of
from binhyen.reviews.report_docx import report_docx
from binhyen.reviews.report_pdf import report_pdf
from binhyen.reviews.sheets import review_xlsx
from binhyen.statistics.periods import Grain, Span, code_of, period_around, span_of
from binhyen.statistics.time_chart import Column, column_chart
from binhyen.units import queries as unit_queries

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@officer_required
def reviews(request: ConsoleRequest) -> HttpResponse:
    """The reviews of one unit, and a new one for leaders."""
    scope = request.officer_scope
    asked = request.POST.get("unit") or request.GET.get("unit", "")
    unit = (
        unit_queries.access_unit(scope, asked, READ_ROLES) if asked else unit_queries.home_unit_for(scope, READ_ROLES)
    )
    if unit is None:
        raise NotAllowed
    error = ""
    if request.method == "POST":
        try:
            review = actions.start_review(scope, unit, _span_in(request))
            return redirect("console:review", review.public_id)
        except NotPossible as refused:
            error = error_text(refused)
    found = queries.reviews_for(scope, unit)
    context = {
        "unit": unit,
        **unit_choice(request, READ_ROLES),
        "reviews": [(each, rules.title_of(span_of_review(each))) for each in found],
        "may_write": scope.holds(unit.pk, WRITE_ROLES),
        "periods": _periods(),
        "typed": request.POST,
        "error": error,
    }
    return render(request, "console/reviews/reviews.html", context, status=422 if error else 200)


def _periods() -> list[tuple[str, str]]:
    """The last and this week, month, quarter, half-year and year."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    weeks = [Span(monday - timedelta(days=7), monday), Span(monday, monday + timedelta(days=7))]
    spans = list(weeks)
    for grain in Grain:
        here = period_around(today, grain).span
        spans += [here.before(), here]
    return [(code_of(span), rules.title_of(span)) for span in spans]


def _span_in(request: ConsoleRequest) -> Span:
    post = request.POST
    first, last = day_in(post.get("from", "")), day_in(post.get("to", ""))
    if first or last:
        return span_of(f"{first}..{last}")
    return span_of(post.get("period", ""))


@officer_required
def review(request: ConsoleRequest, review_id: str) -> HttpResponse:
    """One review as it would be printed, with its tasks."""
    found = queries.access_review(request.officer_scope, review_id)
    error = ""
    if request.method == "POST":
        try:
            return _act(request, found)
        except NotPossible as refused:
            error = error_text(refused)
            found = queries.access_review(request.officer_scope, review_id)
    return render(request, "console/reviews/review.html", _page(request, found, error), status=422 if error else 200)


def _act(request: ConsoleRequest, found: Review) -> HttpResponse:
    scope, post = request.officer_scope, request.POST
    match post.get("act", ""):
        case "close":
            actions.close_review(scope, found, bool(post.get("looked")))
            messages.success(request, _("Closed. The figures stay as they are now."))
        case "again":
            actions.write_again(scope, found)
            messages.success(request, _("Written again from the figures. The version before is kept."))
        case "task":
            entry = actions.TaskEntry(post.get("what", ""), post.get("owner", ""), day_in(post.get("due_on", "")))
            actions.hand_out(scope, found, entry)
        case "done" | "open" as act:
            task = queries.access_task(scope, found, post.get("task", ""))
            actions.mark_task(scope, task, act == "done", post.get("note", ""))
        case "remove":
            actions.take_back(scope, queries.access_task(scope, found, post.get("task", "")))
        case _:
            raise NotAllowed
    return redirect("console:review", found.public_id)


def _page(request: ConsoleRequest, found: Review, error: str) -> dict[str, Any]:
    scope = request.officer_scope
    figures = figures_for(scope, found)
    back, new = queries.tasks_back(found), queries.tasks_of(found)
    report = report_of(found, figures, back, new)
    return {
        "unit": found.unit,
        "review": found,
        "title": rules.title_of(span_of_review(found)),
        "report": report,
        "charts": [
            (chart.title, column_chart(chart.title, chart.finding, [Column(*one) for one in _columns(chart)]))
            for chart in figures.charts
        ],
        "back": [(task, state_of(task)) for task in back],
        "new": [(task, state_of(task)) for task in new],
        "names": rules.recognisable(found.texts),
        "part_titles": PART_TITLES,
        "may_write": scope.holds(found.unit_id, WRITE_ROLES),
        "is_over": clock.today() > found.ends_on,
        "versions": queries.versions_of(found),
        "typed": request.POST,
        "error": error,
    }


def _columns(chart: Any) -> list[tuple[str, int | None]]:
    return list(zip(chart.labels, chart.values, strict=True))


@officer_required
def review_texts(request: ConsoleRequest, review_id: str) -> HttpResponse:
    """Every text of the review in one form; what was typed stays when somebody else saved meanwhile."""
    scope = request.officer_scope
    found = queries.access_review(scope, review_id)
    scope.check(found.unit_id, WRITE_ROLES)
    error, texts, seen = "", found.texts, found.version
    if request.method == "POST":
        texts = {part: request.POST.get(part, "") for part in rules.PARTS}
        try:
            actions.change_texts(scope, found, texts, whole_number(request.POST.get("version", "")))
            messages.success(request, _("Saved. Every earlier version is kept."))
            return redirect("console:review", found.public_id)
        except NotPossible as refused:
            error = _with_part(refused)
    parts = [
        (part, PART_TITLES[part], PART_HINTS.get(part, ""), texts.get(part, ""), part in rules.LINES, found.texts[part])
        for part in rules.PARTS
    ]
    context = {"unit": found.unit, "review": found, "parts": parts, "seen": seen, "error": error}
    context["title"] = rules.title_of(span_of_review(found))
    return render(request, "console/reviews/texts.html", context, status=422 if error else 200)


def _with_part(refused: NotPossible) -> str:
    """The part by its title instead of its code."""
    facts = refused.facts
    if "part" in facts:
        facts = facts | {"part": str(PART_TITLES[str(facts["part"])])}
    return error_text(NotPossible(refused.code, **facts))


@require_safe
@officer_required
def review_version(request: ConsoleRequest, review_id: str, version: str) -> HttpResponse:
    """The texts as they stood once."""
    found = queries.access_review(request.officer_scope, review_id)
    kept = found.versions.filter(version=whole_number(version, -1)).select_related("officer").first()
    if kept is None:
        raise NotAllowed
    parts = [(PART_TITLES[part], kept.texts[part]) for part in rules.PARTS if kept.texts.get(part)]
    context = {"unit": found.unit, "review": found, "kept": kept, "parts": parts}
    context["title"] = rules.title_of(span_of_review(found))
    return render(request, "console/reviews/version.html", context)


@require_POST
@officer_required
def review_file(request: ConsoleRequest, review_id: str, form: str) -> HttpResponse:
    """The paper as DOCX, PDF or XLSX, with a row in the record of who did what."""
    scope = request.officer_scope
    found = queries.access_review(scope, review_id)
    if form not in TYPES:
        raise NotAllowed
    figures = figures_for(scope, found)
    back, new = queries.tasks_back(found), queries.tasks_of(found)
    if form == "xlsx":
        title = rules.title_of(span_of_review(found))
        content = review_xlsx(found, title, figures, [*back, *new], request.user)
    else:
        report = report_of(found, figures, back, new)
        content = report_pdf(report) if form == "pdf" else report_docx(report)
    actions.note_export(scope, found, form)
    response = HttpResponse(content, content_type=TYPES[form])
    name = f"bao-cao-{code_of(span_of_review(found))}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
