"""What the reporter sees and may do with the receipt code; the own text only with the second secret."""

import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from binhyen.cases import clocks, conflicts, files_of_case, history, pieces, reports
from binhyen.cases.actions import change_state, checked_text
from binhyen.cases.grounds import GROUNDS
from binhyen.cases.models import Case, CaseClock, CaseEvent, CaseRoute, EventKind
from binhyen.cases.openings import OpeningPurpose, OpeningState
from binhyen.cases.reports import Report
from binhyen.cases.rules import may_contest
from binhyen.cases.states import CaseState
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.vault import receipts

OPENED = (OpeningState.OPEN, OpeningState.ENDED)
SHORTEST_SECRET = 6


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """One thing that happened, as the reporter reads it."""

    kind: str
    state: str
    text: str
    at: datetime
    facts: dict[str, str | int]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class FollowedOpening:
    """The identity was opened."""

    opened_at: datetime
    ground: str


@dataclass(frozen=True, slots=True)
class FollowedDue:
    """Until when something is promised."""

    rule_id: str
    due_at: datetime
    is_overdue: bool
    why: str
    """How it was counted, in Vietnamese (G57)."""


@dataclass(frozen=True, slots=True)
class FollowedCase:
    """A report behind its code."""

    case: Case
    lines: list[FollowedLine]
    openings: list[FollowedOpening]
    due: list[FollowedDue]
    is_named: bool
    may_contest: bool
    waits_for_me: bool
    has_second_secret: bool
    file_count: int
    arrived_files: int
    """Whole files that came in pieces and wait until send is pressed."""
    unfinished_files: int
    onward_unit: str
    """Unit on this server that works it now, "" when it is the one written to."""


def case_behind(receipt_hash: str) -> Case | None:
    """The case of a receipt, by the hash of its code; an erased one is gone."""
    found = Case.objects.select_related("unit", "identity_key").filter(receipt_hash=receipt_hash)
    return found.exclude(wrapped_key=b"").first()


def follow(case: Case) -> FollowedCase:
    """Everything the reporter may see; the report's own text is not in it."""
    now = clock.now()
    chain = chain_of(case)
    lines = sorted((line for one in chain for line in _lines(one)), key=lambda line: line.at)
    last = chain[-1]
    running = clocks.running(last).filter(is_information=False).order_by("due_at")
    return FollowedCase(
        case=last,
        lines=lines,
        openings=_openings(chain),
        due=[
            FollowedDue(row.rule_id, row.due_at, _is_overdue(last, row, now), clocks.explained(row, last))
            for row in running
        ],
        is_named=bool(case.sealed_identity),
        may_contest=may_contest(last.closed_at, now),
        waits_for_me=last.waits_for_reporter_since is not None,
        has_second_secret=bool(case.second_secret_hash),
        file_count=case.files.count(),
        arrived_files=pieces.count_whole(last),
        unfinished_files=pieces.count_unfinished(last),
        onward_unit=last.unit.name if last.unit_id != case.unit_id else "",
    )


def _is_overdue(case: Case, row: CaseClock, now: datetime) -> bool:
    return row.due_at < now and not clocks.is_paused(row, case.waits_for_reporter_since)


def chain_of(case: Case) -> list[Case]:
    """The case and where it went on this server, in order."""
    chain, alive = [case], Case.objects.select_related("unit").exclude(wrapped_key=b"")
    while onward := alive.filter(transferred_from=chain[-1]).first():
        chain.append(onward)
    return chain


def written_to(case: Case) -> Case:
    """The case as it was sent, before it went on to other units of this server."""
    while case.transferred_from is not None:
        case = case.transferred_from
    return case


def everything_of(case: Case) -> list[Case]:
    """All that holds words of one report: the case, where it went on this server, and the parts of each."""
    chain = chain_of(case)
    return [*chain, *Case.objects.filter(split_from__in=chain).exclude(wrapped_key=b"").select_related("unit")]


def _lines(case: Case) -> list[FollowedLine]:
    key = reports.key_of(case)
    rows = list(CaseEvent.objects.filter(case=case, is_for_reporter=True).order_by("id"))
    for row in rows:
        row.case = case
    return [
        FollowedLine(
            kind=row.kind,
            state=row.state,
            text="" if row.kind in (EventKind.ADDITION, EventKind.CONTEST) else reports.event_text(row, key),
            at=row.at,
            facts=row.facts,
            is_mine=row.kind in (EventKind.ADDITION, EventKind.CONTEST),
        )
        for row in rows
    ]


def _openings(chain: list[Case]) -> list[FollowedOpening]:
    today = clock.today()
    return [
        FollowedOpening(row.opened_at, GROUNDS[row.ground].for_reporter)
        for case in chain
        for row in case.openings.filter(purpose=OpeningPurpose.IDENTITY, state__in=OPENED).order_by("id")
        if row.opened_at and (row.delayed_until is None or row.delayed_until <= today)
    ]


