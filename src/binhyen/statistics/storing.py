"""Many new rows at once, past the ORM: COPY on PostgreSQL, one prepared statement on SQLite; then a look over them."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection
from django.db.models import Model

Row = tuple[int | str | date, ...]


def store(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of the model's database columns; JSON comes as text. Belongs into a transaction of the caller."""
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - quoted names of a model
            cursor.executemany(statement, list(rows))


def repeat(model: type[Model], columns: Sequence[str], day_column: str, day: date, others: Sequence[date]) -> None:
    """Insert the rows of one day or month again for each of the others, within the database: nothing is sent."""
    quote = connection.ops.quote_name
    table, names, when = quote(model._meta.db_table), ", ".join(map(quote, columns)), quote(day_column)
    days = ", ".join(["(%s)"] * len(others))
    statement = (
        f"INSERT INTO {table} ({when}, {names}) WITH others (each) AS (VALUES {days}) "  # noqa: S608 - names of a model
        f"SELECT each, {names} FROM {table} CROSS JOIN others WHERE {when} = %s"
    )
    if others:
        with connection.cursor() as cursor:
            cursor.execute(statement, [*others, day])


def look_over(*models: type[Model]) -> None:
    """Tell the database how much there is now, so that the first pages are not planned for empty tables."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
