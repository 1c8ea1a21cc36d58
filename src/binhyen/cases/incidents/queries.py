"""What a case page shows of other reports about the same event: reasons are worked out while it is read."""

from dataclasses import dataclass

from django.db.models import Q

from binhyen.cases.incidents.actions import UNDO_WITHIN
from binhyen.cases.incidents.comparing import MOST_SUGGESTED, told_in
from binhyen.cases.incidents.models import IncidentMember, IncidentSuggestion
from binhyen.cases.models import Case
from binhyen.cases.queries import cases_for
from binhyen.core import clock
from binhyen.language.likeness import Likeness, likeness_of
from binhyen.units.scope import Scope


@dataclass(frozen=True, slots=True)
class Suggested:
    """Another report that may tell of the same event, and why; the words stand in the case that is open anyway."""

    other: Case
    alike_percent: int
    minutes_apart: int
    why: Likeness


@dataclass(frozen=True, slots=True)
class Together:
    """The incident of a case."""

    others: list[Case]
    """Those the officer may see, by number; that there are more is not said, it would tell of a conflict (G7)."""
    may_undo: bool


def suggestions_for(scope: Scope, case: Case) -> list[Suggested]:
    """Open suggestions, the most alike first; one query, and each other report is opened in memory alone."""
    mine = cases_for(scope)
    rows = IncidentSuggestion.objects.filter(Q(case=case) | Q(other=case), refused_at=None, case__in=mine)
    rows = rows.filter(other__in=mine).exclude(_together(case)).select_related("case", "other")
    found = list(rows.order_by("-alike_percent", "pk")[:MOST_SUGGESTED])
    text = told_in(case) if found else ""
    return [_suggested(case, row, text) for row in found]


def _together(case: Case) -> Q:
    """Both are in one incident already."""
    incident = IncidentMember.objects.filter(case=case).values("incident")
    return Q(case__incident_member__incident__in=incident, other__incident_member__incident__in=incident)


def _suggested(case: Case, row: IncidentSuggestion, text: str) -> Suggested:
    other = row.other if row.case_id == case.pk else row.case
    minutes = abs((case.received_at - other.received_at).total_seconds()) / 60
    return Suggested(other, row.alike_percent, round(minutes), likeness_of(text, told_in(other)))


def together_with(scope: Scope, case: Case) -> Together | None:
    """The incident of the case, None for one that stands alone for this officer; two queries."""
    rows = list(IncidentMember.objects.filter(incident__members__case=case).select_related("case").order_by("case"))
    mine = next((row for row in rows if row.case_id == case.pk), None)
    if mine is None:
        return None
    seen = set(cases_for(scope).filter(pk__in=[row.case_id for row in rows]).values_list("pk", flat=True))
    others = [row.case for row in rows if row.case_id in seen and row.case_id != case.pk]
    return Together(others, clock.now() - mine.joined_at <= UNDO_WITHIN) if others else None
