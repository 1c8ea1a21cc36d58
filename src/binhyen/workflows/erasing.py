"""Erasing a person: contact, messages, attachments and files go; a keyed hash and a count stay."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from binhyen.audit import actions as audit
from binhyen.audit.holds import held_subjects
from binhyen.audit.journal import note_erasure
from binhyen.cases import routes
from binhyen.cases.following import cut_route
from binhyen.cases.incidents.told import forget_told, key_of_message
from binhyen.cases.retention import erase_case
from binhyen.channels.connector import ConsentWithdrawn, Text
from binhyen.channels.models import Account
from binhyen.core import clock
from binhyen.core.database import Among, want_log_overwritten
from binhyen.core.text import fold
from binhyen.inbox.ageing import erase_files
from binhyen.inbox.machine_messages import plan_machine_message
from binhyen.inbox.models import Attachment, Contact, Conversation, Direction, Message, Tombstone
from binhyen.vault.keyring import keyed_hash
from binhyen.workflows import texts
from binhyen.workflows.arrivals import Arrival, PersonKey
from binhyen.workflows.changes import Changes
from binhyen.workflows.clear_words import MAY_TAKE_BACK
from binhyen.workflows.commands import choice_of, may_choose
from binhyen.workflows.decision import unit_facts
from binhyen.workflows.texts import ERASE, ERASE_BUTTON
from binhyen.workflows.thread_rows import number_conversations
from binhyen.workflows.threads import stored_buttons

OFFER_LASTS = timedelta(days=1)
"""How long the button that erases everything works."""
FAREWELL = "erased"
"""Kind of a thread that holds nothing but the line that all is erased."""
FAREWELL_LASTS = timedelta(hours=1)
_SPOKEN = "xoa het du lieu cua toi"


def person_hash(person: PersonKey) -> str:
    """What a tombstone keeps of a person."""
    return keyed_hash("inbox.tombstone", f"{person[0]}:{person[1]}")


def leave_out_erased(arrivals: Sequence[Arrival], changes: Changes) -> list[Arrival]:
    """Erase whoever withdraws in this batch; the arrivals that may still be taken in.

    What a person does after withdrawing begins anew; what happened before it, or is an old call repeated, is dropped.
    """
    kept: list[Arrival] = []
    for arrival in arrivals:
        if arrival.person and asks_to_erase(arrival):
            kept = [one for one in kept if one.person != arrival.person]
            erase_person(arrival.person, arrival.account.unit_id, arrival.happened_at)
            say_good_bye(arrival.account, arrival.person[1])
            changes.counts[arrival.account.unit_id, "intake.erased_by_word"] += 1
            continue
        if isinstance(arrival.event, ConsentWithdrawn) and arrival.person:
            kept = [one for one in kept if one.person != arrival.person]
            erase_person(arrival.person, arrival.account.unit_id, arrival.happened_at)
            changes.counts[arrival.account.unit_id, "intake.withdrawn"] += 1
        else:
            kept.append(arrival)
    withdrawn = _withdrawn(kept)
    fresh = [one for one in kept if not _is_older(one, withdrawn)]
    for arrival in kept:
        if _is_older(arrival, withdrawn):
            changes.counts[arrival.account.unit_id, "intake.after_erasure"] += 1
    return fresh


def erase_person(person: PersonKey, unit_id: int, withdrawn_at: datetime) -> int:
    """Erase everything of one person on one account, inside the caller's transaction; the number of messages."""
    account_id, external_id = person
    contacts = Contact.objects.filter(account_id=account_id, external_id=external_id)
    messages = Message.objects.filter(conversation__contact__in=contacts)
    count = messages.count()
    note_erasure("contact", person_hash(person))
    _let_go_of_cases(contacts)
    forget_told(unit_id, map(key_of_message, messages.values_list("pk", flat=True)))
    erase_files(Attachment.objects.filter(message__in=messages))
    contacts.delete()
    Tombstone.objects.bulk_create(
        [
            Tombstone(
                unit_id=unit_id,
                account_id=account_id,
                person_hash=person_hash(person),
                withdrawn_at=withdrawn_at,
                erased_on=clock.today(),
                message_count=count,
            )
        ],
        update_conflicts=True,
        unique_fields=["account", "person_hash"],
        update_fields=["withdrawn_at", "erased_on", "message_count"],
    )
    audit.record(unit_id, "contact.erased", actor_key=None, facts={"messages": count})
    want_log_overwritten()
    return count


