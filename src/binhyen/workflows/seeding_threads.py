"""The demo's inbox at the start of a shift: threads of several kinds, some waiting long, a roster, a hand-over."""

from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from django.db import transaction

from binhyen.channels.models import Account
from binhyen.core import clock
from binhyen.core.models import DailyCount
from binhyen.core.text import fold
from binhyen.core.yaml_text import parsed
from binhyen.inbox.models import (
    Author,
    Contact,
    Conversation,
    ConversationState,
    ConversationTopic,
    Delivery,
    DeliveryState,
    Direction,
    DutyAlert,
    Message,
    Topic,
    Urgency,
)
from binhyen.units.models import HandOver, Membership, Officer, Role, Shift, Unit
from binhyen.units.scope import scope_of
from binhyen.workflows.duty_board import open_lines_for, open_matters_for

_CONNECTORS = {"web": "web", "manual": "manual", "zalo": "zalo_oa"}
_WAYS = {
    "resident": (Direction.INBOUND, Author.RESIDENT),
    "machine": (Direction.OUTBOUND, Author.MACHINE),
    "officer": (Direction.OUTBOUND, Author.OFFICER),
    "note": (Direction.NOTE, Author.OFFICER),
}
_SHIFT = timedelta(hours=8)
_VOTES = {
    "yes.dang-ky-tam-tru": 41,
    "no.dang-ky-tam-tru": 6,
    "yes.cap-doi-the-can-cuoc": 63,
    "no.cap-doi-the-can-cuoc": 17,
    "yes.tach-ho": 9,
    "no.tach-ho": 2,
}
"""Votes by answer and procedure."""


@transaction.atomic
def seed_threads() -> None:
    """Fill the units' inboxes and rosters. Idempotent: a unit that has a conversation is left alone."""
    source = resources.files("binhyen.data") / "demo" / "threads.yaml"
    for row in parsed(source.read_text(encoding="utf8")):
        unit = Unit.objects.get(slug=row["unit"])
        if Conversation.objects.filter(unit=unit).exists():
            continue
        officers = [Officer.objects.get(username="demo"), _second(unit)]
        for number, thread in enumerate(row["threads"], start=1):
            _seed_thread(unit, number, thread, officers[0])
        _seed_duty(unit, row["hand_over"], officers)
        _seed_votes(unit)


def _seed_votes(unit: Unit) -> None:
    """What residents pressed under three procedures in the quarter that is over."""
    first_month = (clock.today().month - 1) // 3 * 3 + 1
    day = clock.today().replace(month=first_month, day=1) - timedelta(days=20)
    for name, count in _VOTES.items():
        DailyCount.objects.get_or_create(
            day=day, unit_key=unit.pk, name=f"procedure.helped.{name}", defaults={"count": count}
        )


def _second(unit: Unit) -> Officer:
    """The colleague who had the shift before."""
    officer, _ = Officer.objects.get_or_create(
        username=f"son-{unit.slug}", defaults={"full_name": "Đ/c Sơn (dùng thử)"}
    )
    Membership.objects.get_or_create(unit=unit, officer=officer, role=Role.DUTY_OFFICER)
    return officer


def _seed_thread(unit: Unit, number: int, row: dict[str, Any], demo: Officer) -> None:
    account = Account.objects.filter(unit=unit, connector=_CONNECTORS[row["via"]]).first()
    if account is None:
        return
    now = clock.now()
    lines = [(who, now - timedelta(hours=hours), words) for who, hours, words in row["lines"]]
    residents = [at for who, at, _ in lines if who == "resident"]
    contact = Contact.objects.create(
        unit=unit, account=account, external_id=f"demo-{unit.slug}-{number}", last_interaction_at=residents[-1],
        created_at=lines[0][1], display_name=row.get("name", ""), folded_name=fold(row.get("name", "")),
        name_fetched_at=now,
    )  # fmt: skip
    conversation = Conversation.objects.create(
        unit=unit, account=account, contact=contact, number=number, changed_at=lines[-1][1],
        assigned_to=demo if "officer" in row else None, **_turn(row, lines),
    )  # fmt: skip
    for who, at, words in lines:
        _seed_line(conversation, row, who, at, words, demo)
    if name := row.get("topic"):
        topic = Topic.objects.get(unit=unit, folded=fold(name))
        ConversationTopic.objects.create(conversation=conversation, topic=topic, labelled_at=now)
    if row.get("urgency"):
        DutyAlert.objects.create(unit=unit, conversation=conversation, created_at=lines[0][1])


def _turn(row: dict[str, Any], lines: list[tuple[str, datetime, str]]) -> dict[str, Any]:
    """Whose turn it is, and what the list shows."""
    state = row.get("state", ConversationState.WAITING)
    answered = max((at for who, at, _ in lines if who == "officer"), default=None)
    unanswered = [at for who, at, _ in lines if who == "resident" and (answered is None or at > answered)]
    shown = [(at, words) for who, at, words in lines if who != "note"][-1]
    is_open = state == ConversationState.WAITING
    return {
        "state": state,
        "kind": row["kind"],
        "procedure": row.get("procedure", ""),
        "urgency": row.get("urgency", Urgency.NORMAL),
        "waiting_since": unanswered[0] if is_open else None,
        "unread_count": len(unanswered) if is_open else 0,
        "last_message_at": shown[0],
        "last_inbound_at": max(at for who, at, _ in lines if who == "resident"),
        "preview": shown[1][:160],
    }


def _seed_line(
    conversation: Conversation, row: dict[str, Any], who: str, at: datetime, words: str, demo: Officer
) -> None:
    direction, author = _WAYS[who]
    message = Message.objects.create(
        unit=conversation.unit, conversation=conversation, direction=direction, author=author, text=words,
        folded=fold(words), sent_at=at, created_at=at, officer=demo if author == Author.OFFICER else None,
        kind=row["kind"] if who == "resident" else "",
        procedure=row.get("procedure", "") if who == "resident" else "",
    )  # fmt: skip
    if direction == Direction.OUTBOUND:
        Delivery.objects.create(
            unit=conversation.unit, account=conversation.account, conversation=conversation, message=message,
            state=DeliveryState.SENT, due_at=at, finished_at=at,
        )  # fmt: skip


def _seed_duty(unit: Unit, note: str, officers: list[Officer]) -> None:
    """Shifts of eight hours for a week, one of them now, and the note of the shift before."""
    demo, before = officers
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    start = hour - timedelta(hours=2)
    Shift.objects.bulk_create(
        Shift(
            unit=unit, starts_at=start + _SHIFT * number, ends_at=start + _SHIFT * (number + 1),
            officer=officers[number % 2], second=officers[(number + 1) % 2],
            taken_at=start if number == 0 else None,
        )
        for number in range(-1, 21)
    )  # fmt: skip
    counts = open_matters_for(scope_of(demo), unit, clock.now()).as_counts()
    HandOver.objects.create(
        unit=unit, at=start, by=before, note=note, open_counts=counts, taken_by=demo, taken_at=start,
        open_lines=open_lines_for(scope_of(demo), unit, clock.now()),
    )  # fmt: skip
