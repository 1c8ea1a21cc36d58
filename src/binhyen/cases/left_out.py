"""Files on their way into a case that did not come along: its history says so to the officers and to the reporter."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from binhyen.cases import following, history
from binhyen.cases.models import Case, CaseEvent, EventKind


def note_left_out(case: Case, left_out: Mapping[str, int]) -> None:
    """One line for each reason: its code, and how many files. Written where the case is worked now."""
    if not left_out:
        return
    with transaction.atomic(savepoint=False):
        locked = following.locked(following.worked_now(case))
        for code, files in left_out.items():
            facts: dict[str, str | int] = {"why": code, "files": files}
            history.append(locked, EventKind.LEFT_OUT, officer_id=None, facts=facts, is_for_reporter=True)


def left_out_of_case(case: Case) -> dict[str, int]:
    """How many files did not come along, by the reason's code."""
    counts = Counter[str]()
    for facts in _lines(case).values_list("facts", flat=True):
        counts[str(facts["why"])] += int(facts["files"])
    return dict(counts)


def was_noted_since(case: Case, moment: datetime) -> bool:
    """Whether the history has said so of another file since then."""
    return _lines(case).filter(at__gte=moment).exists()


def _lines(case: Case) -> "QuerySet[CaseEvent]":
    chain = following.chain_of(case)
    return CaseEvent.objects.filter(case__in=chain, kind=EventKind.LEFT_OUT).order_by("id")
