"""Home of a unit, its phone list and the pages about the channel itself."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from binhyen.core.promises import promise_groups
from binhyen.core.text import clean, fold
from binhyen.groups.queries import public_groups
from binhyen.portal.middleware import KEEPS_A_WHILE
from binhyen.portal.pages import of_unit, page
from binhyen.portal.units_here import UnitHere, latest_posts
from binhyen.units.directory import AreaNumber

MOST_AREAS = 40
"""Areas listed at once; the rest is found by the search box."""
LONGEST_SEARCH = 80


@require_safe
@of_unit
def home(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Emergency numbers, the ask box, what works here."""
    return page(request, "home", unit, {"latest": latest_posts(unit)})


@require_safe
@of_unit
def phone_list(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Numbers of the unit and of the officer of each area, with a search by name of the area."""
    words = clean(request.GET.get("thon", ""))[:LONGEST_SEARCH]
    found = _areas_matching(unit, words)
    context = {"words": words, "areas": found[:MOST_AREAS], "left_out": max(0, len(found) - MOST_AREAS)}
    response = page(request, "phone_list", unit, context)
    setattr(response, KEEPS_A_WHILE, not words)
    return response


@require_safe
@of_unit
def is_it_real(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Which Zalo pages, groups and numbers are really the unit's (G45)."""
    return page(request, "is_it_real", unit, {"groups": public_groups(unit.id)})


@require_safe
@of_unit
def privacy(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """What is kept, for how long, who reads it."""
    return page(request, "privacy", unit)


@require_safe
@of_unit
def protection(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Every promise with its state, and what nobody can promise."""
    groups = promise_groups()
    promises = [promise for group in groups for promise in group.promises]
    kept = sum(promise.is_kept for promise in promises)
    context = {"promise_groups": groups, "kept_count": kept, "promise_count": len(promises)}
    return page(request, "protection", unit, context)


@require_safe
@of_unit
def help_page(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """How to use these pages, and how they are made accessible."""
    return page(request, "help", unit)


def _areas_matching(unit: UnitHere, words: str) -> list[AreaNumber]:
    wanted = fold(words).split()
    return [area for area in unit.areas if all(word in fold(area.name).split() for word in wanted)]
