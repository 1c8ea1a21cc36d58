"""What the Today page shows of one unit: who has duty, what is urgent, late or due today, and what does not get out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from binhyen.core.deadlines import deadline_of, latest_overdue_start
from binhyen.core.law import rule_in_force
from binhyen.core.working_time import end_of_day, local_day
from binhyen.inbox.models import Conversation, ConversationState, Delivery, Urgency
from binhyen.inbox.queries import NEEDS_REVIEW
from binhyen.units.calendars import calendar_of
from binhyen.units.models import Unit
from binhyen.units.scope import CONVERSATION_ROLES, Scope

ANSWER_RULE = "question.answer"
"""The promise to residents that the counts of late and due answers follow."""
WHY = ("urgent", "stuck", "overdue", "due_today", "aside")
"""Why a conversation is in a hand-over note, gravest first."""
LINES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """Counts of one unit at one moment; the keys of a hand-over note."""

    urgent: int
    overdue: int
    due_today: int
    waiting: int
    needs_look: int
    """Replies refused by the channel, unknown, or to be copied by hand."""

    def as_counts(self) -> dict[str, int]:
        """For the hand-over note."""
        return {
            "urgent": self.urgent,
            "overdue": self.overdue,
            "due_today": self.due_today,
            "waiting": self.waiting,
            "needs_look": self.needs_look,
        }


def open_matters_for(scope: Scope, unit: Unit, now: datetime) -> OpenMatters:
    """Counts of what is open in a unit whose conversations the officer reads; two queries."""
    scope.check(unit.pk, CONVERSATION_ROLES)
    rule, calendar = rule_in_force(ANSWER_RULE, local_day(now)), calendar_of(unit.pk)
    late = latest_overdue_start(rule, now, calendar)
    late_tonight = latest_overdue_start(rule, end_of_day(local_day(now)) + timedelta(seconds=1), calendar)
    counts = Conversation.objects.filter(unit=unit, state=ConversationState.WAITING).aggregate(
        waiting=Count("pk"),
        urgent=Count("pk", filter=Q(urgency__gt=Urgency.NORMAL)),
        overdue=Count("pk", filter=Q(waiting_since__lte=late)),
        due_today=Count("pk", filter=Q(waiting_since__gt=late, waiting_since__lte=late_tonight)),
    )
    return OpenMatters(needs_look=Delivery.objects.filter(unit=unit, state__in=NEEDS_REVIEW).count(), **counts)


def open_lines_for(scope: Scope, unit: Unit, now: datetime) -> list[dict[str, str]]:
    """What the next shift has to know about and why, gravest first, at most `LINES_SHOWN`; three queries.

    Each with number, public id, why (urgent, stuck, overdue, due_today or aside) and the time that goes with it:
    waiting since, or put aside until.
    """
    scope.check(unit.pk, CONVERSATION_ROLES)
    rule, calendar = rule_in_force(ANSWER_RULE, local_day(now)), calendar_of(unit.pk)
    tonight = latest_overdue_start(rule, end_of_day(local_day(now)) + timedelta(seconds=1), calendar)
    late = latest_overdue_start(rule, now, calendar)
    open_ones = Conversation.objects.filter(unit=unit)
    waiting = open_ones.filter(state=ConversationState.WAITING).filter(
        Q(urgency__gt=Urgency.NORMAL) | Q(waiting_since__lte=tonight)
    )
    stuck = open_ones.filter(deliveries__state__in=NEEDS_REVIEW).distinct()
    aside = open_ones.filter(snooze__until__gt=now).select_related("snooze")
    lines = {one.pk: _open_line(one, "aside", one.snooze.until) for one in aside}
    for one in waiting.order_by("waiting_since"):
        why = "urgent" if one.urgency > Urgency.NORMAL else "overdue" if _since(one) <= late else "due_today"
        lines[one.pk] = _open_line(one, why, _since(one))
    lines |= {one.pk: _open_line(one, "stuck", one.last_message_at) for one in stuck}
    return sorted(lines.values(), key=lambda line: (WHY.index(line["why"]), line["at"]))[:LINES_SHOWN]


def _since(one: Conversation) -> datetime:
    return one.waiting_since or one.last_message_at


def _open_line(one: Conversation, why: str, at: datetime) -> dict[str, str]:
    return {"number": str(one.number), "id": one.public_id, "why": why, "at": at.isoformat()}


def promise_words(unit: Unit, now: datetime) -> str:
    """How the promise to answer is counted for something that arrives now, in Vietnamese."""
    return deadline_of(ANSWER_RULE, now, calendar=calendar_of(unit.pk)).explanation
