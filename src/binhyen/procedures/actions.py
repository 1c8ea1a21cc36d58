"""Changing what residents are told: draft, send for approval, approve by a second person, import."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.language.personal_data import redact
from binhyen.language.publication import asks_money_or_code
from binhyen.procedures.completeness import missing_for_approval
from binhyen.procedures.effective import forget_catalogues, record_above, records_above, records_of
from binhyen.procedures.models import ProcedureVersion, VersionState
from binhyen.procedures.queries import APPROVE_ROLES, EDIT_ROLES, OPEN_STATES, check_procedure
from binhyen.procedures.record import TEXTS, Problem, Row, canonical, changes_between, differing, merged, problems_of
from binhyen.units.models import Unit
from binhyen.units.scope import Scope

REASON_LIMIT = 500


class InvalidRecord(NotPossible):
    """A record with values that cannot be kept; `problems` names each."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("procedure_invalid", count=len(problems))
        self.problems = tuple(problems)


@transaction.atomic
def save_draft(
    scope: Scope,
    unit: Unit,
    procedure_id: str,
    wanted: Mapping[str, Any],
    valid_from: date | None = None,
    valid_to: date | None = None,
    seen_edit: int | None = None,
) -> ProcedureVersion:
    """Keep what the unit wants the record to say. Only what differs from above is kept.

    `seen_edit` is the edit number the person saw, 0 for no draft; None does not look. Raises NotPossible:
    procedure_invalid (as InvalidRecord), procedure_conflict, procedure_dates, procedure_asks_secret,
    procedure_unchanged.
    """
    scope.check(unit.pk, EDIT_ROLES)
    above = record_above(unit, check_procedure(procedure_id))
    wanted = _redacted(wanted)
    if problems := problems_of(wanted):
        raise InvalidRecord(problems)
    _check_days(valid_from, valid_to)
    changes = changes_between(above, wanted)
    if asks_money_or_code(". ".join(_own_sentences(above, changes))):
        raise NotPossible("procedure_asks_secret")
    version = _open_version(unit, procedure_id)
    if seen_edit is not None and seen_edit != (version.edit_number if version else 0):
        raise NotPossible("procedure_conflict")
    if version is None and valid_to is None:
        _check_says_something(unit, procedure_id, merged(above, changes))
    if version is None:
        version = ProcedureVersion(unit=unit, procedure=procedure_id, edit_number=0)
    version.state = VersionState.DRAFT
    version.changes, version.above = changes, canonical(above)
    version.valid_from, version.valid_to = valid_from, valid_to
    version.drafted_by_id, version.drafted_at = scope.officer_id, clock.now()
    version.editors = sorted({*version.editors, scope.officer_id})
    version.edit_number += 1
    _save(version)
    _audit(scope, version, "procedure.drafted", fields=" ".join(changes))
    return version


def _check_says_something(unit: Unit, procedure_id: str, wanted: Row) -> None:
    if not differing(records_of(unit)[procedure_id], wanted):
        raise NotPossible("procedure_unchanged")


def _open_version(unit: Unit, procedure_id: str) -> ProcedureVersion | None:
    found = ProcedureVersion.objects.filter(unit=unit, procedure=procedure_id, state__in=OPEN_STATES)
    return found.select_for_update().first()


def _save(version: ProcedureVersion) -> None:
    """Raises NotPossible when somebody began a draft at the same moment."""
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError as error:
        raise NotPossible("procedure_conflict") from error


def _redacted(wanted: Mapping[str, Any]) -> Row:
    """Sample questions are kept without personal data, whoever pasted them."""
    samples = [redact(clean(str(text))) for text in wanted.get("sample_questions_vi") or ()]
    return {**wanted, "sample_questions_vi": samples}


def _own_sentences(above: Row, changes: Row) -> list[str]:
    """What the unit wrote itself; sentences from above are the business of whoever wrote them."""
    theirs = canonical(above)
    texts = [str(changes.get(key, "")) for key in TEXTS]
    return texts + [text for key in ("steps", "notes") for text in changes.get(key, ()) if text not in theirs[key]]


