"""A case goes on: to another unit or body without the reporter (G8), or in parts with one answer."""

from collections.abc import Sequence

from django.db import transaction

from binhyen.cases import clocks, conflicts, history
from binhyen.cases.actions import change_state, check_commander, checked_text, lock_case
from binhyen.cases.models import Case, CaseChannel, CaseFile, CaseKind, EventKind, FileState, TransferPackage
from binhyen.cases.openings import Opening, OpeningState
from binhyen.cases.receiving import NewReport, receive_report
from binhyen.cases.reports import Report, key_of, report_in
from binhyen.cases.rules import without_reporter
from binhyen.cases.states import CaseState, step_of
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.language.personal_data import find_personal_data
from binhyen.units.models import Unit
from binhyen.units.scope import Scope
from binhyen.vault import files
from binhyen.vault.content_keys import open_under, seal_under

VOICES = ("audio/",)
"""A voice tells who speaks, so it never goes along."""
_PLACE = "package"


def proposed_text(report: Report) -> str:
    """The report for another body, and where: self-introductions and every number, address and name found are covered.

    What belongs to the matter (a swindler's account number) the officer writes back in.
    """
    told = covered(report.text)
    where = ", ".join(part for part in (report.area, covered(report.place)) if part)
    return f"{told}\nỞ đâu: {where}" if where else told


def covered(words: str) -> str:
    """Words of the reporter without self-introductions and personal data."""
    return without_reporter(words, findings(words))


def findings(text: str) -> list[str]:
    """Personal data that still stands in a text."""
    return [text[span.start : span.end] for span in find_personal_data(text)]


def files_to_offer(case: Case) -> list[CaseFile]:
    """Files that may go along as clean copies."""
    ready = case.files.filter(state=FileState.READY).select_related("shown", "original").order_by("id")
    return [file for file in ready if not file.original.content_type.startswith(VOICES)]


def check_package(
    case: Case, text: str, chosen: Sequence[str], is_compared: bool, opening_id: str = ""
) -> list[CaseFile]:
    """What would leave. Raises NotPossible: answer_missing, package_not_compared(found), package_original_sealed,
    package_file.

    `chosen` are public ids of files; with the prefix "original:" the untouched one, for which an opening of this very
    case is needed.
    """
    checked_text(text)
    left = findings(text)
    if left and not is_compared:
        raise NotPossible("package_not_compared", found=", ".join(left)[:200])
    if any(one.startswith("original:") for one in chosen) and not _opening_of(case, opening_id):
        raise NotPossible("package_original_sealed")
    offered = {file.public_id: file for file in files_to_offer(case)}
    wanted = [one.removeprefix("original:") for one in chosen]
    if not set(wanted) <= set(offered):
        raise NotPossible("package_file")
    return [offered[one] for one in wanted]


def _opening_of(case: Case, opening_id: str) -> Opening | None:
    return case.openings.filter(public_id=opening_id, state__in=(OpeningState.OPEN, OpeningState.ENDED)).first()


@transaction.atomic
def transfer_to_body(scope: Scope, case: Case, body_name: str, package: bytes, opening_id: str = "") -> TransferPackage:
    """Keep the package for a body outside and mark the case as transferred.

    Raises NotPossible: body_missing, case_step, commander_only.
    """
    case = lock_case(scope, case)
    step_of("transfer", case.state)
    check_commander(scope, case)
    body_name = clean(body_name)[:200]
    if not body_name:
        raise NotPossible("body_missing")
    row = TransferPackage(
        case=case,
        body_name=body_name,
        officer_id=scope.officer_id,
        made_at=clock.now(),
        opening=_opening_of(case, opening_id),
    )
    row.sealed_package = seal_under(key_of(case), f"{_PLACE}:{row.public_id}", package)
    row.save(force_insert=True)
    _mark_transferred(case, scope.officer_id, body_name)
    return row


@transaction.atomic
def transfer_to_unit(scope: Scope, case: Case, unit: Unit, text: str, chosen: Sequence[CaseFile]) -> Case:
    """A new case in another unit of this server, of words and clean copies alone; the code of the reporter leads on.

    Raises NotPossible: case_step, commander_only, unit_same.
    """
    case = lock_case(scope, case)
    step_of("transfer", case.state)
    check_commander(scope, case)
    if unit.pk == case.unit_id:
        raise NotPossible("unit_same")
    report = report_in(case, key_of(case))
    carried = Report(clean(text), covered(report.place), "", covered(report.happened), report.topic)
    new = NewReport(
        unit,
        CaseKind(case.kind),
        CaseChannel.TRANSFER,
        carried,
        is_urgent=case.is_urgent,
        set_aside=conflicts.set_aside_from(case, unit.pk),
        transferred_from=case,
    )
    onward, _ = receive_report(new)
    for file in chosen:
        _carry(file, case, onward)
    _mark_transferred(case, scope.officer_id, unit.name)
    return onward


def _carry(file: CaseFile, case: Case, onward: Case) -> None:
    assert file.shown is not None  # noqa: S101 - only ready files are offered
    content = files.open(file.shown, key_of(case))
    stored = files.store(content, onward.unit_id, file.shown.content_type, "", key=key_of(onward))
    CaseFile.objects.create(case=onward, original=stored, added_at=clock.now())


def _mark_transferred(case: Case, officer_id: int, to: str) -> None:
    change_state(case, "transfer", CaseState.TRANSFERRED, officer_id=officer_id)
    history.append(case, EventKind.TRANSFER, officer_id=officer_id, text=to, is_for_reporter=True)
    clocks.start_clocks(case, "transferred", clock.now(), {})


def package_content(row: TransferPackage) -> bytes:
    """The archive of a package."""
    return open_under(key_of(row.case), f"{_PLACE}:{row.public_id}", bytes(row.sealed_package))


@transaction.atomic
def acknowledge(scope: Scope, case: Case) -> None:
    """The other body confirmed that it has the case; from now its own limits are shown as information."""
    case = lock_case(scope, case)
    if case.state != CaseState.TRANSFERRED:
        raise NotPossible("case_step", state=case.state)
    now = clock.now()
    TransferPackage.objects.filter(case=case, acknowledged_at=None).update(acknowledged_at=now)
    clocks.meet(case, "acknowledged", now)
    history.append(
        case, EventKind.TRANSFER, officer_id=scope.officer_id, facts={"acknowledged": 1}, is_for_reporter=True
    )
    clocks.start_clocks(case, "received_by_body", now, {})


@transaction.atomic
def split(scope: Scope, case: Case, text: str, kind: str) -> Case:
    """A part of the case with its own number, clocks and officer; the reporter gets one answer, from the whole.

    Raises NotPossible: answer_missing, kind_unknown, part_of_part.
    """
    case = lock_case(scope, case)
    if case.split_from_id is not None:
        raise NotPossible("part_of_part")
    if kind not in CaseKind.values:
        raise NotPossible("kind_unknown")
    report = report_in(case, key_of(case))
    text = checked_text(text)
    new = NewReport(
        case.unit,
        CaseKind(kind),
        CaseChannel(case.channel),
        Report(text, report.place, report.area, report.happened, report.topic),
        is_urgent=case.is_urgent,
        is_about_unit=case.goes_up,
        set_aside=conflicts.set_aside_from(case, case.unit_id),
        split_from=case,
    )
    part, _ = receive_report(new)
    history.append(case, EventKind.SPLIT, officer_id=scope.officer_id, facts={"part": part.public_id})
    return part
