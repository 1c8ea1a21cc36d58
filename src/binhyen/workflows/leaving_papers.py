"""What a leaver wrote and did not finish: unsent words, drafts of posts, shared filters, key shares (G36)."""

from django.db.models import QuerySet

from binhyen.cases.custodians import custodians_for
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import fold
from binhyen.inbox.models import Author, Direction, Draft, Message, SavedFilter
from binhyen.outreach.models import Post, PostState
from binhyen.outreach.queries import WRITE_ROLES
from binhyen.units.models import Membership, Officer, Unit
from binhyen.vault.models import CustodianKey
from binhyen.vault.sharing import NEEDED


def unsent(unit: Unit, officer: Officer) -> QuerySet[Draft]:
    """Words typed in conversations of the unit and never sent."""
    return Draft.objects.filter(conversation__unit=unit, officer=officer).exclude(text="")


def draft_posts(unit: Unit, officer: Officer) -> QuerySet[Post]:
    """Posts the officer began and has not handed over for approval."""
    return Post.objects.filter(unit=unit, author=officer, state=PostState.DRAFT)


def shared_filters(unit: Unit, officer: Officer) -> QuerySet[SavedFilter]:
    """Filters that colleagues use too."""
    return SavedFilter.objects.filter(unit=unit, officer=officer, is_shared=True)


def shares_held(unit: Unit, officer: Officer) -> int:
    """1 when the officer holds a share of the unit's present identity key."""
    return sum(one.holds_share for one in custodians_for(unit) if one.officer == officer)


def check_shares(unit: Unit, leaver: Officer) -> None:
    """Raises NotPossible("shares_few", needed) when those who stay could not open an identity any more."""
    holders = [one.officer for one in custodians_for(unit) if one.holds_share]
    if leaver in holders and len(holders) - 1 < NEEDED:
        raise NotPossible("shares_few", needed=NEEDED)


def hand_over_papers(unit: Unit, leaver: Officer, successor: Officer | None, administrator_id: int) -> None:
    """Unsent words stand as notes in their conversations; the rest goes to the successor, else to the administrator."""
    now = clock.now()
    rows = list(unsent(unit, leaver).select_related("conversation"))
    Message.objects.bulk_create(
        Message(
            unit=unit, conversation=row.conversation, direction=Direction.NOTE, author=Author.OFFICER, officer=leaver,
            text=row.text, folded=fold(row.text), sent_at=now, created_at=now,
        )
        for row in rows
    )  # fmt: skip
    Draft.objects.filter(conversation__unit=unit, officer=leaver).delete()
    if successor and Membership.objects.filter(unit=unit, officer=successor, role__in=WRITE_ROLES).exists():
        draft_posts(unit, leaver).update(author=successor)
    heir = successor.pk if successor else administrator_id
    taken = set(SavedFilter.objects.filter(unit=unit, officer_id=heir).values_list("name", flat=True))
    for kept in shared_filters(unit, leaver):
        kept.name = kept.name if kept.name not in taken else f"{kept.name[:40]} ({leaver.full_name})"[:60]
        kept.officer_id = heir
        kept.save(update_fields=["name", "officer"])
    SavedFilter.objects.filter(unit=unit, officer=leaver).delete()


def retire_key(leaver: Officer) -> None:
    """The passphrase of somebody without any unit opens no share any more."""
    CustodianKey.objects.filter(officer_key=leaver.pk, retired_at=None).update(retired_at=clock.now())
