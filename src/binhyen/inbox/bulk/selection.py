"""Which conversations an act is about: the ticked ones, or all that match; merged ones come along with their lead."""

from collections.abc import Sequence
from dataclasses import dataclass

from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox import queue
from binhyen.inbox.bulk.rules import MOST_AT_ONCE
from binhyen.inbox.filters.rules import QueueFilter, View
from binhyen.inbox.models import Conversation, GroupedThread
from binhyen.inbox.queries import visible_conversations
from binhyen.units.scope import CONVERSATION_ROLES, Scope


@dataclass(frozen=True, slots=True)
class Matching:
    """All that a place of the queue shows."""

    view: View
    narrowed: QueueFilter
    search: str = ""
    unit_id: int | None = None


def ticked(scope: Scope, public_ids: Sequence[str]) -> list[Conversation]:
    """The named conversations. Raises NotAllowed when one of them is foreign or missing, NotPossible: bulk_none,
    bulk_many(most), bulk_units."""
    wanted = dict.fromkeys(public_ids)
    if not wanted:
        raise NotPossible("bulk_none")
    if len(wanted) > MOST_AT_ONCE:
        raise NotPossible("bulk_many", most=MOST_AT_ONCE)
    found = list(visible_conversations(scope).filter(public_id__in=wanted).values_list("pk", flat=True))
    if len(found) != len(wanted):
        raise NotAllowed
    return _together(scope, found)


def matching(scope: Scope, place: Matching) -> list[Conversation]:
    """Everything that matches, not only the page shown. Raises NotPossible as `ticked`."""
    if place.search.strip():
        page = queue.queue_for(scope, place.view, 1, place.search, place.unit_id, place.narrowed)
        found = [conversation.pk for conversation in page.conversations]
    else:
        everything = queue.in_view(scope, place.view, place.narrowed, place.unit_id)
        found = list(everything.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    if not found:
        raise NotPossible("bulk_none")
    if len(found) > MOST_AT_ONCE:
        raise NotPossible("bulk_many", most=MOST_AT_ONCE)
    return _together(scope, found)


def _together(scope: Scope, keys: list[int]) -> list[Conversation]:
    """With the members of groups whose lead is among them; all of one unit, longest waiting first."""
    behind = GroupedThread.objects.filter(group__lead_id__in=keys).values_list("conversation_id", flat=True)
    rows = Conversation.objects.filter(pk__in={*keys, *behind}).select_related(
        "contact", "account", "unit", "assigned_to"
    )
    found = sorted(rows, key=lambda row: (row.waiting_since is None, row.waiting_since or row.last_message_at, row.pk))
    units = {row.unit_id for row in found}
    if len(units) != 1:
        raise NotPossible("bulk_units")
    scope.check(units.pop(), CONVERSATION_ROLES)
    return found
