"""Reads of cases; each takes the scope of who looks, and a case somebody may not see does not exist (G7, G39)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from binhyen.audit import actions as audit
from binhyen.audit.holds import held_subjects
from binhyen.cases import reports, watching
from binhyen.cases.clocks import first_due
from binhyen.cases.conflicts import CASE_ROLES, SUPERIOR_ROLES
from binhyen.cases.models import Case, CaseClock, CaseEvent, CaseFile, CaseTask, EventKind
from binhyen.cases.openings import Opening
from binhyen.cases.reports import Report
from binhyen.cases.states import DONE_STATES, OPEN_STATES, CaseState
from binhyen.core import clock
from binhyen.core.errors import NotAllowed
from binhyen.core.text import fold
from binhyen.inbox.models import DutyAlert
from binhyen.units.models import Role
from binhyen.units.scope import Scope

PAGE_SIZE = 50
NEWS_SHOWN_FOR = timedelta(days=30)
"""So long what a reporter adds to a case that is done stands among the open ones, until an officer acts."""
SEARCHED_MOST = 500
"""Cases opened for one search, newest first."""


def cases_for(scope: Scope) -> QuerySet[Case]:
    """Every case the officer may see."""
    own = Q(unit_id__in=scope.units_with(CASE_ROLES), goes_up=False)
    from_below = Q(goes_up=True, unit__parent_id__in=scope.units_with(SUPERIOR_ROLES))
    return (
        Case.objects.filter(own | from_below).exclude(conflicts__officer_id=scope.officer_id).exclude(wrapped_key=b"")
    )


def hidden_subjects(scope: Scope, unit_id: int) -> set[str]:
    """Public ids of cases the officer must not learn of, and of their openings and alarms, for the unit's record (G7).

    Those the officer is set aside in; and, for whoever is of the unit itself, those that went up.
    """
    hidden = Q(conflicts__officer_id=scope.officer_id) | Q(unit_id=unit_id, goes_up=True)
    cases = set(Case.objects.filter(hidden).values_list("public_id", flat=True))
    openings = Opening.objects.filter(case__public_id__in=cases).values_list("public_id", flat=True)
    return cases | set(openings) | set(DutyAlert.objects.filter(subject__in=cases).values_list("public_id", flat=True))


def access_case(scope: Scope, public_id: str) -> Case:
    """The case, when the officer may see it. Raises NotAllowed."""
    case = (
        cases_for(scope)
        .select_related("unit", "unit__parent", "assigned_to", "identity_key")
        .filter(public_id=public_id)
        .first()
    )
    if case is None:
        raise NotAllowed
    return case


def is_commander_of(scope: Scope, case: Case) -> bool:
    """Whether the officer commands the unit that works the case."""
    units = scope.units_with(frozenset({Role.COMMANDER}))
    return case.unit_id in units or (case.goes_up and case.unit.parent_id in units)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list; it holds nothing of the report."""

    case: Case
    clock: CaseClock | None
    has_news: bool = False
    """The reporter wrote or sent something after the last act of an officer."""


_TOLD = (EventKind.ADDITION, EventKind.CONTEST)


def _late(now: datetime) -> Q:
    """Condition on cases: a limit of the unit ran out, and not one that stands still until the reporter answers."""
    over = CaseClock.objects.filter(case=OuterRef("pk"), met_at=None, stopped_at=None, is_information=False)
    stands = Q(is_law=False, case__waits_for_reporter_since__lt=F("due_at"))
    return Q(Exists(over.filter(due_at__lt=now).exclude(stands)), state__in=OPEN_STATES)


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """Open cases of one unit at one moment."""

    open: int
    late: int
    contested: int


def count_cases(scope: Scope, unit_id: int, now: datetime) -> CaseCounts:
    """What a unit works among the cases the officer may see, those that went up to it included; one query."""
    works = Q(unit=unit_id, goes_up=False) | Q(unit__parent=unit_id, goes_up=True)
    counts = (
        cases_for(scope)
        .filter(works)
        .aggregate(
            open=Count("pk", filter=Q(state__in=OPEN_STATES)),
            late=Count("pk", filter=_late(now)),
            contested=Count("pk", filter=Q(state=CaseState.CONTESTED)),
        )
    )
    return CaseCounts(**counts)


VIEWS = ("open", "late", "mine", "unassigned", "contested", "done", "held")


def list_cases(scope: Scope, view: str, page: int = 0) -> list[CaseRow]:
    """A page of the list, urgent first, then by age; one more than `PAGE_SIZE` when there is another page.

    Never by who reported: nothing here knows it (G31).
    """
    found = cases_for(scope)
    match view:
        case "mine":
            found = found.filter(assigned_to=scope.officer_id, state__in=OPEN_STATES)
        case "unassigned":
            found = found.filter(assigned_to=None, state__in=OPEN_STATES)
        case "late":
            found = found.filter(_late(clock.now()))
        case "contested":
            found = found.filter(state=CaseState.CONTESTED)
        case "held":
            found = found.filter(public_id__in=held_subjects())
        case "done":
            found = found.filter(state__in=DONE_STATES)
        case _:
            found = _with_last(found).filter(Q(state__in=OPEN_STATES) | _news_after_the_end())
    found = found.order_by("-received_at") if view == "done" else found.order_by("-is_urgent", "received_at")
    return _rows(found[page * PAGE_SIZE : page * PAGE_SIZE + PAGE_SIZE + 1])


