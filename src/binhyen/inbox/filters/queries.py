"""Filters an officer may use: the own ones and those shared in the unit."""

from django.db.models import Q

from binhyen.inbox.models import SavedFilter
from binhyen.units.scope import CONVERSATION_ROLES, Scope


def filters_for(scope: Scope) -> list[SavedFilter]:
    """Own filters first, then shared ones, by name."""
    mine = Q(officer_id=scope.officer_id)
    found = SavedFilter.objects.filter(mine | Q(is_shared=True), unit_id__in=scope.units_with(CONVERSATION_ROLES))
    rows = found.select_related("unit", "officer").order_by("name", "pk")
    return sorted(rows, key=lambda saved: saved.officer_id != scope.officer_id)
