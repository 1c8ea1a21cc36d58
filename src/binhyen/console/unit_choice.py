"""How an officer goes to another unit: a list of few ones, a search by name where a commander has thousands."""

from typing import Any

from binhyen.console.access import ConsoleRequest
from binhyen.units import queries as unit_queries
from binhyen.units.models import Role

MOST_LISTED = 60
"""Units in the list; of more, one is found by its name."""


def unit_choice(request: ConsoleRequest, roles: frozenset[Role]) -> dict[str, Any]:
    """What the template `console/unit_choice.html` shows; it takes `unit`, and `period` where the page has one."""
    scope, words = request.officer_scope, request.GET.get("q", "").strip()[:80]
    are_few = len(scope.units_with(roles)) <= MOST_LISTED
    return {
        "units": unit_queries.units_for(scope, roles) if are_few else [],
        "searches": not are_few,
        "words": words,
        "matches": unit_queries.units_named(scope, roles, words) if words else [],
    }