def _rows(found: QuerySet[Case]) -> list[CaseRow]:
    running = Prefetch("clocks", CaseClock.objects.filter(met_at=None, stopped_at=None), to_attr="running_clocks")
    rows = (
        found.select_related("unit", "assigned_to").defer("sealed_report", "sealed_identity").prefetch_related(running)
    )
    return [
        CaseRow(case, first_due(case.running_clocks), (case.last_told or 0) > (case.last_done or 0))
        for case in _with_last(rows)
    ]


def _with_last(rows: QuerySet[Case]) -> QuerySet[Any]:
    """With the keys of the last line the reporter added and of the last act of an officer."""
    events = CaseEvent.objects.filter(case=OuterRef("pk")).order_by("-id").values("id")
    return rows.annotate(
        last_told=Subquery(events.filter(kind__in=_TOLD)[:1]), last_done=Subquery(events.exclude(officer=None)[:1])
    )


def _news_after_the_end() -> Q:
    """The reporter wrote to a case that is done, and no officer has acted since."""
    return Q(state__in=DONE_STATES, changed_at__gt=clock.now() - NEWS_SHOWN_FOR, last_told__gt=F("last_done"))


def search(scope: Scope, words: str) -> tuple[list[CaseRow], bool]:
    """Cases whose report holds every word, marks ignored, and whether older ones were left unread.

    Reports are opened one by one, in memory, and forgotten: there is no index that could leak (ADR 14). The audit
    row says how many were opened, never for which words.
    """
    wanted = fold(words).split()[:8]
    if not wanted:
        return [], False
    if len(wanted) == 1 and wanted[0].isdecimal():
        return _rows(cases_for(scope).filter(number=int(wanted[0][:15]))[:PAGE_SIZE]), False
    opened = list(
        cases_for(scope)
        .order_by("-received_at")
        .only("pk", "public_id", "unit_id", "wrapped_key", "sealed_report")[: SEARCHED_MOST + 1]
    )
    for unit_id in sorted({case.unit_id for case in opened}):
        count = sum(case.unit_id == unit_id for case in opened[:SEARCHED_MOST])
        audit.record(unit_id, "case.searched", actor_key=scope.officer_id, facts={"opened": count})
    hits = [case.pk for case in opened[:SEARCHED_MOST] if _holds(case, wanted)]
    found = cases_for(scope).filter(pk__in=hits[:PAGE_SIZE]).order_by("-received_at")
    return _rows(found), len(opened) > SEARCHED_MOST


def _holds(case: Case, wanted: list[str]) -> bool:
    report = reports.report_in(case, reports.key_of(case))
    found = fold(f"{report.text} {report.place} {report.area}")
    return all(word in found for word in wanted)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history, opened."""

    event: CaseEvent
    text: str


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case as the officer reads it."""

    case: Case
    report: Report
    lines: list[Line]
    clocks: list[CaseClock]
    files: list[CaseFile]
    tasks: list[tuple[CaseTask, str]]
    set_aside_ids: list[int]
    parts: list[Case]


def read_case(scope: Scope, case: Case) -> OpenCase:
    """Open a case for reading: the audit row is written before anything is shown (G16)."""
    key = reports.key_of(case)
    report = reports.report_in(case, key)
    watching.note_read(scope, case, report)
    events = _lines_for(scope, case)
    for event in events:
        event.case = case
    tasks = list(case.tasks.order_by("id"))
    return OpenCase(
        case=case,
        report=report,
        lines=[Line(event, reports.event_text(event, key)) for event in events],
        clocks=list(case.clocks.order_by("due_at")),
        files=list(case.files.select_related("shown", "original").order_by("id")),
        tasks=[(task, reports.words_in(case, key, bytes(task.sealed_text), "task")) for task in tasks],
        set_aside_ids=list(case.conflicts.values_list("officer_id", flat=True)),
        parts=list(cases_for(scope).filter(split_from=case).order_by("number")),
    )


def _lines_for(scope: Scope, case: Case) -> list[CaseEvent]:
    """The history, without the lines that name another case the officer is kept from (G7)."""
    events = list(case.events.select_related("officer").order_by("id"))
    named = {event.facts.get("with") for event in events if event.kind == EventKind.INCIDENT} - {None}
    if not named:
        return events
    kept = Case.objects.filter(unit_id=case.unit_id, number__in=named).exclude(wrapped_key=b"")
    hidden = set(kept.exclude(pk__in=cases_for(scope).values("pk")).values_list("number", flat=True))
    return [event for event in events if event.facts.get("with") not in hidden]


def whole_of(scope: Scope, case: Case) -> Case | None:
    """The case this one is a part of, where the officer may see it."""
    return cases_for(scope).filter(pk=case.split_from_id).first() if case.split_from_id else None


def access_file(scope: Scope, public_id: str) -> CaseFile:
    """A file of a case the officer may see. Raises NotAllowed."""
    found = CaseFile.objects.filter(public_id=public_id, case__in=cases_for(scope))
    file = found.select_related("case", "case__unit", "shown", "original").first()
    if file is None:
        raise NotAllowed
    return file


def last_state_change(case: Case) -> datetime:
    """When the case came into its present state."""
    event = case.events.filter(kind=EventKind.STATE).order_by("-id").first()
    return event.at if event else case.received_at
