"""What narrows the queue, as a value that an address carries and anybody can share."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from urllib.parse import urlencode

from binhyen.language.kinds import KINDS

SOURCES = ("zalo_oa", "web", "manual")
MOST_HOURS = 24 * 60
"""Longest "waiting for more than" in hours."""


class View(StrEnum):
    """The fixed views of the queue."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    UNIT = "unit"
    URGENT = "urgent"
    PROCEDURE = "procedure"
    REVIEW = "review"
    SNOOZED = "snoozed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Everything that narrows a view; an empty value narrows nothing."""

    kind: str = ""
    topic: str = ""
    """Public id of a topic."""
    officer: str = ""
    """"nobody", or the public id of the officer in charge."""
    source: str = ""
    """Connector the message came through."""
    unread: str = ""
    """"yes": only what nobody has opened."""
    hours: str = ""
    """Waiting for at least so many hours of the clock, as digits."""
    files: str = ""
    """"yes": only where the resident sent a picture, a voice message or a file."""

    def query(self, **more: str) -> str:
        """As the part of an address, shortest form, `more` first."""
        kept = {one.name: getattr(self, one.name) for one in fields(self)}
        return urlencode({name: value for name, value in (more | kept).items() if value})

    def without(self, name: str) -> "QueueFilter":
        """The same without one of its parts."""
        return replace(self, **{name: ""})

    def given(self) -> list[tuple[str, str]]:
        """Names and values of what narrows."""
        return [(one.name, value) for one in fields(self) if (value := getattr(self, one.name))]


def read_filter(given: Mapping[str, str]) -> QueueFilter:
    """The filter of an address; odd values are left out, since an address may be typed or old."""
    hours = given.get("hours", "")
    hours_ok = hours.isascii() and hours.isdecimal() and 0 < int(hours[:6]) <= MOST_HOURS
    return QueueFilter(
        kind=given.get("kind", "") if given.get("kind") in KINDS else "",
        topic=_public_id(given.get("topic", "")),
        officer=_public_id(given.get("officer", "")),
        source=given.get("source", "") if given.get("source") in SOURCES else "",
        unread="yes" if given.get("unread") == "yes" else "",
        hours=str(int(hours)) if hours_ok else "",
        files="yes" if given.get("files") == "yes" else "",
    )


def read_view(given: str) -> View | None:
    """The view of this name."""
    return next((view for view in View if view == given), None)


def _public_id(value: str) -> str:
    return value if value.isascii() and value.replace("-", "").replace("_", "").isalnum() and len(value) <= 24 else ""
