"""Keeping a filter under a name, for oneself or the whole unit."""

from django.db import IntegrityError, transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import clean
from binhyen.inbox.filters.rules import QueueFilter, View
from binhyen.inbox.models import SavedFilter
from binhyen.units.models import Unit
from binhyen.units.scope import CONVERSATION_ROLES, Scope

MOST_FILTERS = 30
"""Of one officer in one unit."""


def save_filter(
    scope: Scope, unit: Unit, name: str, view: View, narrowed: QueueFilter, *, is_shared: bool
) -> SavedFilter:
    """Keep view and filter; search words are never kept. Raises NotPossible: filter_name, filter_twice, filter_many."""
    scope.check(unit.pk, CONVERSATION_ROLES)
    name = clean(name)[:60]
    if not name:
        raise NotPossible("filter_name")
    own = SavedFilter.objects.filter(unit=unit, officer_id=scope.officer_id)
    if own.count() >= MOST_FILTERS:
        raise NotPossible("filter_many", most=MOST_FILTERS)
    try:
        with transaction.atomic():
            saved = SavedFilter.objects.create(
                unit=unit,
                officer_id=scope.officer_id,
                name=name,
                query=narrowed.query(view=view.value),
                is_shared=is_shared,
                created_at=clock.now(),
            )
            audit.record(unit.pk, "filter.saved", actor_key=scope.officer_id, subject=saved.public_id)
    except IntegrityError as error:
        raise NotPossible("filter_twice") from error
    return saved


@transaction.atomic
def remove_filter(scope: Scope, public_id: str) -> None:
    """Only who made it removes it. Raises NotAllowed."""
    units = scope.units_with(CONVERSATION_ROLES)
    found = SavedFilter.objects.filter(public_id=public_id, officer_id=scope.officer_id, unit_id__in=units).first()
    if found is None:
        raise NotAllowed
    audit.record(found.unit_id, "filter.removed", actor_key=scope.officer_id, subject=found.public_id)
    found.delete()
