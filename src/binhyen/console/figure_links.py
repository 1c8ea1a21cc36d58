"""Where a figure leads: to what it counts, for those who may see that."""

from django.urls import reverse

from binhyen.console.sections import SECTIONS
from binhyen.statistics.queries import Overview
from binhyen.units.scope import Scope

PAGES: dict[str, tuple[str, ...]] = {
    "inbox": (
        *("messages_in", "questions_answered", "answered_by_machine", "answered_by_officer"),
        *("answered_at_desk", "first_answer", "waiting", "waiting_long"),
    ),
    "cases": (
        *("reports_received", "reports_transferred", "reports_solved", "reports_contested"),
        *("limits_kept", "limits_missed"),
    ),
    "conduct": ("ratings", "ratings_sum"),
    "posts": ("posts", "views", "shares"),
    "groups": (
        *("groups", "internal_groups", "members", "internal_members", "households_reached"),
        *("households", "inhabitants", "areas", "qr_scans"),
    ),
    "lost-found": ("found_returned", "return_time"),
    "procedures": ("own_procedures", "form_downloads"),
    "settings": ("pages", "verified_pages", "followers"),
}
"""Sections of the console and the figures that count what is there."""
BELOW = ("communes",)
"""Figures that are counted on the same page, in the list of the units below."""
_ROLES = {section.address: section.roles for section in SECTIONS}


def links_for(scope: Scope, found: Overview) -> dict[str, str]:
    """Measure -> address; none where the officer has no right to the section in this unit."""
    links = {
        code: reverse(f"console:{section}")
        for section, codes in PAGES.items()
        if scope.holds(found.unit.pk, _ROLES[section])
        for code in codes
    }
    return links | (dict.fromkeys(BELOW, "#below") if found.below else {})
