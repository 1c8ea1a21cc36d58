"""Words of the procedures editor: fields, tasks, reasons, and values as lines to compare."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binhyen.console.procedure_form import day_shown, number_shown
from binhyen.console.texts import Words, error_text
from binhyen.core.errors import NotPossible
from binhyen.procedures.record import Row

FIELDS: dict[str, Words] = {
    "offered": gettext_lazy("Told to residents"),
    "aliases_vi": gettext_lazy("Popular names"),
    "sample_questions_vi": gettext_lazy("Sample questions"),
    "agency": gettext_lazy("Agency"),
    "place_vi": gettext_lazy("Where your unit takes it in"),
    "hours_vi": gettext_lazy("When your unit takes it in"),
    "unit_note_vi": gettext_lazy("Note of your unit"),
    "who": gettext_lazy("Who can do it"),
    "dossier": gettext_lazy("Papers"),
    "channels": gettext_lazy("Ways to file"),
    "time_limit": gettext_lazy("Time limit"),
    "fee": gettext_lazy("Fee"),
    "result": gettext_lazy("Result"),
    "steps": gettext_lazy("Steps"),
    "legal_basis": gettext_lazy("Legal basis"),
    "notes": gettext_lazy("Good to know"),
    "needs_officer_when": gettext_lazy("An officer answers when"),
    "source": gettext_lazy("Sources"),
    "confidence": gettext_lazy("How sure"),
    "checked_as_of": gettext_lazy("Compared with the source on"),
    "forms": gettext_lazy("Forms"),
}
CONFIDENCES: dict[str, Words] = {
    "seen": gettext_lazy("Seen in the source"),
    "partly": gettext_lazy("Partly seen"),
    "memory": gettext_lazy("From memory, not checked"),
}
CHANNELS: dict[str, Words] = {
    "in_person": gettext_lazy("In person"),
    "national_portal": gettext_lazy("National Public Service Portal"),
    "vneid": gettext_lazy("VNeID app"),
    "post": gettext_lazy("By post"),
    "phone": gettext_lazy("By phone"),
    "email": gettext_lazy("By e-mail"),
    "other": gettext_lazy("Another way"),
    "online": gettext_lazy("Online"),
    "any": gettext_lazy("Every way"),
}
KINDS: dict[str, Words] = {
    "original": gettext_lazy("original"),
    "copy": gettext_lazy("copy"),
    "certified_copy": gettext_lazy("certified copy"),
    "present": gettext_lazy("to show only"),
    "electronic": gettext_lazy("electronic"),
    "photo": gettext_lazy("photo"),
}
UNITS: dict[str, Words] = {
    "working_days": gettext_lazy("working days"),
    "days": gettext_lazy("days"),
    "hours": gettext_lazy("hours"),
    "working_hours": gettext_lazy("working hours"),
    "immediate": gettext_lazy("at once"),
    "unknown": gettext_lazy("not known"),
}
TASKS: dict[str, Words] = {
    "ends_soon": gettext_lazy("Something ends soon"),
    "has_ended": gettext_lazy("Something named here has ended"),
    "stale": gettext_lazy("Compare with the source again, 180 days are over"),
    "memory_parts": gettext_lazy("Some facts are from memory"),
    "version_ends": gettext_lazy("Your version ends"),
    "changed_above": gettext_lazy("Changed above since your unit wrote its own"),
    "only_memory": gettext_lazy("Everything is from memory, nothing is checked"),
    "no_documents": gettext_lazy("No papers are named"),
    "no_steps": gettext_lazy("No steps are named"),
    "no_time_limit": gettext_lazy("The time limit is missing"),
    "no_fee": gettext_lazy("The fee is missing (write “miễn phí” if there is none)"),
    "no_place": gettext_lazy("No place and no way to file is named"),
    "no_legal_basis": gettext_lazy("The legal basis is missing"),
    "no_source": gettext_lazy("“Seen in the source” needs a source"),
    "no_result": gettext_lazy("The result is missing"),
    "no_names": gettext_lazy("No popular name is given"),
    "no_code": gettext_lazy("The national code was not seen"),
}
PROBLEMS: dict[str, Words] = {
    "too_long": gettext_lazy("too long: “%(shown)s…”"),
    "too_many": gettext_lazy("too many entries, at most 60"),
    "no_number": gettext_lazy("“%(shown)s” is no number"),
    "not_listed": gettext_lazy("choose one of the list, not “%(shown)s”"),
    "no_date": gettext_lazy("“%(shown)s” is no day, write 28/11/2026"),
    "bad_link": gettext_lazy("“%(shown)s” is no web address, write https://…"),
}
_ERRORS: dict[str, Words] = {
    "procedure_conflict": gettext_lazy(
        "Somebody has just saved this. Your version is still below; compare, then save."
    ),
    "procedure_invalid": gettext_lazy("Some values cannot be kept, see the fields below."),
    "procedure_day": gettext_lazy("A first or last day is no day. Write it like 28/11/2026."),
    "procedure_dates": gettext_lazy("The last day lies before the first day or before today."),
    "procedure_asks_secret": gettext_lazy(
        "Police never ask residents for money, codes, passwords, photos of papers or apps. Take that out, then save."
    ),
    "procedure_unchanged": gettext_lazy("Nothing is different from what counts now."),
    "procedure_own_draft": gettext_lazy("A second person has to approve it: you had a hand in it."),
    "procedure_gone": gettext_lazy("A colleague has already dealt with this."),
    "procedure_reason_missing": gettext_lazy("Write what should be changed."),
    "procedure_has_draft": gettext_lazy("There is a draft already. Finish it first."),
    "file_missing": gettext_lazy("Choose a file first."),
    "file_too_large": gettext_lazy("The file is too large, at most %(limit)s kB."),
    "file_not_yaml": gettext_lazy("The file cannot be read, see line %(line)s."),
    "file_not_records": gettext_lazy("Entry %(place)s is no procedure of the shared format."),
}
OUTCOMES: dict[str, Words] = {
    "offer": gettext_lazy("a choice of procedures"),
    "officer": gettext_lazy("an officer answers"),
    "answer": gettext_lazy("another answer"),
}
"""What becomes of a question that no procedure answers."""
_SKIPPED: dict[str, Words] = {
    "unknown": gettext_lazy("is in no catalogue"),
    "has_draft": gettext_lazy("has a draft already"),
    "procedure_asks_secret": gettext_lazy("asks for money or codes"),
}


def procedure_error(error: NotPossible) -> str:
    """What to tell the editor."""
    if error.code == "procedure_incomplete":
        missing = [str(TASKS.get(code, code)) for code in str(error.facts["missing"]).split()]
        return _("Still missing: %(what)s.") % {"what": "; ".join(missing)}
    words = _ERRORS.get(error.code)
    return str(words) % error.facts if words else error_text(error)


def skipped_words(code: str) -> str:
    """Why an entry of a file was left out."""
    if code.startswith("invalid "):
        return _("has a value that cannot be kept: %(field)s") % {"field": FIELDS.get(code.split()[1], "")}
    return str(_SKIPPED.get(code, code))


def lines_of(key: str, value: Any) -> list[str]:
    """A value of a record as lines that a person can compare."""
    if key == "offered":
        return [_("yes") if value else _("no, an officer answers")]
    if key == "confidence":
        return [str(CONFIDENCES.get(value, value))]
    if key == "checked_as_of":
        return [day_shown(value)]
    if reader := _LINES.get(key):
        return reader(value)
    return list(value) if isinstance(value, list) else [value] if value else []


def _papers(papers: list[Row]) -> list[str]:
    return [
        " · ".join(filter(None, (one["item"], one["form"], str(KINDS.get(one["kind"], "")), one["when"], one["note"])))
        for one in papers
    ]


def _ways(ways: list[Row]) -> list[str]:
    return [": ".join(filter(None, (str(CHANNELS.get(way["channel"], "")), way["note"]))) for way in ways]


def _time(limit: Row) -> list[str]:
    first = f"{number_shown(limit['value'])} {UNITS.get(limit['unit'], '')}".strip()
    cases = [f"{number_shown(one['value'])} {UNITS.get(one['unit'], '')}: {one['when']}" for one in limit["cases"]]
    return [line for line in (limit["text_vi"], first, *cases, limit["source"]) if line]


def _fee(fee: Row) -> list[str]:
    items = [
        f"{CHANNELS.get(one['channel'], '')}: {number_shown(one['amount_vnd']) or '—'} đồng {one['note']}".strip()
        for one in fee["items"]
    ]
    return [line for line in (fee["summary_vi"], *items, fee["exempt_vi"], fee["note"], fee["source"]) if line]


def _sources(sources: list[Row]) -> list[str]:
    return [" | ".join(filter(None, (one["title"], one["url"]))) for one in sources]


_LINES: dict[str, Callable[[Any], list[str]]] = {
    "dossier": _papers,
    "channels": _ways,
    "time_limit": _time,
    "fee": _fee,
    "source": _sources,
}
