"""Where a figure leads: to what it counts in that unit, for those who may see it."""

from typing import NamedTuple

from django.urls import reverse

from binhyen.console.sections import SECTIONS
from binhyen.statistics.queries import Overview
from binhyen.units.scope import Scope


class Target(NamedTuple):
    """A page of the console; `{unit}` in the query stands for the unit's public id."""

    section: str
    query: str
    codes: tuple[str, ...]
    page: str = ""
    """Name of the unit's own page within the section; its first page when empty."""


_THREADS = "view=done&unit={unit}"
TARGETS = (
    Target("inbox", "view=unit&unit={unit}", ("waiting",)),
    Target("inbox", "view=unit&unit={unit}&hours=24", ("waiting_long",)),
    Target("inbox", f"{_THREADS}&source=manual", ("answered_at_desk",)),
    Target("inbox", _THREADS, ("questions_answered", "answered_by_machine", "answered_by_officer", "first_answer")),
    Target("inbox", "unit={unit}", ("messages_in",)),
    Target("cases", "view=open", ("reports_received", "limits_missed")),
    Target("cases", "view=done", ("reports_solved", "reports_transferred", "limits_kept")),
    Target("cases", "view=contested", ("reports_contested",)),
    Target("conduct", "", ("ratings", "ratings_sum")),
    Target("posts", "", ("posts", "views", "shares")),
    Target(
        "groups",
        "unit={unit}",
        (
            *("groups", "internal_groups", "members", "internal_members", "households_reached"),
            *("households", "inhabitants", "areas", "qr_scans"),
        ),
    ),
    Target("lost-found", "view=done&unit={unit}", ("found_returned", "return_time")),
    Target("procedures", "", ("own_procedures", "form_downloads"), "unit-procedures"),
    Target("settings", "", ("pages", "verified_pages", "followers")),
)
"""Every measure once, with the place that lists what it counts."""
BELOW = ("communes",)
"""Figures that are counted on the same page, in the list of the units below."""
_ROLES = {section.address: section.roles for section in SECTIONS}


def links_for(scope: Scope, found: Overview) -> dict[str, str]:
    """Measure -> address; none where the officer has no right to the section in this unit."""
    links: dict[str, str] = {}
    for target in TARGETS:
        if scope.holds(found.unit.pk, _ROLES[target.section]):
            links |= dict.fromkeys(target.codes, _address(target, found.unit.public_id))
    return links | (dict.fromkeys(BELOW, "#below") if found.below else {})


def _address(target: Target, unit_id: str) -> str:
    address = reverse(f"console:{target.page}", args=[unit_id]) if target.page else reverse(f"console:{target.section}")
    return f"{address}?{target.query.format(unit=unit_id)}" if target.query else address
