"""Which application and which pages stand behind a webhook address, kept in memory with their opened keys."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from asgiref.sync import sync_to_async
from django.db import Error, connection

from binhyen.channels.accounts import keys_for_application
from binhyen.channels.connector import Connector, Credentials
from binhyen.channels.models import Account, Application
from binhyen.core.errors import BinhYenError

REFRESH_EVERY_S = 5.0
"""A new page, a changed key or a removed application is known here after so many seconds."""
ANSWER_WITHIN_S = 1.5
"""Longest wait for the database; the platform stops listening after 2 s (zalo section 2.1)."""
LOOK_AGAIN_AFTER_S = 1.0
"""Anybody can call an unknown address, which makes the book look at once, but not more often than this."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """An account events may be for."""

    public_id: str
    unit_key: int


@dataclass(frozen=True, slots=True)
class Address:
    """One application behind /hooks/<connector>/<public id>; `pages` by external id."""

    public_id: str
    connector: Connector
    keys: Credentials = field(repr=False)
    pages: Mapping[str, Page]


ConnectorFor = Callable[[str], Connector]


class AddressBook:
    """The addresses of this installation; known ones are found without the database, even while it is away."""

    def __init__(self, connector_for: ConnectorFor) -> None:
        self.is_current = False
        """Whether the last look at the database succeeded: what is not in the book then does not exist."""
        self._connector_for = connector_for
        self._addresses: Mapping[tuple[str, str], Address] = {}
        self._unreadable: frozenset[tuple[str, str]] = frozenset()
        self._begun_at = float("-inf")
        self._looking: asyncio.Task[None] | None = None

    def find(self, connector: str, public_id: str) -> Address | None:
        """The address, as far as the book knows."""
        return self._addresses.get((connector, public_id))

    def is_unreadable(self, connector: str, public_id: str) -> bool:
        """Whether the address exists but its keys cannot be opened now: a call must come again, not be dropped."""
        return (connector, public_id) in self._unreadable

    async def look_again(self, not_older_than_s: float = 0.0) -> None:
        """Read the database, unless that was begun less than so many seconds ago, or after this call.

        Keeps what it knew when reading fails; waits no longer than `ANSWER_WITHIN_S` for a database that is silent.
        """
        asked_at = time.monotonic()
        while True:
            if self._looking is None or self._looking.done():
                if self._begun_at >= asked_at - not_older_than_s:
                    return
                self._begun_at = time.monotonic()
                self._looking = asyncio.create_task(self._look())
            left_s = asked_at + ANSWER_WITHIN_S - time.monotonic()
            done, _ = await asyncio.wait([self._looking], timeout=max(0.0, left_s))
            if not done:
                self.is_current = False
                return

    async def _look(self) -> None:
        try:
            self._addresses, self._unreadable = await sync_to_async(self._read, thread_sensitive=False)()
            self.is_current = True
        except (Error, BinhYenError) as trouble:
            self.is_current = False
            _log.error("The webhook addresses could not be read: %s", type(trouble).__name__)

    async def keep_fresh(self) -> None:
        """Read the database again and again, until cancelled."""
        while True:
            await asyncio.sleep(REFRESH_EVERY_S)
            await self.look_again()

    def _read(self) -> tuple[dict[tuple[str, str], Address], frozenset[tuple[str, str]]]:
        try:
            applications = list(Application.objects.prefetch_related("accounts"))
        finally:
            connection.close()  # the thread may never come back
        found: dict[tuple[str, str], Address] = {}
        unreadable: set[tuple[str, str]] = set()
        for application in applications:
            pages = _pages(application)
            ids = [(application.connector, public_id) for public_id in _public_ids(application, pages)]
            try:
                connector, keys = self._connector_for(application.connector), keys_for_application(application)
            except (
                BinhYenError,
                LookupError,
                ValueError,
            ) as trouble:
                # One broken application must not close all doors.
                _log.error("Application %s has no webhook: %s", application.public_id, type(trouble).__name__)
                unreadable.update(ids)
                continue
            found.update(dict.fromkeys(ids, Address(application.public_id, connector, keys, pages)))
        return found, frozenset(unreadable)


def _pages(application: Application) -> dict[str, Page]:
    accounts: list[Account] = list(application.accounts.all())
    return {account.external_id: Page(account.public_id, account.unit_id) for account in accounts}


def _public_ids(application: Application, pages: Mapping[str, Page]) -> list[str]:
    """Calls come to the application's own address, or to that of one of its pages."""
    return [application.public_id, *(page.public_id for page in pages.values())]
