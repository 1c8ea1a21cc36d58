"""Writing the history of a case: every act appends one line and one audit row."""

from collections.abc import Mapping

from binhyen.audit import actions as audit
from binhyen.cases.models import Case, CaseEvent, EventKind
from binhyen.cases.reports import key_of, sealed_words
from binhyen.core import clock
from binhyen.core.many_rows import insert_rows


def append(
    case: Case,
    kind: EventKind,
    *,
    officer_id: int | None,
    text: str = "",
    state: str = "",
    facts: Mapping[str, str | int] | None = None,
    is_for_reporter: bool = False,
    key: bytes | None = None,
    action: str = "",
    is_first: bool = False,
) -> CaseEvent:
    """One line of the history and its audit row, inside the caller's transaction; the case's time of change moves.

    `key` saves unwrapping the case's key once more; `action` names the audit row when the kind alone says too little;
    `is_first`: the case has just been made, with its time of change.
    """
    now = clock.now()
    event = CaseEvent(
        case=case,
        kind=kind,
        at=now,
        officer_id=officer_id,
        state=state,
        sealed_text=sealed_words(case, key or key_of(case), text) if text else b"",
        facts=dict(facts or {}),
        is_for_reporter=is_for_reporter,
    )
    insert_rows([event])
    if not is_first:
        case.changed_at = now
        case.save(update_fields=["changed_at"])
    audit.record(
        case.unit_id,
        action or f"case.{kind.value}",
        actor_key=officer_id,
        subject=case.public_id,
        facts={**(facts or {}), **({"state": state} if state else {})},
    )
    return event
