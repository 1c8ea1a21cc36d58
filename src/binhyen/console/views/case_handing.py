"""A case goes to another unit or body: the package is looked at first, and holds nothing of the reporter (G8)."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from binhyen.audit import actions as audit
from binhyen.cases import handing_over, queries, watching
from binhyen.cases.models import Case
from binhyen.cases.reports import key_of, report_in
from binhyen.console import case_words
from binhyen.console.access import ConsoleRequest, fresh_second_factor_required, officer_required
from binhyen.console.texts import error_text
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.units.models import Unit
from binhyen.vault.media_types import PDF
from binhyen.workflows.case_papers import PAPERS, package_zip, paper_docx, paper_pdf

MOST_UNITS = 200
"""Units offered for a transfer."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@officer_required
def transfer(request: ConsoleRequest, case_id: str) -> HttpResponse:
    """Preview of what would leave, and sending it."""
    case = queries.access_case(request.officer_scope, case_id)
    report = report_in(case, key_of(case))
    text = request.POST.get("text", "") if request.method == "POST" else handing_over.proposed_text(report)
    error = ""
    if request.method == "POST":
        try:
            return _send(request, case, text)
        except NotPossible as refused:
            error = error_text(refused)
    context = {
        "case": case,
        "unit": case.unit,
        "report": report,
        "text": text,
        "findings": handing_over.findings(text),
        "files": handing_over.files_to_offer(case),
        "units": _units_to_offer(case.unit),
        "typed": request.POST,
        "chosen": request.POST.getlist("file"),
        "error": error,
    }
    watching.note_read(request.officer_scope, case, report)
    return render(request, "console/cases/transfer.html", context, status=422 if error else 200)


def _units_to_offer(unit: Unit) -> list[Unit]:
    """Those around the unit first, so that a neighbour is among them in a nation of thousands."""
    near = Q(pk=unit.parent_id) | Q(parent=unit.parent_id) | Q(parent=unit)
    others = Unit.objects.exclude(pk=unit.pk).order_by("name")
    return [*others.filter(near)[:MOST_UNITS], *others.exclude(near)[:MOST_UNITS]][:MOST_UNITS]


def _send(request: ConsoleRequest, case: Case, text: str) -> HttpResponse:
    chosen = handing_over.check_package(case, text, request.POST.getlist("file"), request.POST.get("compared") == "yes")
    if unit_id := request.POST.get("unit", ""):
        unit = Unit.objects.filter(public_id=unit_id).first()
        if unit is None:
            raise NotAllowed
        handing_over.transfer_to_unit(request.officer_scope, case, unit, text, chosen)
        messages.success(request, _("Transferred. The reporter's code leads on to it."))
    else:
        body = request.POST.get("body", "")
        package = package_zip(case, text, body, chosen)
        handing_over.transfer_to_body(request.officer_scope, case, body, package)
        messages.success(request, _("The package is ready below: check the slip, sign it, hand it over."))
    return redirect("console:case", case.public_id)


@officer_required
def paper(request: ConsoleRequest, case_id: str, paper: str) -> HttpResponse:
    """A draft to check and sign."""
    case = queries.access_case(request.officer_scope, case_id)
    if paper not in PAPERS:
        raise NotAllowed
    is_pdf = request.GET.get("form") == "pdf"
    facts = {"paper": paper}
    audit.record(case.unit_id, "case.paper", actor_key=request.user.pk, subject=case.public_id, facts=facts)
    name = f"{case_words.PAPER_NAMES[paper]}-{case.number}"
    if is_pdf:
        return _download(paper_pdf(case, paper), PDF, f"{name}.pdf")
    return _download(paper_docx(case, paper), DOCX, f"{name}.docx")


@fresh_second_factor_required
def package(request: ConsoleRequest, case_id: str, package_id: str) -> HttpResponse:
    """The archive of a transfer; it leaves the building, so the second factor is asked anew (G38)."""
    case = queries.access_case(request.officer_scope, case_id)
    row = case.packages.select_related("case").filter(public_id=package_id).first()
    if row is None:
        raise NotAllowed
    audit.record(case.unit_id, "case.package_taken", actor_key=request.user.pk, subject=case.public_id)
    return _download(handing_over.package_content(row), "application/zip", f"chuyen-{case.number}.zip")


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
