"""What was refused, ignored or could not be read, and why: nothing is dropped in silence."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Sum

from binhyen.core import clock
from binhyen.core.models import DailyCount
from binhyen.inbox.models import Attachment, AttachmentState, UnreadEvent
from binhyen.units.models import Role
from binhyen.units.scope import CONVERSATION_ROLES, Scope

DAYS = 30
SHOWN = 100
OF_A_UNIT = (
    r"^(intake\.(ignored|silent)\.|portal\."
    r"|intake\.(unread|public_comment|after_erasure|withdrawn|echo_not_recognised)$)"
)
OF_THE_HOUSE = (
    r"^(hooks\.(refused|dropped)\.|hooks\.(failed|not_stored)$|jobs\.buried\.|(portal|api)\.refused"
    r"|intake\.unknown_account)"
)
_HOUSE_ROLES = frozenset({Role.TECHNICAL_ADMINISTRATOR, Role.UNIT_ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Counted:
    """How often one thing happened in the last `DAYS` days."""

    name: str
    """Code of the count, "hooks.refused.stale"."""
    times: int
    last_on: date


def counts_for(scope: Scope) -> list[Counted]:
    """Counts of the officer's units, and for administrators those of the whole installation; most frequent first."""
    since = clock.today() - timedelta(days=DAYS)
    units = scope.units_with(CONVERSATION_ROLES)
    rows = DailyCount.objects.filter(day__gt=since)
    looked = [rows.filter(unit_key__in=units, name__regex=OF_A_UNIT)]
    if scope.units_with(_HOUSE_ROLES):
        looked.append(rows.filter(unit_key=0, name__regex=OF_THE_HOUSE))
    found = [
        Counted(row["name"], row["times"], row["last_on"])
        for part in looked
        for row in part.values("name").annotate(times=Sum("count"), last_on=Max("day")).order_by("name")
    ]
    return sorted(found, key=lambda one: (-one.times, one.name))


def unread_for(scope: Scope) -> list[UnreadEvent]:
    """Events of a kind never seen before, kept sealed for an operator; newest first, without their content."""
    units = scope.units_with(CONVERSATION_ROLES)
    found = UnreadEvent.objects.filter(account__unit_id__in=units).select_related("account")
    return list(found.defer("sealed_body").order_by("-pk")[:SHOWN])


def refused_files_for(scope: Scope) -> list[Attachment]:
    """Pictures, voices and files of residents that were not taken, with the reason; newest first."""
    units = scope.units_with(CONVERSATION_ROLES)
    found = Attachment.objects.filter(unit_id__in=units, state=AttachmentState.REFUSED)
    return list(found.select_related("message__conversation").order_by("-pk")[:SHOWN])
