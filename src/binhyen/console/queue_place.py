"""Where an officer is in the inbox: view, unit, filter and search, as the address carries them."""

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from binhyen.console.access import ConsoleRequest
from binhyen.console.texts import KIND_NAMES, SOURCE_NAMES
from binhyen.core.text import whole_number
from binhyen.inbox.filters.rules import QueueFilter, View, read_filter, read_view
from binhyen.inbox.models import SavedFilter, Topic
from binhyen.units.models import Officer, Unit

_KEPT = ("view", "q", "unit", "page", *QueueFilter.__slots__)
HOURS = ("4", "8", "24", "48", "168")
"""Choices of "waiting for more than"."""


def place_query(request: ConsoleRequest, **changed: str) -> str:
    """The part of the address that keeps the place while moving between conversations."""
    kept = {name: request.GET[name] for name in _KEPT if request.GET.get(name)}
    return urlencode({name: value for name, value in (kept | changed).items() if value})


def filter_of(request: ConsoleRequest) -> QueueFilter:
    """What narrows the queue."""
    return read_filter(request.GET)


def view_of(request: ConsoleRequest, counts: dict[View, int]) -> View:
    """The view asked for, else the first that has something for the officer."""
    if found := read_view(request.GET.get("view", "")):
        return found
    return next((view for view in (View.MINE, View.UNASSIGNED) if counts[view]), View.UNIT)


def unit_of(request: ConsoleRequest, units: list[Unit]) -> Unit | None:
    """The unit the queue is narrowed to; None shows all units of the officer."""
    return next((unit for unit in units if unit.public_id == request.GET.get("unit")), None)


def page_number(request: ConsoleRequest, name: str = "page") -> int:
    """A page number of the address, 1 for anything odd."""
    return max(1, whole_number(request.GET.get(name, "1"), 1, 10_000))


def chips(
    request: ConsoleRequest, narrowed: QueueFilter, topics: list[Topic], officers: list[Officer]
) -> list[tuple[str, str]]:
    """Words of each part that narrows, and the address without it."""
    words = {
        "kind": KIND_NAMES.get(narrowed.kind, ""),
        "topic": next((topic.name for topic in topics if topic.public_id == narrowed.topic), _("topic")),
        "officer": _officer_words(narrowed.officer, officers),
        "source": SOURCE_NAMES.get(narrowed.source, ""),
        "unread": _("unread"),
        "hours": _("waiting for %(hours)s hours or more") % {"hours": narrowed.hours},
        "files": _("with pictures or files"),
    }
    return [(str(words[name]), place_query(request, **{name: "", "page": ""})) for name, _value in narrowed.given()]


def _officer_words(public_id: str, officers: list[Officer]) -> str | Promise:
    if public_id == "nobody":
        return _("nobody in charge")
    return next((officer.full_name for officer in officers if officer.public_id == public_id), _("an officer"))


def saved_query(saved: SavedFilter) -> str:
    """The address of a kept filter, in its own unit; read again, so that an old one cannot bring odd values."""
    given = QueryDict(saved.query)
    view = read_view(given.get("view", "")) or View.UNIT
    return read_filter(given).query(view=view.value, unit=saved.unit.public_id)