def worked_now(case: Case) -> Case:
    """The case that is worked now: the one written to, or where it went on this server."""
    return chain_of(case)[-1]


def add(
    case: Case, text: str, contents: Sequence[bytes], *, is_about_unit: bool = False, is_danger: bool = False
) -> None:
    """Words and files the reporter adds, all of it or nothing; an open question is answered with it.

    Whole files that came in pieces go along. `is_about_unit`: the reporter says that it is about officers of the unit,
    so the superior unit works it from now on. `is_danger`: the words sound like danger, so it rings (G55).
    Raises NotPossible: answer_missing (neither words nor files),
    text_too_long, and as `files_of_case.prepare_all`.
    """
    with _locked_with_files(case, contents) as last:
        files = len(contents) + pieces.join_whole(last)
        if not files or clean(text):
            text = checked_text(text)
        conflicts.set_aside_by_words(last, text)
        if is_about_unit:
            conflicts.send_up(last)
        facts = {"files": files} if files else {}
        history.append(last, EventKind.ADDITION, officer_id=None, text=text, facts=facts, is_for_reporter=True)
        clocks.resume(last, clock.now())
        if is_danger:
            _ring(last)


def contest(
    case: Case, text: str, contents: Sequence[bytes] = (), *, is_about_unit: bool = False, is_danger: bool = False
) -> None:
    """The reporter says that it is not done: up to the commander, away from the officer who closed it.

    Arguments as `add`. Raises NotPossible: contest_late, answer_missing, text_too_long, and as
    `files_of_case.prepare_all`.
    """
    with _locked_with_files(case, contents) as last:
        if not may_contest(last.closed_at, clock.now()):
            raise NotPossible("contest_late")
        text = checked_text(text)
        files = len(contents) + pieces.join_whole(last)
        facts = {"files": files} if files else {}
        conflicts.set_aside_by_words(last, text)
        closing = last.events.filter(kind=EventKind.STATE).exclude(officer=None).order_by("-id").first()
        change_state(last, "contest", CaseState.CONTESTED, officer_id=None)
        history.append(last, EventKind.CONTEST, officer_id=None, text=text, facts=facts, is_for_reporter=True)
        clocks.start_clocks(last, "contested", clock.now(), {})
        last.assigned_to = None
        last.save(update_fields=["assigned_to"])
        if closing and closing.officer_id:
            conflicts.set_aside_after_contest(last, closing.officer_id)
        if is_about_unit:
            conflicts.send_up(last)
        if is_danger:
            _ring(last)


def _ring(case: Case) -> None:
    case.is_urgent = True
    case.save(update_fields=["is_urgent"])
    conflicts.ring_for(case)


@contextmanager
def _locked_with_files(case: Case, contents: Sequence[bytes]) -> Iterator[Case]:
    """The case worked now, locked, with new files on it; they are taken back when anything is refused."""
    last = worked_now(case)
    prepared = files_of_case.prepare_all(last, contents)
    with transaction.atomic():
        try:
            held = locked(last)
            files_of_case.keep(prepared, held)
            yield held
        except BaseException:  # not around the commit: one that broke off may have been done
            files_of_case.discard(prepared)
            raise


def locked(case: Case) -> Case:
    """The row as it is now, held until the caller's transaction ends."""
    return Case.objects.select_for_update(of=("self",)).select_related("unit", "identity_key").get(pk=case.pk)


def secret_hash(code_token: str, secret: str) -> str:
    """What is kept of a second secret: a slow hash with the form's code. Raises NotPossible("secret_short")."""
    secret = clean(secret).casefold()
    if len(secret) < SHORTEST_SECRET:
        raise NotPossible("secret_short", characters=SHORTEST_SECRET)
    return receipts.hashed(f"{receipts.new_code(code_token)}:{secret}")


def reread(case: Case, code: str, secret: str) -> Report:
    """The own text, for who knows code and second secret. Raises NotPossible("secret_wrong")."""
    given = receipts.hashed(f"{code}:{clean(secret).casefold()}")
    if not case.second_secret_hash or not hmac.compare_digest(given, case.second_secret_hash):
        raise NotPossible("secret_wrong")
    return reports.report_in(case, reports.key_of(case))


@transaction.atomic
def cut_route(case: Case) -> bool:
    """Destroy the way back to a reporter of Zalo; whether there was one. The code goes on working."""
    if not CaseRoute.objects.filter(case=case).delete()[0]:
        return False
    history.append(case, EventKind.ROUTE, officer_id=None, facts={"cut": 1}, is_for_reporter=True)
    return True
