"""New reports are compared with the unit's open ones, opened one by one in memory; only the pair is kept (ADR 17)."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction

from binhyen.cases import reports
from binhyen.cases.incidents.models import ComparisonDue, IncidentSuggestion
from binhyen.cases.models import Case
from binhyen.cases.states import OPEN_STATES
from binhyen.core import clock
from binhyen.language.report_matching import SUGGEST_FROM, Report, alike, read_report

MOST_AT_ONCE = 50
COMPARED_WITH = 200
"""Open cases of the unit a new report is compared with, the newest first."""
LOOKS_BACK = timedelta(days=7)
MOST_SUGGESTED = 5
"""Suggestions kept for a new report, the most alike first."""


def compare_waiting() -> list[Case]:
    """Compare reports that have just come in, at most MOST_AT_ONCE; those cases.

    Nothing of any case changes (G27). Two workers may do the same work; the pair is kept once.
    """
    due = list(ComparisonDue.objects.select_related("case").order_by("pk")[:MOST_AT_ONCE])
    fresh = [row.case for row in due if row.case.wrapped_key]
    made_at = clock.now()
    found = [
        IncidentSuggestion(case=late, other=early, alike_percent=min(100, round(score * 100)), made_at=made_at)
        for unit_id in sorted({case.unit_id for case in fresh})
        for late, early, score in _alike_pairs([case for case in fresh if case.unit_id == unit_id])
    ]
    if due:
        with transaction.atomic():
            IncidentSuggestion.objects.bulk_create(found, ignore_conflicts=True)
            ComparisonDue.objects.filter(pk__in=[row.pk for row in due]).delete()
    return fresh


def told_in(case: Case) -> str:
    """What a report tells for comparing: words, place and hamlet."""
    return _told(reports.report_in(case, reports.key_of(case)))


def _told(report: reports.Report) -> str:
    return "\n".join(part for part in (report.text, report.place, report.area) if part)


def _alike_pairs(fresh: Sequence[Case]) -> Iterable[tuple[Case, Case, float]]:
    """The pairs of one unit to suggest, as (later, earlier, likeness)."""
    read: dict[int, Report] = {}
    known: list[Case] = []
    for case in _candidates(fresh):
        if report := reports.readable_report(case):
            read[case.pk] = read_report(_told(report))
            known.append(case)
    wanted = {case.pk for case in fresh}
    for late in known:
        if late.pk not in wanted:
            continue
        scored = [(_likeness(late, early, read), early) for early in known if _may_be_one(late, early)]
        best = sorted(scored, key=lambda pair: -pair[0])[:MOST_SUGGESTED]
        yield from ((late, early, score) for score, early in best if score >= SUGGEST_FROM)


def _candidates(fresh: Sequence[Case]) -> list[Case]:
    since = clock.now() - LOOKS_BACK
    rows = Case.objects.filter(unit_id=fresh[0].unit_id, received_at__gte=since, state__in=OPEN_STATES)
    rows = rows.exclude(wrapped_key=b"").defer("sealed_identity").order_by("-received_at", "-pk")[:COMPARED_WITH]
    known = {case.pk: case for case in rows} | {case.pk: case for case in fresh if case.received_at >= since}
    return list(known.values())


def _may_be_one(late: Case, early: Case) -> bool:
    """Earlier, worked at the same place, and not the same report in parts."""
    if (early.received_at, early.pk) >= (late.received_at, late.pk) or early.goes_up != late.goes_up:
        return False
    family = {early.pk, early.split_from_id, late.pk, late.split_from_id} - {None}
    return len(family) == 2 + bool(early.split_from_id) + bool(late.split_from_id)


def _likeness(late: Case, early: Case, read: dict[int, Report]) -> float:
    minutes = (late.received_at - early.received_at).total_seconds() / 60
    return alike(read[early.pk], read[late.pk], minutes)
