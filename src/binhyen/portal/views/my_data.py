"""My data (R12): one page by receipt to see, copy, correct, withdraw and erase (G64)."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from binhyen.cases.following import add as add_to_case
from binhyen.cases.models import Case
from binhyen.core import clock
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.core.text import clean
from binhyen.language.publication import has_secret_heading
from binhyen.portal import flood, tickets
from binhyen.portal.file_words import secret_text
from binhyen.portal.pages import of_unit, page, private
from binhyen.portal.receipt_entry import LONGEST_ENTRY, groups_of
from binhyen.portal.report_steps import trouble
from binhyen.portal.understanding import sounds_dangerous
from binhyen.portal.units_here import UnitHere, unit_at
from binhyen.workflows import rights
from binhyen.workflows.asking import QUESTION_LIMIT, add_to_thread, behind_code


@csrf_exempt  # no session to misuse; the code itself is the right
@require_http_methods(["GET", "HEAD", "POST"])
@private
@of_unit
def my_data(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """The box for the code, then everything held behind it and what may be done about it."""
    if request.method != "POST":
        return page(request, "my_data", unit)
    code = tickets.opened_code(request.POST.get("thread", ""))
    if not code:
        return _open(request, unit)
    act = _ACTS.get(request.POST.get("act", ""))
    try:
        return act(request, unit, code) if act else _shown(request, unit, code)
    except NotPossible:
        return _refused(request, unit, "", _("Nothing is held behind this code any more."))
    except (OperationalError, TryAgain):
        return _shown(request, unit, code, error=trouble(unit), status=503)


def _open(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    entry = clean(request.POST.get("code", ""))[:LONGEST_ENTRY]
    if not entry:
        return _refused(request, unit, entry, _("Type the code of 18 digits."))
    if not flood.may_try_code(request):
        return _refused(request, unit, entry, _("Too many wrong codes. Wait one minute, then try again."), 429)
    code = "".join(groups_of(entry))
    try:
        found = rights.my_data(code)
    except NotPossible:
        found = None
    if found is None:
        flood.note_wrong_code(request)
        return _refused(request, unit, entry, _("Nothing was found for this code. Compare all groups with your note."))
    return _shown(request, unit, code)


def _shown(
    request: HttpRequest,
    unit: UnitHere,
    code: str,
    *,
    done: str = "",
    error: str = "",
    text: str = "",
    is_danger: bool = False,
    status: int = 422,
) -> HttpResponse:
    data = rights.my_data(code)
    if data is None:
        return page(request, "my_data", unit, {"done": done, "is_gone": True})
    context = {
        "data": data,
        "hidden_code": tickets.sealed_code(code),
        "sheet": tickets.signed(tickets.new_sheet()),
        "done": done,
        "error": error,
        "text": text,
        "is_danger": is_danger,
        "limit": QUESTION_LIMIT,
    }
    return page(request, "my_data", unit_at(data.unit_slug) or unit, context, status if error else 200)


def _copy(_request: HttpRequest, _unit: UnitHere, code: str) -> HttpResponse:
    who = {"me": _("I"), "officer": _("Officer"), "machine": _("Automatic answer")}
    lines = [
        f"{at.astimezone(clock.VIETNAM):%H:%M %d/%m/%Y} · {who.get(by, by)}\n{words}"
        for at, by, words in rights.copy_of(code)
    ]
    response = HttpResponse("\n\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="ban-sao.txt"'
    return response


def _correct(request: HttpRequest, unit: UnitHere, code: str) -> HttpResponse:
    text = clean(request.POST.get("text", ""))
    if not text or len(text) > QUESTION_LIMIT:
        return _shown(
            request, unit, code, error=_("Write what is wrong and how it should read."), text=text[:QUESTION_LIMIT]
        )
    if has_secret_heading(text):
        return _shown(request, unit, code, error=secret_text(), text=text)
    sheet = tickets.sheet_of(request)
    if sheet is None or not flood.may_send(request, unit, sheet):
        return _shown(
            request, unit, code, error=_("Your text is still here. Wait one minute, then press send."), text=text
        )
    done = _("An officer will read what you want corrected and answer behind your code within 10 days.")
    if not flood.is_first_press(sheet):
        return _shown(request, unit, code, done=done)
    words, is_danger = f"Xin sửa dữ liệu của tôi: {text}", sounds_dangerous(text)
    found = behind_code(code)
    try:
        if isinstance(found, Case):
            add_to_case(found, words, [], is_danger=is_danger)
        else:
            add_to_thread(code, words, sheet.token)
    except (OperationalError, TryAgain):
        flood.undo_press(sheet)
        return _shown(request, unit, code, error=trouble(unit), text=text, status=503)
    return _shown(request, unit, code, done=done, is_danger=is_danger)


def _withdraw(request: HttpRequest, unit: UnitHere, code: str) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        return _shown(request, unit, code, error=_("Tick that you are sure, then press again."))
    rights.withdraw(code)
    return _shown(
        request,
        unit,
        code,
        done=_("Your identity and the way to reach you are destroyed. The matter goes on without them."),
    )


def _erase(request: HttpRequest, unit: UnitHere, code: str) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        return _shown(request, unit, code, error=_("Tick that you are sure, then press again."))
    if rights.erase(code):
        return page(
            request,
            "my_data",
            unit,
            {"done": _("Everything behind this code is erased. The code opens nothing any more."), "is_gone": True},
        )
    done = _("Your name and the way to reach you are destroyed. The law keeps the report itself until it is closed.")
    return _shown(request, unit, code, done=done)


_ACTS = {"copy": _copy, "correct": _correct, "withdraw": _withdraw, "erase": _erase}


def _refused(request: HttpRequest, unit: UnitHere, entry: str, error: str, status: int = 422) -> HttpResponse:
    return page(request, "my_data", unit, {"entry": entry, "error": error}, status)
