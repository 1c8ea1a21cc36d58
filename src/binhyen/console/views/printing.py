"""The print room (O10): choose papers and places, look, order; watch, stop and take up long runs; the unit's mark."""

import base64
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.texts import error_text
from binhyen.console.texts_printing import BATCH_STATES, FAILURES, INSTITUTION_NAMES, LANGUAGE_NAMES, PAPER_NAMES
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.printing import actions, queries
from binhyen.printing.actions import Request
from binhyen.printing.models import BatchState, Bundle, PrintBatch, UnitMark
from binhyen.printing.papers import Paper, SecondLanguage, Wording
from binhyen.printing.queries import PRINT_ROLES
from binhyen.printing.rules import MARK_LIMIT_BYTES, WITHOUT_TARGET
from binhyen.procedures.effective import catalogue_of
from binhyen.units import queries as unit_queries
from binhyen.units.models import Area, Unit
from binhyen.vault import files
from binhyen.workflows import print_room

_FIELDS = ("title", "body", "second_title", "second_body", "label")


@officer_required
def print_room_page(request: ConsoleRequest) -> HttpResponse:
    """The order form of one unit with a preview, and its latest runs."""
    unit = _unit(request)
    context: dict[str, Any] = {"typed": request.POST if request.method == "POST" else {"copies": "1"}}
    if request.method == "POST" and request.POST.get("act") != "start":
        try:
            chosen = _chosen(request)
            areas, procedures = _places(request, unit)
            if request.POST.get("act") == "order":
                _check_places(request, chosen, areas, procedures)
                batch = print_room.order(
                    request.officer_scope, unit, chosen, areas, procedures, request.POST.get("institution", "")
                )
                messages.success(request, _("Print run %(number)s is ordered.") % {"number": batch.number})
                return redirect("console:print-batch", batch.public_id)
            context["preview"] = _preview(request, unit, chosen, areas, procedures)
        except NotPossible as error:
            context["error"] = error_text(error)
    context |= _choices(request, unit)
    return render(request, "console/printing/room.html", context, status=422 if "error" in context else 200)


def _unit(request: ConsoleRequest) -> Unit:
    asked = request.POST.get("unit") or request.GET.get("unit", "")
    if asked:
        return unit_queries.access_unit(request.officer_scope, asked, PRINT_ROLES)
    units = unit_queries.units_for(request.officer_scope, PRINT_ROLES)
    if not units:
        raise NotAllowed
    return units[0]


def _chosen(request: ConsoleRequest) -> Request:
    """Raises NotPossible: print_paper, print_copies, import_date."""
    post = request.POST
    if post.get("paper") not in set(Paper):
        raise NotPossible("print_paper")
    typed = post.get("copies", "1").strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 5):
        raise NotPossible("print_copies", most=200)
    second = post.get("second", "")
    wording = Wording(
        **{name: post.get(name, "") for name in _FIELDS},
        second=SecondLanguage(second) if second in set(SecondLanguage) else SecondLanguage.NONE,
    )
    bundle = Bundle.ZIP if post.get("bundle") == Bundle.ZIP else Bundle.PDF
    return Request(Paper(post["paper"]), wording, int(typed), _day(post.get("expires_on", "")), bundle)


def _day(typed: str) -> date | None:
    """A typed day, None when nothing was typed. Raises NotPossible("import_date")."""
    from django.forms import DateField, ValidationError

    if not typed.strip():
        return None
    try:
        return DateField(localize=True).to_python(typed.strip())
    except ValidationError:
        raise NotPossible("import_date", typed=typed.strip()[:20]) from None


def _places(request: ConsoleRequest, unit: Unit) -> tuple[list[Area], list[str]]:
    asked = request.POST.getlist("area")
    areas = Area.objects.filter(unit=unit).order_by("sort_key")
    chosen = areas if "all_areas" in request.POST else areas.filter(public_id__in=asked)
    return list(chosen), [key for key in request.POST.getlist("procedure") if key]


def _check_places(request: ConsoleRequest, chosen: Request, areas: list[Area], procedures: list[str]) -> None:
    """Raises NotPossible("print_no_places") when a paper for hamlets has none and nobody said "the whole unit"."""
    if not areas and not procedures and "whole" not in request.POST and chosen.paper not in WITHOUT_TARGET:
        raise NotPossible("print_no_places")


