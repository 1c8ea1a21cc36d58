"""After a restore: erase again what had been erased since the backup was made (G26)."""

from collections.abc import Callable

from django.db import transaction

from binhyen.audit.journal import erasures_to_repeat, mark_repeated
from binhyen.cases.models import Case
from binhyen.cases.retention import destroy_identity, erase_case, remove_row
from binhyen.core import clock
from binhyen.inbox.ageing import erase_conversation
from binhyen.inbox.models import Contact, Conversation
from binhyen.workflows.erasing import erase_person, person_hash


def repeat_erasures() -> int:
    """Carry out what the journal knows and the database does not; the number erased. Nothing to do is quick."""
    waiting = erasures_to_repeat()
    if not waiting:
        return 0
    keys: dict[str, set[str]] = {}
    for one in waiting:
        keys.setdefault(one.room, set()).add(one.key)
    count = sum(repeat(keys[room]) for room, repeat in _REPEATING.items() if room in keys)
    mark_repeated(waiting[-1].position)
    return count


def _contacts(keys: set[str]) -> int:
    """The journal holds keyed hashes only, so every contact is hashed once to find them."""
    count = 0
    for contact in Contact.objects.select_related("account").iterator(2_000):
        person = (contact.account_id, contact.external_id)
        if person_hash(person) in keys:
            with transaction.atomic():
                erase_person(person, contact.unit_id, clock.now())
            count += 1
    return count


def _conversations(keys: set[str]) -> int:
    rows = list(Conversation.objects.filter(public_id__in=keys).select_related("contact"))
    for conversation in rows:
        with transaction.atomic():
            erase_conversation(conversation, "restored")
    return len(rows)


def _cases(keys: set[str]) -> int:
    rows = list(Case.objects.filter(public_id__in=keys).exclude(wrapped_key=b""))
    for case in rows:
        erase_case(case, "restored")
    return len(rows)


def _identities(keys: set[str]) -> int:
    rows = list(Case.objects.filter(public_id__in=keys).exclude(sealed_identity=b""))
    for case in rows:
        destroy_identity(case, "restored")
    return len(rows)


def _register_rows(keys: set[str]) -> int:
    """After their cases were erased again; the youngest first, so that parts go before their whole."""
    rows = list(Case.objects.filter(public_id__in=keys, wrapped_key=b"").order_by("-pk"))
    with transaction.atomic():
        for case in rows:
            remove_row(case)
    return len(rows)


_REPEATING: dict[str, Callable[[set[str]], int]] = {
    "contact": _contacts,
    "conversation": _conversations,
    "case": _cases,
    "identity": _identities,
    "register_row": _register_rows,
}
