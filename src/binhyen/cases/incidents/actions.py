"""An officer merges reports of one event and takes them apart again; no state, clock or answer changes by it."""

from datetime import timedelta

from django.db import transaction

from binhyen.cases import history
from binhyen.cases.actions import lock_case
from binhyen.cases.incidents.models import Incident, IncidentMember, IncidentSuggestion
from binhyen.cases.models import Case, EventKind
from binhyen.cases.queries import cases_for
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.units.scope import Scope

UNDO_WITHIN = timedelta(days=7)


@transaction.atomic
def merge(scope: Scope, case: Case, other_number: int) -> Incident:
    """Note that the case and the one with this number tell of one event; what either was merged with comes along.

    Raises NotPossible: incident_unknown (no such case the officer may see), incident_together.
    """
    other = cases_for(scope).filter(unit_id=case.unit_id, number=other_number).exclude(pk=case.pk).first()
    if other is None:
        raise NotPossible("incident_unknown", number=other_number)
    pair = [lock_case(scope, one) for one in sorted((case, other), key=lambda one: one.pk)]
    members = {row.case_id: row for row in IncidentMember.objects.select_related("incident").filter(case__in=pair)}
    incidents = {row.incident_id: row.incident for row in members.values()}
    if len(members) == 2 and len(incidents) == 1:
        raise NotPossible("incident_together")
    now = clock.now()
    kept = incidents[min(incidents)] if incidents else Incident.objects.create(unit_id=case.unit_id, made_at=now)
    for gone in [one for key, one in incidents.items() if key != kept.pk]:
        IncidentMember.objects.filter(incident=gone).update(incident=kept, joined_at=now, joined_by=scope.officer_id)
        gone.delete()
    for one in pair:
        if one.pk not in members:
            IncidentMember.objects.create(incident=kept, case=one, joined_at=now, joined_by_id=scope.officer_id)
        with_number = pair[0].number if one is pair[1] else pair[1].number
        facts: dict[str, str | int] = {"act": "merged", "with": with_number}
        history.append(one, EventKind.INCIDENT, officer_id=scope.officer_id, facts=facts)
    return kept


@transaction.atomic
def take_out(scope: Scope, case: Case) -> None:
    """The case stands for itself again; a last one alone is no incident.

    Raises NotPossible: incident_none, incident_undo_late(days).
    """
    case = lock_case(scope, case)
    member = IncidentMember.objects.select_related("incident").filter(case=case).first()
    if member is None:
        raise NotPossible("incident_none")
    if clock.now() - member.joined_at > UNDO_WITHIN:
        raise NotPossible("incident_undo_late", days=UNDO_WITHIN.days)
    incident = member.incident
    member.delete()
    history.append(case, EventKind.INCIDENT, officer_id=scope.officer_id, facts={"act": "taken_out"})
    if incident.members.count() < 2:
        incident.delete()


@transaction.atomic
def refuse(scope: Scope, case: Case, other_number: int) -> None:
    """These are two events: the suggestion is not shown again. Raises NotPossible("incident_unknown")."""
    case = lock_case(scope, case)
    other = cases_for(scope).filter(unit_id=case.unit_id, number=other_number).first()
    pairs = IncidentSuggestion.objects.filter(case__in=[case, other], other__in=[case, other], refused_at=None)
    if other is None or not pairs.update(refused_at=clock.now(), refused_by_id=scope.officer_id):
        raise NotPossible("incident_unknown", number=other_number)
    facts: dict[str, str | int] = {"act": "refused", "with": other.number}
    history.append(case, EventKind.INCIDENT, officer_id=scope.officer_id, facts=facts)
