"""One function for each measure or group of measures, over all units at once."""

from collections.abc import Callable, Iterable
from datetime import date

from binhyen.statistics.counting import cases, groups, inbox, pages
from binhyen.statistics.counting.counted import Counted

SOURCES: tuple[Callable[[date], Iterable[Counted]], ...] = (
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
)
"""Each counts one day (in Vietnam) from the rows of the rooms, whatever was counted before."""