def _check_days(valid_from: date | None, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < max(valid_from or clock.today(), clock.today()):
        raise NotPossible("procedure_dates")


@transaction.atomic
def send_for_approval(scope: Scope, version: ProcedureVersion) -> None:
    """Ask a second person. Raises NotPossible: procedure_unchanged, procedure_incomplete(missing)."""
    scope.check(version.unit_id, EDIT_ROLES)
    version = _locked(version, VersionState.DRAFT)
    _check_whole(version)
    version.state, version.return_reason = VersionState.WAITING, ""
    version.save(update_fields=["state", "return_reason"])
    _audit(scope, version, "procedure.sent_for_approval")


def _check_whole(version: ProcedureVersion) -> None:
    wanted = merged(record_above(version.unit, version.procedure), version.changes)
    if version.valid_to is None:
        _check_says_something(version.unit, version.procedure, wanted)
    if missing := missing_for_approval(wanted):
        raise NotPossible("procedure_incomplete", missing=" ".join(missing))


@transaction.atomic
def approve(scope: Scope, version: ProcedureVersion) -> None:
    """Let it out from its first day on, today at the earliest.

    Raises NotPossible: procedure_own_draft (G: two people), procedure_gone, procedure_dates, procedure_incomplete.
    """
    scope.check(version.unit_id, APPROVE_ROLES)
    version = _locked(version, VersionState.WAITING)
    if scope.officer_id in version.editors:
        raise NotPossible("procedure_own_draft")
    _check_whole(version)
    today = clock.today()
    version.valid_from = max(version.valid_from or today, today)
    _check_days(version.valid_from, version.valid_to)
    approved = ProcedureVersion.objects.filter(unit=version.unit, procedure=version.procedure)
    version.number = approved.filter(state=VersionState.APPROVED).count() + 1
    version.state, version.approved_by_id, version.approved_at = VersionState.APPROVED, scope.officer_id, clock.now()
    version.save()
    _audit(scope, version, "procedure.approved", number=version.number, valid_from=version.valid_from.isoformat())
    transaction.on_commit(forget_catalogues)


@transaction.atomic
def send_back(scope: Scope, version: ProcedureVersion, reason: str) -> None:
    """Back to the drafter with a reason. Raises NotPossible: procedure_reason_missing, procedure_gone."""
    scope.check(version.unit_id, APPROVE_ROLES)
    version = _locked(version, VersionState.WAITING)
    reason = clean(reason)[:REASON_LIMIT]
    if not reason:
        raise NotPossible("procedure_reason_missing")
    version.state, version.return_reason = VersionState.DRAFT, reason
    version.save(update_fields=["state", "return_reason"])
    _audit(scope, version, "procedure.sent_back")


@transaction.atomic
def discard(scope: Scope, version: ProcedureVersion) -> None:
    """Throw an unapproved version away. Raises NotPossible: procedure_gone."""
    scope.check(version.unit_id, EDIT_ROLES)
    version = _locked(version, *OPEN_STATES)
    _audit(scope, version, "procedure.discarded")
    version.delete()


def _locked(version: ProcedureVersion, *states: VersionState) -> ProcedureVersion:
    found = ProcedureVersion.objects.select_for_update().filter(pk=version.pk, state__in=states)
    locked = found.first()
    if locked is None:
        raise NotPossible("procedure_gone")
    return locked


def confirm_checked(scope: Scope, unit: Unit, procedure_id: str) -> ProcedureVersion:
    """A draft that says: compared with the source today, nothing else changed. Raises NotPossible."""
    current = records_of(unit)[check_procedure(procedure_id)]
    open_one = ProcedureVersion.objects.filter(unit=unit, procedure=procedure_id, state__in=OPEN_STATES).first()
    if open_one is not None:
        raise NotPossible("procedure_has_draft")
    return save_draft(scope, unit, procedure_id, {**current, "checked_as_of": clock.today().isoformat()}, seen_edit=0)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    drafted: tuple[str, ...]
    """Procedures that got a draft."""
    unchanged: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    """Procedure and code: unknown, has_draft, invalid, asks_secret."""
    kept_names: tuple[str, ...]
    """Procedures whose names from above were missing in the file and stay."""


def import_records(scope: Scope, unit: Unit, records: list[Row]) -> Imported:
    """Drafts for every record that says something else than what counts now; nothing goes out before approval."""
    scope.check(unit.pk, EDIT_ROLES)
    current, above = records_of(unit), records_above(unit)
    taken = set(ProcedureVersion.objects.filter(unit=unit, state__in=OPEN_STATES).values_list("procedure", flat=True))
    drafted, unchanged, skipped, kept = [], [], [], []
    for given in records:
        name = str(given["id"])
        record = {**current.get(name, {}), **given}
        if name not in current:
            skipped.append((name[:60], "unknown"))
        elif not differing(current[name], merged(above[name], changes_between(above[name], record))):
            unchanged.append(name)
        elif name in taken:
            skipped.append((name, "has_draft"))
        else:
            try:
                save_draft(scope, unit, name, record, seen_edit=0)
                drafted.append(name)
            except InvalidRecord as error:
                skipped.append((name, f"invalid {error.problems[0].field}"))
            except NotPossible as error:
                skipped.append((name, error.code))
        if name in current and _lacks_names(above[name], record):
            kept.append(name)
    return Imported(tuple(drafted), tuple(unchanged), tuple(skipped), tuple(kept))


def _lacks_names(above: Row, record: Row) -> bool:
    return not set(canonical(above)["aliases_vi"]) <= set(canonical(record)["aliases_vi"])


def _audit(scope: Scope, version: ProcedureVersion, action: str, **facts: str | int) -> None:
    about = {"procedure": version.procedure, **facts}
    audit.record(version.unit_id, action, actor_key=scope.officer_id, subject=version.public_id, facts=about)
