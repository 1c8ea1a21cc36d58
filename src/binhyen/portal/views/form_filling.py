"""Filling a form in on the telephone: all questions in one document, one shown at a time, nothing kept anywhere.

Every question has its own fragment (#c3) and so has the look over all of them (#xem-lai), so that the browser's back
button goes one step back without asking the server. What was typed stays in the form's own fields on the person's
screen; the server sees it once, checks it and answers with the file from memory.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from binhyen.core.counting import count
from binhyen.core.text import clean
from binhyen.portal.limits import limiter, sender_of
from binhyen.portal.pages import of_unit, page
from binhyen.portal.units_here import UnitHere
from binhyen.portal.views.form_files import IN_ALL, PER_SENDER, procedure_page
from binhyen.procedures.catalogue import FormTemplate
from binhyen.procedures.printing.layout import file_name
from binhyen.procedures.printing.questions import FormQuestion, questions_of, typed_values, wrong_answers
from binhyen.procedures.queries import catalogue

_PROBLEMS: dict[str, Promise] = {
    "too_long": _("Too long, please write less."),
    "unprintable": _("This has a sign that cannot be printed, for example an emoji. Take it out."),
    "bad_date": _("Write the day like 28/11/2026."),
    "bad_id": _("The number has 12 digits."),
    "bad_phone": _("Write the number like 0912 345 678."),
    "bad_email": _("Write it like ten@example.vn."),
    "bad_number": _("Write a number."),
    "not_an_option": _("Choose one of the answers."),
}
_OTHERWISE = _("This cannot be printed, please write it in another way.")
_HINTS: dict[str, Promise] = {
    "date": _("Like 28/11/2026"),
    "id12": _("12 digits"),
    "phone": _("Like 0912 345 678"),
    "email": _("Like ten@example.vn"),
    "datetime": _("Like 08:30 28/11/2026"),
}
_PATTERNS = {
    "date": r"\s*\d{1,2}[\/.\-]\d{1,2}[\/.\-]\d{4}\s*|\d{4}-\d{2}-\d{2}",
    "id12": r"\s*(\d\s*){12}",
    "phone": r"\s*\+?[\d .\(\)\-]{8,20}\s*",
    "email": r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*",
    "number": r"\s*-?\d{1,12}([.,]\d{1,4})?\s*",
}
"""Only to say at once what the server checks again; old browsers without them lose nothing."""
_KEYBOARDS = {"id12": "numeric", "phone": "tel", "email": "email", "number": "decimal", "date": "numeric"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was typed so far."""

    question: FormQuestion
    value: str
    rows: list[list[tuple[str, str, str]]]
    """Input name, heading and text of parts and tables."""
    problem: str
    before: int
    after: int
    """Numbers of the neighbours, 0 for none."""

    @property
    def hint(self) -> str:
        """How to write it."""
        return str(_HINTS.get(self.question.field.type, ""))

    @property
    def pattern(self) -> str:
        """What a browser may check while typing."""
        return _PATTERNS.get(self.question.field.type, "")

    @property
    def keyboard(self) -> str:
        """Keyboard the telephone shows."""
        return _KEYBOARDS.get(self.question.field.type, "text")

    @property
    def live_problem(self) -> str:
        """What is said while the text does not fit the pattern."""
        code = {"date": "bad_date", "id12": "bad_id", "phone": "bad_phone", "email": "bad_email"}
        return str(_PROBLEMS[code.get(self.question.field.type, "bad_number")]) if self.pattern else ""


@csrf_exempt  # no session to misuse, and nothing is changed
@require_http_methods(["GET", "HEAD", "POST"])
@of_unit
def fill(request: HttpRequest, unit: UnitHere, code: str) -> HttpResponse:
    """GET: the questions. POST: the PDF at once, or the same page with what has to be corrected."""
    form = catalogue().form(code)
    if form is None or form.kind != "applicant" or not form.fields:
        raise Http404
    questions = questions_of(form)
    if request.method != "POST":
        return _shown(request, unit, form, _asked(request, questions, {}))
    values = typed_values(questions, _typed(request))
    wrong = wrong_answers(form, values)
    if wrong:
        return _shown(request, unit, form, _asked(request, questions, wrong))
    if not (limiter.take(PER_SENDER, sender_of(request)) and limiter.take(IN_ALL, "")):
        count("portal.refused.form_file")
        response = _shown(request, unit, form, _asked(request, questions, {}), 429)
        response.headers["Retry-After"] = "60"
        return response
    return _printed(unit, form, values)


def _printed(unit: UnitHere, form: FormTemplate, values: dict[str, object]) -> HttpResponse:
    """The file, made in memory; the name tells which form it is and nothing of the answers."""
    from binhyen.procedures.printing.forms_pdf import form_pdf

    response = HttpResponse(form_pdf(form, values, procedure_page(form, unit)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(form)}-da-dien.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _shown(request: HttpRequest, unit: UnitHere, form: FormTemplate, asked: list[Asked], busy: int = 0) -> HttpResponse:
    wrong = [one for one in asked if one.problem]
    context = {
        "form": form,
        "asked": asked,
        "is_sent": request.method == "POST",
        "wrong": wrong,
        "is_busy": bool(busy),
    }
    response = page(request, "fill", unit, context, busy or (422 if wrong else 200))
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _typed(request: HttpRequest) -> Callable[[str], str]:
    """The text of an input, without invisible characters (G52)."""
    return lambda name: clean(request.POST.get(name, ""))


def _asked(request: HttpRequest, questions: tuple[FormQuestion, ...], wrong: dict[str, str]) -> list[Asked]:
    return [_one(request, question, wrong, len(questions)) for question in questions]


def _one(request: HttpRequest, question: FormQuestion, wrong: dict[str, str], total: int) -> Asked:
    typed = _typed(request)
    cells = question.cells if question.kind in ("parts", "table") else []
    rows = [[(name, heading, typed(name)) for name, heading in row] for row in cells]
    code = wrong.get(question.name, "")
    return Asked(
        question=question,
        value=typed(question.name),
        rows=rows,
        problem=str(_PROBLEMS.get(code, _OTHERWISE)) if code else "",
        before=question.number - 1,
        after=question.number + 1 if question.number < total else 0,
    )