def _let_go_of_cases(contacts: QuerySet[Contact]) -> None:
    """What left the chat sealed: erased while nobody works on it and no code exists, else only the way back goes."""
    held = held_subjects()
    for conversation_id in contacts.exclude(conversation=None).values_list("conversation__public_id", flat=True):
        for case in (route.case for route in routes.routes_to(conversation_id)):
            is_nobodys = case.receipt_hash is None and case.state in MAY_TAKE_BACK and case.public_id not in held
            if is_nobodys:
                erase_case(case, "asked")
            else:
                cut_route(case)


def asks_to_erase(arrival: Arrival) -> bool:
    """Whether these words mean it: the button of a question asked within a day (tapped, or chosen by its number or
    title right after it), or its words; nothing the law holds.
    """
    if not isinstance(arrival.event, Text) or not arrival.person:
        return False
    text = arrival.event.text
    if len(text) >= 2 * len(_SPOKEN):  # most messages are longer: nothing to fold
        return False
    folded = fold(text)
    says_it = text == ERASE or folded == _SPOKEN
    if not says_it and not may_choose(folded, ERASE_BUTTON):
        return False
    person = {
        "conversation__contact__account": arrival.account,
        "conversation__contact__external_id": arrival.person[1],
    }
    since = clock.now() - OFFER_LASTS
    asked = Message.objects.filter(**person, direction=Direction.OUTBOUND, created_at__gt=since).order_by("-id")
    offers = [
        (stored_buttons(buttons), subject)
        for buttons, subject in asked.values_list("buttons", "conversation__public_id")[:20]
    ]
    if not says_it:  # a number or a title means the message above it and no other
        offers = [offer for offer in offers[:1] if choice_of(text, folded, offer[0]) == ERASE]
    held = held_subjects()
    return any(subject not in held and ERASE_BUTTON in buttons for buttons, subject in offers)


def say_good_bye(account: Account, external_id: str) -> None:
    """One last line in a thread of its own, which goes by itself (`forget_farewells`)."""
    now = clock.now()
    contact = Contact.objects.create(
        unit_id=account.unit_id, account=account, external_id=external_id, created_at=now, last_interaction_at=now
    )
    conversation = Conversation(
        unit_id=account.unit_id,
        account=account,
        contact=contact,
        number=0,
        kind=FAREWELL,
        last_message_at=now,
        changed_at=now,
    )
    number_conversations([conversation])
    conversation.save()
    plan_machine_message(conversation, texts.said(texts.ERASED, unit_facts(account.unit_id)), now)


def forget_farewells() -> int:
    """Erase threads that hold nothing but the last line, an hour after it; the number."""
    old = Conversation.objects.filter(kind=FAREWELL, changed_at__lt=clock.now() - FAREWELL_LASTS)
    contacts = list(old.exclude(messages__direction=Direction.INBOUND).values_list("contact_id", flat=True)[:200])
    Contact.objects.filter(pk__in=contacts).delete()
    return len(contacts)


def _withdrawn(arrivals: Sequence[Arrival]) -> dict[PersonKey, datetime]:
    hashes = {person_hash(person): person for one in arrivals if (person := one.person)}
    found = Tombstone.objects.filter(Among("person_hash", hashes)) if hashes else ()
    return {hashes[stone.person_hash]: stone.withdrawn_at for stone in found}


def _is_older(arrival: Arrival, withdrawn: dict[PersonKey, datetime]) -> bool:
    at = withdrawn.get(arrival.person) if arrival.person else None
    return at is not None and arrival.happened_at <= at
