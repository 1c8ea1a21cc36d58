"""Look-ups whose SQL is made once: for a light one Django's compiler takes ten times as long as the database."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from binhyen.core.database import this_connection

_FIRST_PROBE = 1_936_528_371
"""Numbers from here on, and words with them, show where in the statement the arguments stand."""

_Read = Callable[[BaseDatabaseWrapper, Sequence[Any]], list[tuple[Any, ...]]]


class Prepared:
    """A `values_list` query of a few arguments, compiled at its first use for each sort of database.

    `query` makes it from arguments of the given `kinds` (str, int), which must stand in it as they are: values of exact
    conditions. None is no such value, since SQL asks for it in other words.
    """

    def __init__(self, query: Callable[..., QuerySet[Any, Any]], *kinds: type[str] | type[int]) -> None:
        self._query = query
        self._probes = [kind(_FIRST_PROBE + place) for place, kind in enumerate(kinds)]
        self._reads: dict[str, _Read] = {}

    def rows(self, *values: str | int) -> list[tuple[Any, ...]]:
        """What `list(query(*values))` gives."""
        database = this_connection()
        read = self._reads.get(database.vendor)
        if read is None:
            read = self._reads[database.vendor] = self._compiled(database)
        return read(database, values)

    def first(self, *values: str | int) -> tuple[Any, ...] | None:
        """The first row, None when there is none. The query should end with `[:1]`."""
        return next(iter(self.rows(*values)), None)

    def _compiled(self, database: BaseDatabaseWrapper) -> _Read:
        compiler = self._query(*self._probes).query.get_compiler(connection=database)
        statement, known = compiler.as_sql()
        places = [self._probes.index(value) if value in self._probes else None for value in known]
        if not set(range(len(self._probes))) <= set(places):
            raise ValueError(f"not every argument stands in the statement as it is: {statement}")
        converters = compiler.get_converters([column for column, *_ in compiler.select])

        def read(database: BaseDatabaseWrapper, values: Sequence[Any]) -> list[tuple[Any, ...]]:
            pairs = zip(places, known, strict=True)
            with database.cursor() as cursor:
                cursor.execute(statement, [value if place is None else values[place] for place, value in pairs])
                rows = cursor.fetchall()
            return [_converted(row, converters, database) for row in rows] if converters else rows

        return read


def _converted(row: Sequence[Any], converters: dict[int, Any], database: BaseDatabaseWrapper) -> tuple[Any, ...]:
    """The row as Django gives it: times and yes or no are stored as something else in SQLite."""
    values = list(row)
    for place, (steps, expression) in converters.items():
        for step in steps:
            values[place] = step(values[place], expression, database)
    return tuple(values)
