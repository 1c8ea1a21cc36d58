"""`binhyen restore`: a backup back into an empty installation; what was erased since stays erased (G26)."""

import shutil
import subprocess
import tarfile
from pathlib import Path

import click

from binhyen.cli.django_setup import bring_up_to_date, start_django
from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured


@click.command(short_help="Bring an encrypted backup back; erasures since then are carried out again.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True, help="The private key."
)
def command(file: Path, key: Path) -> None:
    """Restore FILE. On SQLite the data folder must hold no database, on PostgreSQL the database must be empty."""
    from binhyen.vault import backups

    settings = configuration()
    database = settings.data_dir / "binhyen.sqlite3"
    if not settings.runs_on_postgresql and database.exists():
        raise Misconfigured(f"{database} exists. Move it away first; nothing is overwritten.")
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy = settings.data_dir / "restored.database"
    with (
        file.open("rb") as sealed,
        tarfile.open(
            fileobj=backups.PieceReader(backups.open_stream(sealed, key)), mode="r|", bufsize=1024 * 1024
        ) as archive,
    ):
        for member in archive:
            name = "restored.database" if member.name == "database" else member.name
            if name != "restored.database" and member.name.split("/")[0] != "files":
                continue
            archive.extract(member.replace(name=name), settings.data_dir, filter="data")
    _put_in_place(copy, database)
    start_django()
    bring_up_to_date()
    from binhyen.workflows.erasing_again import repeat_erasures

    count = repeat_erasures()
    click.echo(f"restored. {count} erasures since the backup were carried out again. Now: binhyen doctor")


def _put_in_place(copy: Path, database: Path) -> None:
    if not copy.exists():
        raise Misconfigured("The backup holds no database.")
    if not configuration().runs_on_postgresql:
        copy.replace(database)
        return
    tool = shutil.which("pg_restore")
    if tool is None:
        raise Misconfigured("pg_restore is not on the path. Install the PostgreSQL client of the server's version.")
    done = subprocess.run(  # noqa: S603
        [tool, "--no-owner", "--exit-on-error", "--dbname", configuration().database, str(copy)],
        capture_output=True,
        check=False,
    )
    copy.unlink()
    if done.returncode:
        raise Misconfigured(f"pg_restore failed with status {done.returncode}: is the database empty?")
