"""What a leaver wrote and did not finish: unsent words, drafts, notices, shared filters, key shares (G36)."""

from django.db.models import QuerySet

from binhyen.cases.custodians import custodians_for
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import fold
from binhyen.inbox.models import Author, Direction, Draft, Message, SavedFilter
from binhyen.lost_found.models import Record, RecordState
from binhyen.lost_found.queries import WRITE_ROLES as NOTICE_ROLES
from binhyen.outreach.models import Post, PostState
from binhyen.outreach.queries import WRITE_ROLES as POST_ROLES
from binhyen.procedures.models import ProcedureVersion
from binhyen.procedures.queries import EDIT_ROLES, OPEN_STATES
from binhyen.reviews.models import Review, ReviewState
from binhyen.reviews.queries import WRITE_ROLES as REVIEW_ROLES
from binhyen.units.models import Membership, Officer, Role, Unit
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


def open_procedures(unit: Unit, officer: Officer) -> QuerySet[ProcedureVersion]:
    """Changes of procedures the officer wrote and nobody approved yet."""
    return ProcedureVersion.objects.filter(unit=unit, drafted_by=officer, state__in=OPEN_STATES)


def waiting_notices(unit: Unit, officer: Officer) -> QuerySet[Record]:
    """Notices of lost and found that wait for a second officer."""
    return Record.objects.filter(unit=unit, author=officer, state=RecordState.REVIEW)


def draft_reviews(unit: Unit, officer: Officer) -> QuerySet[Review]:
    """Reviews the officer began and nobody closed."""
    return Review.objects.filter(unit=unit, author=officer, state=ReviewState.DRAFT)


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
    _hand_over_drafts(unit, leaver, [successor.pk if successor else administrator_id, administrator_id])
    heir = successor.pk if successor else administrator_id
    taken = set(SavedFilter.objects.filter(unit=unit, officer_id=heir).values_list("name", flat=True))
    for kept in shared_filters(unit, leaver):
        kept.name = kept.name if kept.name not in taken else f"{kept.name[:40]} ({leaver.full_name})"[:60]
        kept.officer_id = heir
        kept.save(update_fields=["name", "officer"])
    SavedFilter.objects.filter(unit=unit, officer=leaver).delete()


def _hand_over_drafts(unit: Unit, leaver: Officer, first: list[int]) -> None:
    """Each kind to the first officer of the unit whose roles write it, those named in `first` before the others.

    Who takes a draft over cannot be its second person.
    """
    members = Membership.objects.filter(unit=unit, officer__is_active=True).exclude(officer=leaver).order_by("pk")
    held = list(members.values_list("officer_id", "role"))

    def heir(roles: frozenset[Role]) -> int | None:
        able = [officer for officer, role in held if role in roles]
        return next((one for one in [*first, *able] if one in able), None)

    if writer := heir(POST_ROLES):
        draft_posts(unit, leaver).update(author=writer)
    if writer := heir(NOTICE_ROLES):
        waiting_notices(unit, leaver).update(author=writer)
    if writer := heir(REVIEW_ROLES):
        draft_reviews(unit, leaver).update(author=writer)
    if writer := heir(EDIT_ROLES):
        versions = list(open_procedures(unit, leaver))
        for version in versions:
            version.drafted_by_id, version.editors = writer, sorted({*version.editors, writer})
        ProcedureVersion.objects.bulk_update(versions, ["drafted_by", "editors"])


def retire_key(leaver: Officer) -> None:
    """The passphrase of somebody without any unit opens no share any more."""
    CustodianKey.objects.filter(officer_key=leaver.pk, retired_at=None).update(retired_at=clock.now())
