"""The database engine of small installations (Django looks for `DatabaseWrapper` here).

SQLite lets one connection write at a time; who finds it busy sleeps and looks again, up to 100 ms late each time. With
many threads that want to write, the file is idle most of the time. Here a transaction first takes this process's turn,
which the next thread gets the moment it is given back. Other processes still meet at SQLite's own lock.
Measured with reports sent by twelve people at once: docs/adr/0020-turns-to-write-on-sqlite.md.

Things that Django does value by value are done at once here: marks of parameters, and times read and written.
"""

import contextlib
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.backends.sqlite3 import base, operations
from django.db.utils import OperationalError

_WORTH_SAYING_S = 1.0
"""A shorter wait for the turn changes nothing for anybody."""
_turns: dict[str, threading.Lock] = defaultdict(threading.Lock)


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor; a statement for hundreds of rows has thousands of marks."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """The statement with SQLite's marks."""
        if param_names is None and "%%" not in query:
            return query.replace("%s", "?")
        return str(super().convert_query(query, param_names=param_names))


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, with times read and written in one step."""

    def adapt_datetimefield_value(self, value: Any) -> str | None:
        """An aware time as it is stored."""
        if isinstance(value, datetime) and value.tzinfo is self.connection.timezone:
            return str(value.replace(tzinfo=None))
        return super().adapt_datetimefield_value(value)

    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> datetime | None:
        """A stored time as an aware one."""
        if isinstance(value, datetime) and value.tzinfo is None:
            return value.replace(tzinfo=self.connection.timezone)
        return super().convert_datetimefield_value(value, expression, connection)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions take turns within the process."""

    ops_class = DatabaseOperations

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._has_turn = False
        self.patience_s = self._configured_wait_s
        """How long a transaction waits for its turn and the file together; set it lower around what is worth little."""

    def create_cursor(self, name: str | None = None) -> Cursor:  # noqa: ARG002 - Django's own signature
        """A new cursor; SQLite's have no names."""
        return self.connection.cursor(factory=Cursor)  # type: ignore[no-any-return]

    def _start_transaction_under_autocommit(self) -> None:
        began = time.monotonic()
        self._take_turn()
        try:
            with self._waiting_at_most(self.patience_s - (time.monotonic() - began)):
                super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn_back()
            raise

    @contextlib.contextmanager
    def _waiting_at_most(self, left_s: float) -> Iterator[None]:
        """What is left after the turn; a person is told after `patience_s` in all, before a proxy loses patience."""
        if self._configured_wait_s - left_s < _WORTH_SAYING_S:
            yield
            return
        self.connection.execute(f"PRAGMA busy_timeout={max(0, round(left_s * 1_000)):d}")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout={round(self._configured_wait_s * 1_000):d}")

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._give_turn_back()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn_back()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn_back()

    @property
    def _turn(self) -> threading.Lock:
        return _turns[str(self.settings_dict["NAME"])]

    def _take_turn(self) -> None:
        """Raises OperationalError when patience is at its end."""
        if not self._has_turn and not self._turn.acquire(timeout=self.patience_s):
            raise OperationalError("database is locked")
        self._has_turn = True

    def _give_turn_back(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._turn.release()

    @property
    def _configured_wait_s(self) -> float:
        """As long as SQLite itself waits."""
        return float(self.settings_dict["OPTIONS"].get("timeout", 5))
