"""What officers do in a case: every act checks the right and the table of states, and leaves a line in the history."""

from datetime import datetime

from django.db import transaction

from binhyen.cases import clocks, conflicts, history
from binhyen.cases.models import Case, CaseClock, CaseKind, CaseTask, EventKind
from binhyen.cases.queries import cases_for
from binhyen.cases.reports import TEXT_LIMIT, key_of, sealed_words
from binhyen.cases.rules import REASON_LENGTH
from binhyen.cases.states import DONE_STATES, CaseState, step_of
from binhyen.core import clock
from binhyen.core.conditions import Fact
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import clean
from binhyen.inbox.alerts import take_alert_of
from binhyen.units.models import Officer
from binhyen.units.scope import Scope

_OPENING_AGAIN = frozenset({"reopen", "contest", "take_back"})


def lock_case(scope: Scope, case: Case) -> Case:
    """The case as it is now, held until the transaction ends. Raises NotAllowed when the right has gone meanwhile."""
    if not cases_for(scope).filter(pk=case.pk).exists():
        raise NotAllowed
    return Case.objects.select_for_update(of=("self",)).select_related("unit", "identity_key").get(pk=case.pk)


@transaction.atomic
def take_step(scope: Scope, case: Case, act: str, text: str = "") -> Case:
    """Change the state by one row of the table. Raises NotPossible: case_step, case_gone_on, commander_only,
    answer_missing, text_too_long.
    """
    case = lock_case(scope, case)
    step = step_of(act, case.state)
    if step.by_reporter:
        raise NotPossible("case_step", state=case.state)
    if act == "take_back":
        _check_is_here(case)
    check_commander(scope, case)
    text = checked_text(text) if step.needs_text else clean(text)[:TEXT_LIMIT]
    return change_state(case, act, step.target, officer_id=scope.officer_id, text=text)


def _check_is_here(case: Case) -> None:
    """What the reporter adds goes to the unit of this server that works it now. Raises NotPossible("case_gone_on")."""
    if case.onward.exclude(wrapped_key=b"").exists():
        raise NotPossible("case_gone_on")


def may_judge(scope: Scope, case: Case) -> bool:
    """Whether the officer may lead the case on: what is contested is the commander's to judge."""
    return case.state != CaseState.CONTESTED or scope.officer_id in conflicts.judges_of(case)


def check_commander(scope: Scope, case: Case) -> None:
    """Raises NotPossible("commander_only") for everybody else in a contested case."""
    if not may_judge(scope, case):
        raise NotPossible("commander_only")


def change_state(
    case: Case,
    act: str,
    target: CaseState,
    *,
    officer_id: int | None,
    text: str = "",
    kind: EventKind = EventKind.STATE,
) -> Case:
    """Write the new state with its line, clocks and parts; the caller has proven the right and holds the row."""
    now = clock.now()
    case.state = target
    case.closed_at = now if target in DONE_STATES else None
    case.save(update_fields=["state", "closed_at"])
    is_read = case.split_from_id is None  # the answer to a part goes into the one of the whole
    if text and target in (CaseState.ANSWERED, *DONE_STATES):
        history.append(case, EventKind.ANSWER, officer_id=officer_id, text=text, is_for_reporter=is_read)
        text = ""
    facts = {"act": act}
    history.append(case, kind, officer_id=officer_id, state=target, text=text, facts=facts, is_for_reporter=is_read)
    if target in (CaseState.ANSWERED, *DONE_STATES):
        clocks.resume(case, now)  # nobody waits for the reporter any more
    clocks.meet(case, act, now)
    if target in DONE_STATES:
        clocks.stop_all(case, now)
    elif act in _OPENING_AGAIN:
        clocks.start_again(case, now, {"competent": True})
    return case


@transaction.atomic
def see(scope: Scope, case: Case) -> Case:
    """The first look of an officer, who takes with it the alarm that asks for it."""
    if case.state != CaseState.RECEIVED:
        return case
    case = take_step(scope, case, "see")
    take_alert_of(scope, case.public_id, (conflicts.FIRST_LOOK, conflicts.DANGER))
    return case


def checked_text(text: str) -> str:
    """Words for the reporter. Raises NotPossible: answer_missing, text_too_long(limit)."""
    text = clean(text)
    if not text:
        raise NotPossible("answer_missing")
    if len(text) > TEXT_LIMIT:
        raise NotPossible("text_too_long", limit=TEXT_LIMIT)
    return text


def checked_reason(reason: str) -> str:
    """A reason that stays visible. Raises NotPossible("reason_short", characters)."""
    reason = clean(reason)
    if len(reason) < REASON_LENGTH:
        raise NotPossible("reason_short", characters=REASON_LENGTH)
    return reason[:TEXT_LIMIT]


@transaction.atomic
def ask_reporter(scope: Scope, case: Case, text: str) -> None:
    """A question to the reporter: promises of the unit pause until the answer comes, limits of the law do not.

    Raises NotPossible: case_step, case_gone_on, part_asks_whole (the reporter follows the whole), answer_missing,
    text_too_long.
    """
    case = lock_case(scope, case)
    _check_is_here(case)
    if case.split_from_id is not None:
        raise NotPossible("part_asks_whole")
    if case.state in DONE_STATES:
        raise NotPossible("case_step", state=case.state)
    history.append(case, EventKind.QUESTION, officer_id=scope.officer_id, text=checked_text(text), is_for_reporter=True)
    if case.waits_for_reporter_since is None:
        case.waits_for_reporter_since = clock.now()
        case.save(update_fields=["waits_for_reporter_since"])


