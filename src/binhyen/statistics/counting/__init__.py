"""One function for each measure or group of measures, over all units at once."""

from collections.abc import Callable, Iterable
from datetime import date

from binhyen.statistics.counting import brought, cases, groups, inbox, lost_found, pages, posts, structure
from binhyen.statistics.counting.counted import Counted

SOURCES: tuple[Callable[[date], Iterable[Counted]], ...] = (
    structure.communes,
    structure.areas,
    structure.own_procedures,
    pages.page_levels,
    groups.group_levels,
    groups.scans,
    inbox.messages_in,
    inbox.answers,
    inbox.waiting,
    inbox.form_downloads,
    cases.received,
    cases.steps,
    cases.limits,
    cases.ratings,
    posts.published,
    posts.reach,
    lost_found.returned,
    brought.brought_in,
)
"""Each counts one day (in Vietnam) from the rows of the rooms, whatever was counted before."""
