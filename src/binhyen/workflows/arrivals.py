"""Raw calls of the intake queue as typed events, each with the account it belongs to."""

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from binhyen.channels.connector import (
    AccessRevoked,
    ConsentWithdrawn,
    Event,
    Followed,
    Ignored,
    Interacted,
    Media,
    PublicComment,
    Receipt,
    Text,
    Unfollowed,
    Unknown,
)
from binhyen.channels.models import Account
from binhyen.channels.registry import connector_for
from binhyen.jobs.contract import Job

Counts = Counter[tuple[int, str]]
"""Times by (unit key or 0, dotted name), for `core.counting.add_counts`."""
PersonKey = tuple[int, str]
"""Key of an account and the person's id there."""
TRUSTED_AGE = timedelta(hours=3)
"""The retry ladder ends after two hours (zalo section 2.1); an older stamp tells of a clock far off."""


@dataclass(frozen=True)
class Arrival:
    """One event of one account."""

    account: Account
    event: Event
    arrived_at: datetime
    """When our own door took it, by our clock."""
    body: bytes = b""
    """The raw call."""

    @functools.cached_property
    def person(self) -> PersonKey | None:
        """Whom it is about; None for events about nobody."""
        match self.event:
            case Ignored() | Unknown() | AccessRevoked():
                return None
            case event:
                return (self.account.pk, event.person)

    @property
    def happened_at(self) -> datetime:
        """By the platform's clock, as it stands in the event."""
        match self.event:
            case Ignored() | Unknown():
                return self.arrived_at
            case (
                Followed()
                | Unfollowed()
                | ConsentWithdrawn()
                | Interacted()
                | Receipt()
                | PublicComment()
                | AccessRevoked()
            ):
                return self.event.at
            case event:
                return event.sent_at

    @property
    def acted_at(self) -> datetime:
        """When the person acted, for the reply window: the platform's time where it can be true, else our own."""
        is_plausible = self.arrived_at - TRUSTED_AGE <= self.happened_at <= self.arrived_at
        return self.happened_at if is_plausible else self.arrived_at

    @property
    def message_id(self) -> str:
        """Identity of a message from a person, "" for other events."""
        return self.event.message_id if isinstance(self.event, Text | Media | PublicComment) else ""

    @property
    def quoted_id(self) -> str:
        """Identity of the message that the person quotes, "" for none."""
        return self.event.quoted_message_id if isinstance(self.event, Text) else ""


def read_calls(jobs: Sequence[Job], counts: Counts) -> list[Arrival]:
    """Events of the calls in order of arrival; a call of an account we do not have is counted and left out."""
    accounts = _accounts(jobs)
    arrivals = []
    for job in jobs:
        account = accounts.get(_account_of(job))
        if account is None or job.kind != f"call.{account.connector}":
            counts[0, "intake.unknown_account"] += 1
            continue
        events = connector_for(account.connector).read(job.body)
        arrivals += [Arrival(account, event, job.created_at, job.body) for event in events]
    return arrivals


def _account_of(job: Job) -> str:
    return job.lane.partition(":")[0]


def _accounts(jobs: Sequence[Job]) -> dict[str, Account]:
    wanted = {_account_of(job) for job in jobs}
    return {account.public_id: account for account in Account.objects.filter(public_id__in=wanted)}