@transaction.atomic
def add_note(scope: Scope, case: Case, text: str) -> None:
    """An internal note; it never reaches the reporter."""
    case = lock_case(scope, case)
    history.append(case, EventKind.NOTE, officer_id=scope.officer_id, text=checked_text(text))


@transaction.atomic
def assign(scope: Scope, case: Case, officer: Officer | None) -> None:
    """Put somebody in charge. Raises NotPossible("conflict_officer") for an officer who must not see the case."""
    case = lock_case(scope, case)
    if officer is not None and officer.pk not in conflicts.readers_of(case):
        raise NotPossible("conflict_officer")
    case.assigned_to = officer
    case.save(update_fields=["assigned_to"])
    facts = {"officer": officer.pk} if officer else {}
    history.append(case, EventKind.ASSIGNED, officer_id=scope.officer_id, facts=facts)


@transaction.atomic
def flag_conflict(scope: Scope, case: Case, officer: Officer) -> None:
    """Set an officer aside, oneself included: from now on the case does not exist for them (G7)."""
    case = lock_case(scope, case)
    conflicts.set_aside(case, officer, by=scope.officer_id)


@transaction.atomic
def change_kind(scope: Scope, case: Case, kind: str, reason: str) -> None:
    """Another kind, with a visible reason: clocks that no longer apply stop, those of the new kind count from receipt.

    Letters are classified by content, not by title (TT 19/2022).
    """
    case = lock_case(scope, case)
    if kind not in CaseKind.values or kind == case.kind:
        raise NotPossible("kind_unknown")
    reason, before = checked_reason(reason), case.kind
    case.kind = kind
    case.save(update_fields=["kind"])
    facts = {"from": before, "to": kind}
    history.append(case, EventKind.KIND, officer_id=scope.officer_id, text=reason, facts=facts, is_for_reporter=True)
    clocks.change_clocks(case, clock.now(), {"competent": True})


@transaction.atomic
def mark_serious(scope: Scope, case: Case) -> None:
    """The crime is grave or the suspect may flee: the investigation body has to be called at once (TT 129/2021)."""
    case = lock_case(scope, case)
    facts: dict[str, Fact] = {"public_attention": True}
    case.is_urgent = True
    case.save(update_fields=["is_urgent"])
    already = set(case.clocks.values_list("rule_id", flat=True))
    if "crime.urgent_call" not in already and case.kind in (CaseKind.CRIME_ACCUSATION, CaseKind.CRIME_TIP):
        clocks.start_one(case, "crime.urgent_call", clock.now(), facts)
    history.append(case, EventKind.CLOCK, officer_id=scope.officer_id, facts={"serious": 1})


@transaction.atomic
def note_call(scope: Scope, case: Case) -> None:
    """The investigation body was called."""
    case = lock_case(scope, case)
    if not clocks.meet(case, "called", clock.now()):
        raise NotPossible("clock_not_running")
    history.append(case, EventKind.CLOCK, officer_id=scope.officer_id, facts={"called": 1}, is_for_reporter=True)


@transaction.atomic
def move_clock(scope: Scope, case: Case, row: CaseClock, due_at: datetime, reason: str) -> None:
    """Give a promise of the unit another end, with a reason that the reporter reads too (G58).

    Raises NotPossible: clock_of_law (limits of the law move only as the law says), clock_not_running, reason_short,
    clock_overdue (what is overdue stays overdue).
    """
    case = lock_case(scope, case)
    row = CaseClock.objects.select_for_update().get(pk=row.pk, case=case)
    if row.is_law:
        raise NotPossible("clock_of_law")
    if row.met_at or row.stopped_at:
        raise NotPossible("clock_not_running")
    now = clock.now()
    if row.due_at <= now or due_at <= now:
        raise NotPossible("clock_overdue")
    facts = {"rule": row.rule_id, "from": row.due_at.isoformat(), "to": due_at.isoformat()}
    reason = checked_reason(reason)
    row.due_at = due_at
    row.save(update_fields=["due_at"])
    history.append(case, EventKind.CLOCK, officer_id=scope.officer_id, text=reason, facts=facts, is_for_reporter=True)


@transaction.atomic
def add_task(scope: Scope, case: Case, text: str) -> CaseTask:
    """Something to do."""
    case = lock_case(scope, case)
    sealed = sealed_words(case, key_of(case), checked_text(text)[:200], "task")
    task = CaseTask.objects.create(case=case, sealed_text=sealed, created_at=clock.now())
    history.append(case, EventKind.TASK, officer_id=scope.officer_id, facts={"task": task.public_id})
    return task


@transaction.atomic
def finish_task(scope: Scope, case: Case, task_id: str) -> None:
    """Tick it off."""
    case = lock_case(scope, case)
    done = CaseTask.objects.filter(case=case, public_id=task_id, done_at=None)
    if done.update(done_at=clock.now(), done_by=scope.officer_id):
        history.append(case, EventKind.TASK, officer_id=scope.officer_id, facts={"task": task_id, "done": 1})
