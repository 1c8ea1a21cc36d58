"""Clocks of a case: opened by the rules of the law file, met, paused, never moved in silence (G57, G58)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from binhyen.cases.models import Case, CaseClock
from binhyen.cases.rules import paused_end
from binhyen.core.clock import VIETNAM
from binhyen.core.conditions import Fact
from binhyen.core.deadlines import Deadline, applies, deadline
from binhyen.core.law import Rule, rule_in_force, rule_version, rules_for
from binhyen.core.many_rows import insert_rows
from binhyen.core.working_time import local_day
from binhyen.units.calendars import calendar_of, is_remote_area

MET_BY: Mapping[str, tuple[str, ...]] = {
    "see": ("crime.first_look", "feedback.first_look"),
    "verify": ("contest.first_look",),
    "transfer": ("crime.transfer", "feedback.forward", "contest.first_look"),
    "acknowledged": ("crime.followup_ping",),
    "answer": ("feedback.answer", "contest.first_look"),
    "close": ("feedback.answer", "contest.first_look"),
    "close_without_result": ("feedback.answer", "contest.first_look"),
    "called": ("crime.urgent_call",),
}
"""Which clocks an act satisfies."""
LOOKED_AT = frozenset(MET_BY["see"])
"""Clocks of the first look: nobody owes it again when the same matter is taken up anew."""
_AGAIN = "Vụ việc được mở lại, nên hạn này tính lại từ lúc mở lại."
_MOVED = "Hạn này đã được dời hoặc tạm dừng; lý do ghi trong diễn biến. Hạn hiện nay: {due}."
_KEPT = "Ngày làm việc của đơn vị thay đổi sau khi hạn được ghi; hạn đã ghi vẫn giữ: {due}."


def start_clocks(case: Case, starts_on: str, at: datetime, facts: Mapping[str, Fact]) -> list[CaseClock]:
    """Open every clock of the case's kind that begins with `starts_on`; one that already runs stays as it is."""
    known = set(running(case).values_list("rule_id", flat=True))
    rows = [row for row in new_clocks(case, starts_on, at, facts) if row.rule_id not in known]
    insert_rows(rows)
    return rows


def start_again(case: Case, at: datetime, facts: Mapping[str, Fact]) -> None:
    """The matter is open again: what has to be done in it has a limit again, counted from now."""
    known = LOOKED_AT | set(running(case).values_list("rule_id", flat=True))
    insert_rows([row for row in new_clocks(case, "received", at, facts) if row.rule_id not in known])


def change_clocks(case: Case, at: datetime, facts: Mapping[str, Fact]) -> None:
    """The case is of another kind: what no longer applies stops, what applies to both goes on or runs again.

    Clocks of the new kind count from receipt.
    """
    lasting = {rule.id for rule in rules_for(case.kind, local_day(case.received_at))}
    running(case).filter(due_at__gt=at).exclude(rule_id__in=lasting).update(stopped_at=at)
    known = set(case.clocks.values_list("rule_id", "starts_at"))
    runs = set(running(case).values_list("rule_id", flat=True))
    wanted = [row for row in new_clocks(case, "received", case.received_at, facts) if row.rule_id not in runs]
    again = [row.rule_id for row in wanted if (row.rule_id, row.starts_at) in known]
    case.clocks.filter(rule_id__in=again, starts_at=case.received_at).update(stopped_at=None)
    insert_rows([row for row in wanted if row.rule_id not in again])


def new_clocks(case: Case, starts_on: str, at: datetime, facts: Mapping[str, Fact]) -> list[CaseClock]:
    """Every clock of the case's kind that begins with `starts_on`, not stored yet."""
    return [
        _clock(case, rule, at, facts)
        for rule in rules_for(case.kind, local_day(at))
        if rule.starts_on == starts_on and rule.owner != "system" and applies(rule, facts)
    ]


