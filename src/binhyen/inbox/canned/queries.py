"""Reads of canned replies and macros, and the facts that fill them."""

from collections.abc import Iterable

from django.db.models import Q

from binhyen.core.errors import NotAllowed
from binhyen.core.text import fold
from binhyen.inbox.canned.rules import capital, fill
from binhyen.inbox.models import CannedReply, Conversation, Macro
from binhyen.units.models import DirectoryEntry, Officer, Unit
from binhyen.units.scope import CONVERSATION_ROLES, LEADER_ROLES, REPLY_ROLES, Scope

SHOWN = 8
"""Canned replies listed at once in the picker."""


def canned_for(scope: Scope) -> list[CannedReply]:
    """All replies of the officer's units that are not withdrawn, those waiting for a leader first."""
    found = CannedReply.objects.filter(unit_id__in=scope.units_with(CONVERSATION_ROLES), is_withdrawn=False)
    rows = found.select_related("unit", "proposed_by", "approved_by").order_by("folded", "pk")
    return sorted(rows, key=lambda canned: not canned.proposed_text)


def usable_for(scope: Scope, unit_id: int, typed: str = "") -> list[CannedReply]:
    """Approved replies of a unit that hold all typed words, marks or not, in their title or text."""
    scope.check(unit_id, REPLY_ROLES)
    found = CannedReply.objects.filter(unit_id=unit_id, is_withdrawn=False).exclude(text="")
    for word in fold(typed).split()[:8]:
        found = found.filter(folded__contains=word)
    return list(found.order_by("folded", "pk")[:SHOWN])


def access_canned(scope: Scope, public_id: str) -> CannedReply:
    """A reply of one of the officer's units. Raises NotAllowed."""
    units = scope.units_with(CONVERSATION_ROLES)
    found = CannedReply.objects.filter(public_id=public_id, unit_id__in=units, is_withdrawn=False)
    canned = found.select_related("unit", "proposed_by", "approved_by").first()
    if canned is None:
        raise NotAllowed
    return canned


def macros_for(scope: Scope, unit_id: int | None = None) -> list[Macro]:
    """Macros of the officer's units, or of one of them, by name."""
    units = scope.units_with(CONVERSATION_ROLES)
    found = Macro.objects.filter(unit_id__in=units if unit_id is None else units & {unit_id}, is_withdrawn=False)
    return list(found.select_related("unit", "topic", "canned").order_by("name", "pk"))


def access_macro(scope: Scope, public_id: str) -> Macro:
    """A macro of one of the officer's units. Raises NotAllowed."""
    found = Macro.objects.filter(public_id=public_id, unit_id__in=scope.units_with(CONVERSATION_ROLES))
    macro = found.filter(is_withdrawn=False).select_related("unit", "topic", "canned").first()
    if macro is None:
        raise NotAllowed
    return macro


def facts_for(unit: Unit, officer: Officer) -> dict[str, str]:
    """What fills the variables, but for the number of the conversation; one query."""
    entries = DirectoryEntry.objects.filter(unit=unit).values_list("title", "phone")
    return {
        "ai": unit.address_form,
        "Ai": capital(unit.address_form),
        "cq": unit.short_name,
        "Cq": capital(unit.short_name),
        "so_truc": unit.duty_phone,
        "gio": _inside(unit.office_hours),
        "dia_chi": _inside(unit.street_address),
        "can_bo": officer.full_name,
        "so_can_bo": _published_number(officer, entries),
    }


def _inside(sentence: str) -> str:
    """Words that stand within a sentence, whose full stop the reply writes itself."""
    return sentence.rstrip(" .;")


def _published_number(officer: Officer, entries: Iterable[tuple[str, str]]) -> str:
    """The number the unit publishes under the officer's name, "" when it publishes none."""
    name = fold(officer.full_name).removeprefix("d c ")
    return next((phone for title, phone in entries if name and name in fold(title)), "")


def filled_for(text: str, facts: dict[str, str], conversation: Conversation) -> str:
    """The text as this conversation's resident would get it."""
    return fill(text, facts | {"so": str(conversation.number)})


def waiting_for_leader(scope: Scope) -> int:
    """How many drafts wait for the officer's approval."""
    waiting = Q(unit_id__in=scope.units_with(LEADER_ROLES)) & ~Q(proposed_text="")
    return CannedReply.objects.filter(waiting, is_withdrawn=False).count()
