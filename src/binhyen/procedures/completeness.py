"""What is missing in a procedure, what runs out, what has to be looked at again: tasks for those who keep it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from binhyen.procedures.catalogue import Confidence, Procedure
from binhyen.procedures.record import canonical
from binhyen.procedures.rules import STALE_AFTER, is_stale, unchecked

WARN_BEFORE = timedelta(days=60)
"""A fee reduction or a form that ends is named so long before."""
_NOTHING = ("", "—", "Không áp dụng", "Không phải thủ tục")
_DAY = re.compile(r"(?:đến|trước|hết)(?: hết)?(?: ngày)? (0?[1-9]|[12]\d|30|31)/(0?[1-9]|1[0-2])/(20\d\d)")


def missing_in(procedure: Procedure) -> list[str]:
    """Codes of what is missing, the gravest first.

    no_documents, no_steps, no_time_limit, no_fee, no_place, no_legal_basis, no_source, no_result, no_names,
    no_code, only_memory.
    """
    if procedure.is_abolished:
        checks = {"no_steps": not procedure.steps, "no_legal_basis": not procedure.legal_basis}
    else:
        checks = {
            "no_documents": not procedure.documents,
            "no_steps": not procedure.steps,
            "no_time_limit": procedure.time_limit.text == "",
            "no_fee": procedure.fee.summary == "",
            "no_place": not (procedure.methods or procedure.place or procedure.agency),
            "no_legal_basis": not procedure.legal_basis,
            "no_source": not procedure.sources,
            "no_result": procedure.result in ("", "—"),
            "no_names": not procedure.aliases,
            "no_code": not procedure.code and procedure.level != "online",
        }
    checks["only_memory"] = procedure.confidence is Confidence.MEMORY
    return [code for code, is_missing in checks.items() if is_missing]


def missing_for_approval(record: Mapping[str, Any]) -> list[str]:
    """Codes of what an offered record must have before it may go out; confidence "seen" needs a source."""
    value = canonical(record)
    if not value["offered"] or record.get("status") == "abolished":
        return []
    checks = {
        "no_time_limit": not value["time_limit"]["text_vi"],
        "no_fee": not value["fee"]["summary_vi"],
        "no_place": not (value["channels"] or value["place_vi"] or value["agency"]),
        "no_legal_basis": not value["legal_basis"],
        "no_source": not value["source"] and value["confidence"] == Confidence.SEEN,
    }
    return [code for code, is_missing in checks.items() if is_missing]


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that ends on a day."""

    field: str
    """fee, time_limit, notes, forms or dossier."""
    words: str
    ends_on: date


def endings_of(procedure: Procedure) -> list[Ending]:
    """Every end that the facts name ("đến 31/12/2026"), soonest first."""
    fee = (procedure.fee.summary, procedure.fee.exempt, procedure.fee.note, *(one.note for one in procedure.fee.items))
    facts = {
        "fee": fee,
        "time_limit": (procedure.time_limit.text, *(case.when for case in procedure.time_limit.cases)),
        "forms": tuple(f"{document.form} {document.note}" for document in procedure.documents if document.form),
        "dossier": tuple(f"{document.item} {document.note}" for document in procedure.documents if not document.form),
        "notes": procedure.notes,
    }
    found = {
        (field, day): Ending(field, words, day)
        for field, texts in reversed(facts.items())
        for words in texts
        for day in _days_in(words)
    }
    return sorted(found.values(), key=lambda ending: ending.ends_on)


def _days_in(words: str) -> list[date]:
    days = []
    for day, month, year in _DAY.findall(words):
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return days


@dataclass(frozen=True, slots=True)
class Task:
    """One thing somebody has to do about a procedure."""

    procedure: str
    code: str
    """ends_soon, has_ended, stale, memory_parts, version_ends, changed_above, or one of `missing_in`."""
    on: date | None = None
    field: str = ""


def tasks_for(procedure: Procedure, on: date) -> list[Task]:
    """What is due about one procedure on the day."""
    tasks = []
    for ending in endings_of(procedure):
        if ending.ends_on < on:
            tasks.append(Task(procedure.id, "has_ended", ending.ends_on, ending.field))
        elif ending.ends_on - on <= WARN_BEFORE:
            tasks.append(Task(procedure.id, "ends_soon", ending.ends_on, ending.field))
    if is_stale(procedure, on):
        tasks.append(Task(procedure.id, "stale", procedure.checked_on + STALE_AFTER))
    if procedure.confidence is not Confidence.MEMORY and unchecked(procedure):
        tasks.append(Task(procedure.id, "memory_parts"))
    return tasks + [Task(procedure.id, code) for code in missing_in(procedure)]
