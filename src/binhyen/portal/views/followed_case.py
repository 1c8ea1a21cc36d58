"""A report behind its code: states, answers, dates, openings; words, files and a contest added (R6)."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from binhyen.cases import following, pieces
from binhyen.cases.following import FollowedCase
from binhyen.cases.models import Case
from binhyen.cases.reports import TEXT_LIMIT
from binhyen.cases.states import DONE_STATES
from binhyen.core import clock
from binhyen.core.counting import count
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.core.text import clean
from binhyen.language.publication import has_secret_heading
from binhyen.portal import flood, tickets
from binhyen.portal.file_words import check_file_name, refused_file, secret_text
from binhyen.portal.pages import page
from binhyen.portal.report_steps import says_about_unit, trouble
from binhyen.portal.reports_shown import clock_words, lines_of, state_words
from binhyen.portal.understanding import sounds_dangerous
from binhyen.portal.units_here import UnitHere, unit_at
from binhyen.portal.wording import filled


def go_on_with_case(request: HttpRequest, unit: UnitHere, code: str, case: Case) -> HttpResponse:
    """Add words or files, contest the end, or read the own text again."""
    act, text = request.POST.get("act", ""), clean(request.POST.get("text", ""))
    if act == "reread":
        return _reread(request, unit, code, case)
    if act == "forget":
        pieces.forget_waiting(following.worked_now(case))
        return case_page(request, unit, code, case, text=text)
    sheet = tickets.sheet_of(request)
    if sheet is None:
        return case_page(
            request, unit, code, case, error=_("Your text is still here: press send once more."), text=text
        )
    if not flood.may_send(request, unit, sheet):
        count("portal.addition.queued", unit_key=unit.id)
        error = _("Many people are sending. Your text is still here. Wait one minute, then press send.")
        return case_page(request, unit, code, case, tickets.queued(sheet), error=error, text=text, status=429)
    if not flood.is_first_press(sheet):
        return case_page(request, unit, code, case, is_added=True)
    sent: list[UploadedFile[bytes]] = request.FILES.getlist("files")
    try:
        _do(case, act, text, sent, says_about_unit(request))
    except NotPossible as refused:
        flood.undo_press(sheet)
        error = _words(refused, text, len(sent), unit)
        return case_page(request, unit, code, case, error=error, text=text)
    except (OperationalError, TryAgain):
        flood.undo_press(sheet)
        return case_page(request, unit, code, case, error=trouble(unit), text=text, status=503)
    case.refresh_from_db(fields=["state", "closed_at", "waits_for_reporter_since", "goes_up"])
    return case_page(request, unit, code, case, is_added=True, is_danger=sounds_dangerous(text) if text else False)


def _do(case: Case, act: str, text: str, sent: "list[UploadedFile[bytes]]", is_about_unit: bool) -> None:
    for number, one in enumerate(sent, start=1):
        check_file_name(one.name, number)
    if has_secret_heading(text):
        raise NotPossible("text_state_secret")
    contents = [one.read() for one in sent]
    write = following.contest if act == "contest" else following.add
    write(case, text, contents, is_about_unit=is_about_unit, is_danger=bool(text) and sounds_dangerous(text))


def _words(refused: NotPossible, text: str, files: int, unit: UnitHere) -> str:
    match refused.code:
        case "answer_missing":
            return _("Write what you want to add.")
        case "text_too_long":
            return filled(_("The text has $n characters, at most $most fit."), unit, n=len(text), most=TEXT_LIMIT)
        case "text_state_secret":
            return secret_text()
        case "contest_late":
            return _("This can be said within 7 days after the end. Write it as an addition, or send new information.")
        case _:
            others = _("The other files were not kept either: choose them again.") if files > 1 else ""
            return f"{refused_file(refused, 1, 0, unit)} {others}".strip()


def _reread(request: HttpRequest, unit: UnitHere, code: str, case: Case) -> HttpResponse:
    if not flood.may_try_code(request):
        error = _("Too many wrong codes. Wait one minute, then try again.")
        return case_page(request, unit, code, case, error=error, status=429)
    try:
        report = following.reread(case, code, request.POST.get("secret", ""))
    except NotPossible:
        flood.note_wrong_code(request)
        return case_page(request, unit, code, case, error=_("The second secret word is not right."))
    return case_page(request, unit, code, case, own_text=report.text)


def case_page(
    request: HttpRequest,
    unit: UnitHere,
    code: str,
    case: Case,
    sheet: tickets.Sheet | None = None,
    *,
    error: str = "",
    text: str = "",
    status: int = 0,
    is_added: bool = False,
    is_danger: bool = False,
    own_text: str = "",
) -> HttpResponse:
    """The page of a report."""
    followed = following.follow(case)
    context = {
        **_facts(followed, case, unit),
        "hidden_code": tickets.sealed_code(code),
        "hidden_case": tickets.sealed_case(case.public_id),
        "arrived": followed.arrived_files,
        "unfinished": followed.unfinished_files,
        "piece_bytes": pieces.PIECE_BYTES,
        "sheet": tickets.signed(sheet or tickets.new_sheet()),
        "error": error,
        "text": text,
        "about_unit": says_about_unit(request) and not is_added,
        "added": is_added,
        "limit": TEXT_LIMIT,
        "is_danger": is_danger,
        "own_text": own_text,
    }
    here = unit_at(case.unit.slug) or unit
    return page(request, "case", here, context, status or (422 if error else 200))


def _facts(followed: FollowedCase, case: Case, unit: UnitHere) -> dict[str, Any]:
    due = [
        {"words": clock_words(one.rule_id), "due_at": one.due_at, "is_overdue": one.is_overdue, "why": one.why}
        for one in followed.due
    ]
    return {
        "followed": followed,
        "sent_on": f"{case.received_at.astimezone(clock.VIETNAM):%d/%m/%Y}",
        "state": state_words(followed.case.state),
        "is_done": followed.case.state in DONE_STATES,
        "lines": lines_of(followed, unit),
        "due": [one for one in due if one["words"]],
    }
