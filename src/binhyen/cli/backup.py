"""`binhyen backup`: database and sealed files into one encrypted file; keys and journal stay out of it."""

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from binhyen.cli.django_setup import start_django
from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured

if TYPE_CHECKING:
    from binhyen.vault.backups import SealingWriter


@click.command(short_help="Write an encrypted backup, and remove those older than 35 days.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.option(
    "--new-key", type=click.Path(dir_okay=False, path_type=Path), help="Make the key pair; FILE on another disk."
)
def command(folder: Path | None, new_key: Path | None) -> None:
    """Write a backup into FOLDER. The private key that opens it is made once with --new-key and carried away."""
    start_django()
    from binhyen.core import clock
    from binhyen.vault import backups

    if new_key:
        backups.create_keys(new_key)
        click.echo(f"private key: {new_key}. Carry it away, two copies in two places; without it no backup opens.")
        return
    if folder is None:
        raise click.UsageError("Name the folder for the backup.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / backups.backup_name(clock.now())
    unfinished = file.with_suffix(".part")
    try:
        with unfinished.open("xb") as sealed:
            _pack(backups.SealingWriter(sealed))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    click.echo(f"{file}: {file.stat().st_size:,} bytes")
    for old in backups.remove_old(folder):
        click.echo(f"removed {old.name}: older than 35 days")


def _pack(writer: "SealingWriter") -> None:
    """Database and residents' files; a consistent copy while everything runs. Sealed values stay sealed inside."""
    data_dir = configuration().data_dir
    with tempfile.TemporaryDirectory(dir=data_dir) as scratch:
        with tarfile.open(fileobj=writer, mode="w|") as archive:  # type: ignore[call-overload]
            archive.add(_database_copy(Path(scratch) / "copy"), "database")
            if (data_dir / "files").is_dir():
                archive.add(data_dir / "files", "files")
        writer.finish()


def _database_copy(copy: Path) -> Path:
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        return copy
    tool = shutil.which("pg_dump")
    if tool is None:
        raise Misconfigured("pg_dump is not on the path. Install the PostgreSQL client of the server's version.")
    done = subprocess.run(  # noqa: S603
        [tool, "--format=custom", f"--file={copy}", "--dbname", configuration().database],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise Misconfigured(f"pg_dump failed with status {done.returncode}.")
    return copy