def start_one(case: Case, rule_id: str, at: datetime, facts: Mapping[str, Fact]) -> CaseClock:
    """Open one clock that begins only when somebody finds out that it applies."""
    row = _clock(case, rule_in_force(rule_id, local_day(at)), at, facts)
    row.save(force_insert=True)
    return row


def _clock(case: Case, rule: Rule, at: datetime, facts: Mapping[str, Fact]) -> CaseClock:
    end = _end(case.unit_id, rule, at, facts)
    return CaseClock(
        case=case,
        rule_id=rule.id,
        rule_version=rule.version,
        is_law=rule.confidence != "P",
        is_information=rule.is_informational or rule.owner != "unit",
        starts_at=at,
        first_due_at=end.target_at,
        due_at=end.target_at,
    )


def _end(unit_id: int, rule: Rule, at: datetime, facts: Mapping[str, Fact]) -> Deadline:
    """By the unit's own working days, and longer where the law gives remote areas more time."""
    told = {**facts, "unit.remote_area": is_remote_area(unit_id)}
    return deadline(rule, at, facts=told, calendar=calendar_of(unit_id))


def explained(row: CaseClock, case: Case) -> str:
    """Why the clock of the case ends when it does, in Vietnamese, with rule id and version (G57)."""
    rule = rule_version(row.rule_id, row.rule_version)
    end = _end(case.unit_id, rule, row.starts_at, {})
    is_again = rule.starts_on == "received" and row.starts_at > case.received_at
    why = {_AGAIN: is_again, _MOVED: row.due_at != row.first_due_at, _KEPT: end.target_at != row.first_due_at}
    due = f"{row.due_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    return " ".join([end.explanation, *(words.format(due=due) for words, holds in why.items() if holds)])


def meet(case: Case, act: str, at: datetime) -> int:
    """Mark what `act` satisfies as met; the number of clocks. A late one stays late, and none is that stood still."""
    wanted = MET_BY.get(act, ())
    if not wanted:
        return 0
    rows = running(case).filter(rule_id__in=wanted)
    _give_time_back(case, rows, at)
    return rows.update(met_at=at)


def stop_all(case: Case, at: datetime) -> int:
    """The case is done: what still runs and is not yet due stops; what is overdue stays overdue (G58)."""
    return running(case).filter(due_at__gt=at).update(stopped_at=at)


def resume(case: Case, at: datetime) -> None:
    """The waiting is over: promises of the unit get the time of it back; limits of the law do not.

    The caller holds the row.
    """
    if case.waits_for_reporter_since is None:
        return
    _give_time_back(case, running(case), at)
    case.waits_for_reporter_since = None
    case.save(update_fields=["waits_for_reporter_since"])


def _give_time_back(case: Case, clocks: QuerySet[CaseClock], at: datetime) -> None:
    since = case.waits_for_reporter_since
    if since is None:
        return
    rows = [row for row in clocks.filter(is_law=False) if row.due_at > since]
    for row in rows:
        row.due_at = paused_end(row.due_at, since, at)
        if (owed_at := row.waited_due_at or row.first_due_at) > since:
            row.waited_due_at = paused_end(owed_at, since, at)
    CaseClock.objects.bulk_update(rows, ["due_at", "waited_due_at"])


def is_paused(row: CaseClock, waits_since: datetime | None) -> bool:
    """Whether a running promise of the unit stands still while the reporter is asked."""
    return waits_since is not None and not row.is_law and not row.is_information and row.due_at > waits_since


def running(case: Case) -> QuerySet[CaseClock]:
    """Clocks neither met nor stopped."""
    return CaseClock.objects.filter(case=case, met_at=None, stopped_at=None)


def first_due(clocks: Iterable[CaseClock]) -> CaseClock | None:
    """The clock that ends first among those the unit itself has to keep."""
    own = [row for row in clocks if row.met_at is None and row.stopped_at is None and not row.is_information]
    return min(own, key=lambda row: row.due_at, default=None)
