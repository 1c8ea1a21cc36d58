"""An installation with planned deliveries and a sender process of its own, for tests that kill it.

`python -m tests.faults.outgoing prepare N` or a row of `send` and `park`, in the environment of an installation.
"""

import sys
from datetime import timedelta


def prepare(count: int) -> None:
    """One connected page; `count` planned messages to people who wrote a moment ago."""
    from binhyen.channels.applications import register_application
    from binhyen.channels.consent import connect_demo
    from binhyen.channels.models import Account
    from binhyen.channels.tests.pages import KEYS
    from binhyen.units.models import Unit

    register_application(Unit.objects.get().pk, KEYS, actor_key=None)
    account = Account.objects.select_related("application").get(connector="zalo_oa")
    plan(connect_demo(account), count)


def plan(account: object, count: int, per_person: int = 1, first: int = 0) -> list[str]:
    """Deliveries "số 1".. in order, `per_person` to each of the people; the ids of the people."""
    from binhyen.channels.models import Account
    from binhyen.core import clock
    from binhyen.inbox.models import Contact, Conversation, Delivery, Direction, Message

    assert isinstance(account, Account)
    now = clock.now()
    people = [f"7{first + number:018d}" for number in range(-(-count // per_person))]
    contacts = Contact.objects.bulk_create(
        Contact(unit_id=account.unit_id, account=account, external_id=person, last_interaction_at=now, created_at=now)
        for person in people
    )
    conversations = Conversation.objects.bulk_create(
        Conversation(
            unit_id=account.unit_id,
            account=account,
            contact=contact,
            number=first + number,
            last_message_at=now,
            changed_at=now,
        )
        for number, contact in enumerate(contacts, start=1)
    )
    messages = Message.objects.bulk_create(
        Message(
            unit_id=account.unit_id,
            conversation=conversations[number // per_person],
            direction=Direction.OUTBOUND,
            author="machine",
            text=f"số {number + 1}",
            sent_at=now,
            created_at=now,
        )
        for number in range(count)
    )
    Delivery.objects.bulk_create(
        Delivery(
            unit_id=account.unit_id,
            account=account,
            conversation=message.conversation,
            message=message,
            due_at=now - timedelta(seconds=1),
        )
        for message in messages
    )
    return people


def send() -> None:
    """Send until nothing is due."""
    from binhyen.inbox.sending import send_due

    while send_due():
        pass


def park() -> None:
    """What a worker does a while after a sender died."""
    from binhyen.core import clock
    from binhyen.inbox.deliveries import LOST_AFTER, park_lost_attempts

    with clock.at(clock.now() + LOST_AFTER + timedelta(seconds=1)):
        park_lost_attempts()


def main() -> None:
    """Run the commands in turn."""
    import django

    django.setup()
    match sys.argv[1:]:
        case ["prepare", count]:
            prepare(int(count))
        case commands:
            for command in commands:
                {"send": send, "park": park}[command]()


if __name__ == "__main__":
    main()
