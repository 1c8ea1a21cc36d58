"""Messages, answers and waiting."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, Sum

from binhyen.core import clock
from binhyen.core.models import DailyCount
from binhyen.core.working_time import working_time_between
from binhyen.inbox.models import Author, Conversation, ConversationState, Direction, Message
from binhyen.statistics.counting.counted import Counted, bounds
from binhyen.statistics.models import WaitingCount
from binhyen.statistics.spreads import bucket_of
from binhyen.units.calendars import calendar_of
from binhyen.units.models import Unit

LOOK_BACK = timedelta(days=8)
"""Zalo takes no reply after seven days; an older question cannot be the one that is answered."""
LONG_WAIT = timedelta(hours=24)


def messages_in(day: date) -> Iterator[Counted]:
    """`messages_in`: inbound messages by the day they arrived."""
    start, end = bounds(day)
    rows = Message.objects.filter(direction=Direction.INBOUND, created_at__gte=start, created_at__lt=end)
    for unit_id, count in rows.values_list("unit_id").annotate(n=Count("id")).order_by():
        yield Counted(unit_id, "messages_in", count)


def answers(day: date) -> Iterator[Counted]:
    """`questions_answered` with its three parts, and the spread `first_answer`."""
    by_unit: dict[tuple[int, str], int] = {}
    for unit_id, count in _by_machine(day):
        by_unit[unit_id, "answered_by_machine"] = count
    firsts = list(_first_replies(day))
    for unit_id, asked_at, replied_at, is_desk in firsts:
        code = "answered_at_desk" if is_desk else "answered_by_officer"
        by_unit[unit_id, code] = by_unit.get((unit_id, code), 0) + 1
        if not is_desk:
            minutes = working_time_between(asked_at, replied_at, calendar_of(unit_id)).total_seconds() / 60
            yield Counted(unit_id, "first_answer", 1, bucket_of(minutes))
    for (unit_id, code), count in by_unit.items():
        yield Counted(unit_id, code, count)
        yield Counted(unit_id, "questions_answered", count)


def _by_machine(day: date) -> Iterable[tuple[int, int]]:
    start, end = bounds(day)
    rows = Message.objects.filter(
        direction=Direction.OUTBOUND, author=Author.MACHINE, created_at__gte=start, created_at__lt=end
    ).filter(answers__band="answer")
    return rows.values_list("unit_id").annotate(n=Count("answers", distinct=True)).order_by()


def _first_replies(day: date) -> Iterator[tuple[int, datetime, datetime, bool]]:
    """Unit, question's and reply's time, whether at the desk: an officer's reply that ends a wait."""
    start, end = bounds(day)
    replied = Message.objects.filter(
        direction=Direction.OUTBOUND, author=Author.OFFICER, created_at__gte=start, created_at__lt=end
    )
    rows = Message.objects.filter(
        conversation__in=replied.values("conversation"), created_at__gte=start - LOOK_BACK, created_at__lt=end
    ).exclude(direction=Direction.NOTE)
    columns = ("conversation_id", "unit_id", "author", "created_at", "conversation__account__connector")
    thread, asked_at = 0, None
    for conversation_id, unit_id, author, created_at, connector in (
        rows.order_by("conversation_id", "id").values_list(*columns).iterator(2_000)
    ):
        if conversation_id != thread:
            thread, asked_at = conversation_id, None
        if author == Author.RESIDENT:
            asked_at = asked_at or created_at
        elif author == Author.OFFICER:
            if asked_at is not None and created_at >= start:
                yield unit_id, asked_at, created_at, connector == "manual"
            asked_at = None


def waiting(day: date) -> Iterator[Counted]:
    """`waiting` and `waiting_long` as they were kept on that day; of a day on which none were, who waits since then."""
    kept = WaitingCount.objects.filter(day=day).values_list("unit_id", "waiting", "waiting_long")
    for unit_id, count, long in kept or _waiting_now(day):
        yield Counted(unit_id, "waiting", count)
        yield Counted(unit_id, "waiting_long", long)


@transaction.atomic
def keep_waiting(today: date) -> None:
    """Write down who waits now as today's count, in place of the one of an hour ago; a day that is over keeps its last.

    Units where nobody waits are left out, but for one row that tells that the day was counted.
    """
    rows = [WaitingCount(unit_id=key, day=today, waiting=n, waiting_long=long) for key, n, long in _waiting_now(today)]
    if not rows and (key := Unit.objects.values_list("pk", flat=True).first()):
        rows = [WaitingCount(unit_id=key, day=today, waiting=0, waiting_long=0)]
    WaitingCount.objects.filter(day=today).delete()
    WaitingCount.objects.bulk_create(rows, batch_size=1_000)


def _waiting_now(day: date) -> Iterable[tuple[int, int, int]]:
    _, end = bounds(day)
    rows = Conversation.objects.filter(state=ConversationState.WAITING, waiting_since__lt=end)
    long = Count("id", filter=Q(waiting_since__lt=min(end, clock.now()) - LONG_WAIT))
    return rows.values_list("unit_id").annotate(n=Count("id"), long=long).order_by()


def form_downloads(day: date) -> Iterator[Counted]:
    """`form_downloads`: PDF and DOCX files fetched from the portal."""
    rows = DailyCount.objects.filter(day=day, name="portal.form_file", unit_key__gt=0)
    for unit_id, count in rows.values_list("unit_key").annotate(n=Sum("count")).order_by():
        yield Counted(unit_id, "form_downloads", count)