def _preview(request: ConsoleRequest, unit: Unit, chosen: Request, areas: list[Area], procedures: list[str]) -> str:
    try:
        png = print_room.preview(
            request.officer_scope, unit, chosen, areas[0] if areas else None, procedures[0] if procedures else "",
            request.POST.get("institution", ""),
        )  # fmt: skip
    except RuntimeError:
        raise NotPossible("print_letters") from None
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _choices(request: ConsoleRequest, unit: Unit) -> dict[str, Any]:
    chosen_areas, chosen_procedures = request.POST.getlist("area"), request.POST.getlist("procedure")
    catalogue = catalogue_of(unit.pk)
    return {
        "unit": unit,
        "units": unit_queries.units_for(request.officer_scope, PRINT_ROLES),
        "papers": [(paper.value, name) for paper, name in PAPER_NAMES.items()],
        "institutions": list(INSTITUTION_NAMES.items()),
        "languages": [(language.value, name) for language, name in LANGUAGE_NAMES.items()],
        "areas": [
            (area, area.public_id in chosen_areas) for area in Area.objects.filter(unit=unit).order_by("sort_key")
        ],
        "procedures": [(each.id, each.title, each.id in chosen_procedures) for each in catalogue.procedures],
        "batches": [(batch, *_named(batch)) for batch in queries.batches_for(request.officer_scope, unit)],
        "mark": UnitMark.objects.filter(unit=unit).first(),
    }


def _named(batch: PrintBatch) -> tuple[object, object]:
    return PAPER_NAMES.get(Paper(batch.paper), batch.paper), BATCH_STATES[batch.state]


@officer_required
def print_batch(request: ConsoleRequest, batch_id: str) -> HttpResponse:
    """One run: how far it is, stop, go on, download; the same address gives the progress alone to htmx."""
    batch = queries.access_batch(request.officer_scope, batch_id)
    if request.method == "POST":
        match request.POST.get("act"):
            case "stop":
                actions.stop_batch(request.officer_scope, batch)
            case "resume":
                actions.resume_batch(request.officer_scope, batch)
            case _:
                raise NotAllowed
        return redirect("console:print-batch", batch.public_id)
    paper, state = _named(batch)
    context = {
        "batch": batch,
        "paper": paper,
        "state": state,
        "failure": FAILURES.get(batch.failure, ""),
        "is_going": batch.state in (BatchState.WAITING, BatchState.RUNNING),
        "may_resume": batch.state in (BatchState.STOPPED, BatchState.FAILED),
    }
    template = "console/printing/progress.html" if request.htmx else "console/printing/batch.html"
    answer = render(request, template, context)
    answer["Vary"] = "HX-Request"
    return answer


@require_safe
@officer_required
def print_file(request: ConsoleRequest, batch_id: str) -> HttpResponse:
    """The made papers: one PDF or a ZIP."""
    batch = queries.access_batch(request.officer_scope, batch_id)
    if batch.file is None:
        raise NotAllowed
    ending = "zip" if batch.bundle == Bundle.ZIP else "pdf"
    answer = HttpResponse(files.open(batch.file), content_type=batch.file.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{batch.number}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@officer_required
def unit_mark(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Keep or drop the unit's own mark."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, PRINT_ROLES)
    try:
        if request.POST.get("act") == "drop":
            actions.drop_mark(request.officer_scope, unit)
        else:
            stated = "may_be_used" in request.POST
            actions.keep_mark(request.officer_scope, unit, _sent_mark(request), may_be_used=stated)
        messages.success(request, _("Saved."))
    except NotPossible as error:
        messages.error(request, error_text(error))
    answer = redirect("console:print-room")
    answer["Location"] += f"?unit={unit.public_id}"
    return answer


def _sent_mark(request: ConsoleRequest) -> bytes:
    """The picture sent along. Raises NotPossible("mark_missing")."""
    file = request.FILES.get("mark")
    if file is None or not file.size:
        raise NotPossible("mark_missing")
    content: bytes = file.read(MARK_LIMIT_BYTES + 1)
    return content
