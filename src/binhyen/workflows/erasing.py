"""Erasing a person: contact, messages, attachments and files go; a keyed hash and a count stay."""

from collections.abc import Sequence
from datetime import datetime

from binhyen.audit import actions as audit
from binhyen.audit.journal import note_erasure
from binhyen.channels.connector import ConsentWithdrawn
from binhyen.core import clock
from binhyen.core.database import want_log_overwritten
from binhyen.inbox.ageing import erase_files
from binhyen.inbox.models import Attachment, Contact, Message, Tombstone
from binhyen.vault.keyring import keyed_hash
from binhyen.workflows.arrivals import Arrival, PersonKey
from binhyen.workflows.changes import Changes


def person_hash(person: PersonKey) -> str:
    """What a tombstone keeps of a person."""
    return keyed_hash("inbox.tombstone", f"{person[0]}:{person[1]}")


def leave_out_erased(arrivals: Sequence[Arrival], changes: Changes) -> list[Arrival]:
    """Erase whoever withdraws in this batch; the arrivals that may still be taken in.

    What a person does after withdrawing begins anew; what happened before it, or is an old call repeated, is dropped.
    """
    kept: list[Arrival] = []
    for arrival in arrivals:
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


def _withdrawn(arrivals: Sequence[Arrival]) -> dict[PersonKey, datetime]:
    hashes = {person_hash(person): person for one in arrivals if (person := one.person)}
    found = Tombstone.objects.filter(person_hash__in=hashes) if hashes else ()
    return {hashes[stone.person_hash]: stone.withdrawn_at for stone in found}


def _is_older(arrival: Arrival, withdrawn: dict[PersonKey, datetime]) -> bool:
    at = withdrawn.get(arrival.person) if arrival.person else None
    return at is not None and arrival.happened_at <= at
