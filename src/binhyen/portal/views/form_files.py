"""Empty forms as files to print or to edit; filled ones are never kept, so there is none here."""

import functools
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from binhyen.core.configuration import configuration
from binhyen.core.counting import count
from binhyen.portal.flood import MINUTE
from binhyen.portal.limits import Limit, limiter, sender_of
from binhyen.portal.pages import of_unit, page
from binhyen.portal.units_here import UnitHere
from binhyen.procedures.catalogue import FormTemplate
from binhyen.procedures.effective import catalogue_of
from binhyen.procedures.printing.layout import file_name
from binhyen.procedures.queries import catalogue

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
KEPT_FILES = 64
"""Made files this process keeps, about 3 MB."""
PER_SENDER = Limit("form_file", 60, MINUTE)
"""Files of one network address; a village behind one address stays below it."""
IN_ALL = Limit("form_files", 300, MINUTE)
"""Files of this process: a new one costs about 0.1 s."""


@dataclass(frozen=True, slots=True)
class Download:
    """A link to a file of a form."""

    kind: str
    address: str
    size_kb: int
    """Thousand bytes, rounded; units differ by some bytes."""


@require_safe
@of_unit
def form_file(request: HttpRequest, unit: UnitHere, code: str, name: str, kind: str) -> HttpResponse:
    """The empty form as PDF or DOCX, named after the form."""
    form = catalogue().form(code)
    if form is None or not form.fields or name != file_name(form):
        raise Http404
    if not (limiter.take(PER_SENDER, sender_of(request)) and limiter.take(IN_ALL, "")):
        count("portal.refused.form_file")
        return _later(request, unit)
    response = HttpResponse(_file(form.code, kind, procedure_page(form, unit)), content_type=MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    count("portal.form_file", unit_key=unit.id)
    return response


def downloads_of(form: FormTemplate, unit: UnitHere) -> list[Download]:
    """Links to the files of a form; none where its entries are not known."""
    if not form.fields:
        return []
    return [
        Download(
            kind,
            reverse(f"portal:form_{kind}", args=(unit.slug, form.code, file_name(form))),
            round(_size_bytes(form.code, kind) / 1000),
        )
        for kind in MEDIA_TYPES
    ]


def _later(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    response = page(request, "form_file_later", unit, status=429)
    response.headers["Retry-After"] = "60"
    return response


def procedure_page(form: FormTemplate, unit: UnitHere) -> str:
    """Address of the first procedure that uses the form, for its QR code."""
    offered = catalogue_of(unit.id)
    found = next((name for name in form.used_by if offered.procedure(name)), "")
    path = reverse("portal:procedure", args=(unit.slug, found)) if found else reverse("portal:forms", args=(unit.slug,))
    return f"{configuration().public_url}{path}"


@functools.lru_cache(maxsize=KEPT_FILES)
def _file(code: str, kind: str, address: str) -> bytes:
    form = catalogue().form(code)
    if form is None:
        raise Http404
    if kind == "pdf":
        from binhyen.procedures.printing.forms_pdf import form_pdf

        return form_pdf(form, {}, address)
    from binhyen.procedures.printing.forms_docx import form_docx

    return form_docx(form, {}, address)


@functools.cache
def _size_bytes(code: str, kind: str) -> int:
    return len(_file(code, kind, configuration().public_url))
