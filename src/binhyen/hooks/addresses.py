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
    """The addresses of this installation; reading never waits for the database once it was filled."""

    def __init__(self, connector_for: ConnectorFor) -> None:
        self._connector_for = connector_for
        self._addresses: Mapping[tuple[str, str], Address] = {}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    def find(self, connector: str, public_id: str) -> Address | None:
        """The address, as far as the book knows."""
        return self._addresses.get((connector, public_id))

    async def look_again(self, not_older_than_s: float = 0.0) -> None:
        """Read the database, unless that was begun less than so many seconds ago, or after this call.

        Keeps what it knew when reading fails.
        """
        asked_at = time.monotonic()
        async with self._reading:
            if self._read_at >= asked_at - not_older_than_s:
                return
            self._read_at = time.monotonic()
            try:
                self._addresses = await sync_to_async(self._read, thread_sensitive=False)()
            except (Error, BinhYenError) as trouble:
                _log.error("The webhook addresses could not be read: %s", type(trouble).__name__)

    async def keep_fresh(self) -> None:
        """Read the database again and again, until cancelled."""
        while True:
            await asyncio.sleep(REFRESH_EVERY_S)
            await self.look_again()

    def _read(self) -> dict[tuple[str, str], Address]:
        try:
            applications = list(Application.objects.prefetch_related("accounts"))
        finally:
            connection.close()  # the thread may never come back
        found: dict[tuple[str, str], Address] = {}
        for application in applications:
            try:
                connector, keys = self._connector_for(application.connector), keys_for_application(application)
            except (
                BinhYenError,
                LookupError,
                ValueError,
            ) as trouble:
                # One broken application must not close all doors.
                _log.error("Application %s has no webhook: %s", application.public_id, type(trouble).__name__)
                continue
            address = Address(application.public_id, connector, keys, _pages(application))
            ids = [application.public_id, *(page.public_id for page in address.pages.values())]
            found.update(((application.connector, public_id), address) for public_id in ids)
        return found


def _pages(application: Application) -> dict[str, Page]:
    accounts: list[Account] = list(application.accounts.all())
    return {account.external_id: Page(account.public_id, account.unit_id) for account in accounts}
