"""An officer's own Zalo, linked by a one-time code sent to the unit's page: alerts ring on the telephone."""

import re
import secrets
from datetime import timedelta

from django.db import transaction

from binhyen.core import clock
from binhyen.inbox.models import Contact, OfficerZalo
from binhyen.units.actions import record_for_officer
from binhyen.units.models import Officer
from binhyen.vault.keyring import keyed_hash

CODE_VALID = timedelta(minutes=15)
CODE_DIGITS = 8
CODE_WORD = "TRUC"
"""What the officer writes before the digits."""
_WRITTEN = re.compile(rf"{CODE_WORD.lower()} ?(\d{{{CODE_DIGITS}}})")
_PURPOSE = "officer.zalo"


@transaction.atomic
def new_link_code(officer: Officer) -> str:
    """A fresh code, valid fifteen minutes and once; an earlier link stays until the new one is made."""
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    OfficerZalo.objects.update_or_create(
        officer=officer,
        defaults={"code_hash": keyed_hash(_PURPOSE, code), "code_expires_at": clock.now() + CODE_VALID},
    )
    return code


def written_code(folded: str) -> str:
    """The digits when a message (in its search form) is nothing but a link code, else ""."""
    found = _WRITTEN.fullmatch(folded)
    return found[1] if found else ""


@transaction.atomic
def link_by_code(code: str, contact: Contact) -> bool:
    """Link the officer who holds this code to the writer's chat; False for a wrong, used or old code."""
    waiting = OfficerZalo.objects.select_for_update().filter(code_hash=keyed_hash(_PURPOSE, code))
    link = waiting.filter(code_expires_at__gt=clock.now(), officer__is_active=True).select_related("officer").first()
    if link is None:
        return False
    link.contact, link.linked_at, link.code_hash, link.code_expires_at = contact, clock.now(), "", None
    link.save()
    record_for_officer(link.officer, "officer.zalo_linked")
    return True


@transaction.atomic
def unlink(officer: Officer) -> None:
    """Forget the officer's chat and any open code."""
    if OfficerZalo.objects.filter(officer=officer).delete()[0]:
        record_for_officer(officer, "officer.zalo_unlinked")
