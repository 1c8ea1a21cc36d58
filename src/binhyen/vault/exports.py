"""Lists that leave the building: encrypted, marked, opened by a password shown once, gone after one download (G33).

A caller gives tables without any identity of residents; this module never looks into them.
"""

import hashlib
import os
import secrets
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.ids import new_public_id
from binhyen.core.text import clean
from binhyen.vault.export_files import Table, Watermark, about_text, csv_file, xlsx_file
from binhyen.vault.models import Export

LASTS = timedelta(hours=24)
LEAST_REASON = 10
"""Characters of a reason."""
MOST_ROWS = 10_000
FORMS = ("xlsx", "csv")
REMEMBERED_DAYS = 365
"""Days the register of exports is kept; the files themselves live at most `LASTS`."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter that is read as another one."""
_GROUPS, _GROUP_LENGTH = 5, 4
"""20 of 31 letters: 99 random bits."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new export; the password is nowhere else."""

    export: Export
    password: str


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants what, and why."""

    unit_key: int
    unit_name: str
    officer_key: int
    officer_name: str
    kind: str
    """Code of the list, also its file name: "cuoc-tro-chuyen"."""
    form: str
    """"xlsx" or "csv"."""
    reason: str


def make_export(order: Order, tables: Sequence[Table]) -> Made:
    """Write the archive and its row in the register, with an audit row.

    The caller has checked the right and a fresh second factor (G38). Raises NotPossible: export_reason(least),
    export_form, export_rows(most).
    """
    reason = clean(order.reason)[:200]
    if len(reason) < LEAST_REASON:
        raise NotPossible("export_reason", least=LEAST_REASON)
    if order.form not in FORMS:
        raise NotPossible("export_form")
    rows = sum(len(table.rows) for table in tables)
    if rows > MOST_ROWS:
        raise NotPossible("export_rows", most=MOST_ROWS)
    now, public_id = clock.now(), new_public_id()
    mark = Watermark(public_id[:8], order.unit_name, order.officer_name, reason, now)
    password = _new_password()
    archive = _archive(order, tables, mark, password)
    file = path_of(public_id)
    _write(file, archive)
    try:
        with transaction.atomic():
            export = Export.objects.create(
                public_id=public_id,
                unit_key=order.unit_key,
                officer_key=order.officer_key,
                kind=order.kind,
                form=order.form,
                reason=reason,
                row_count=rows,
                sha256=hashlib.sha256(archive).hexdigest(),
                created_at=now,
                expires_at=now + LASTS,
            )
            facts: dict[str, str | int] = {"kind": order.kind, "rows": rows, "form": order.form}
            audit.record(order.unit_key, "export.made", actor_key=order.officer_key, subject=public_id, facts=facts)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return Made(export, password)


def access_export(officer_key: int, public_id: str) -> Export:
    """One of the officer's own. Raises NotAllowed."""
    found = Export.objects.filter(public_id=public_id, officer_key=officer_key).first()
    if found is None:
        raise NotAllowed
    return found


def take_export(officer_key: int, public_id: str) -> tuple[Export, bytes]:
    """The archive, once and only for who made it; afterwards it does not exist any more.

    Raises NotAllowed for a foreign or unknown one, NotPossible("export_gone") for one taken before or too old.
    """
    found = access_export(officer_key, public_id)
    now = clock.now()
    file = path_of(public_id)
    with transaction.atomic():
        waiting = Export.objects.filter(pk=found.pk, downloaded_at=None, expires_at__gt=now)
        if not waiting.update(downloaded_at=now):
            raise NotPossible("export_gone")
        audit.record(found.unit_key, "export.downloaded", actor_key=officer_key, subject=public_id)
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise NotPossible("export_gone") from error
    file.unlink(missing_ok=True)
    found.refresh_from_db()
    return found, content


def forget_exports() -> int:
    """Delete archives whose day is over, files without a row, and rows of long ago; the number of files deleted."""
    now = clock.now()
    alive = set(Export.objects.filter(downloaded_at=None, expires_at__gt=now).values_list("public_id", flat=True))
    folder = _folder()
    old = [file for file in folder.glob("*.zip") if file.stem not in alive] if folder.is_dir() else []
    for file in old:
        file.unlink(missing_ok=True)
    Export.objects.filter(created_at__lt=now - timedelta(days=REMEMBERED_DAYS)).delete()
    return len(old)


def path_of(public_id: str) -> Path:
    """Where the archive lies until it is taken."""
    return _folder() / f"{public_id}.zip"


def _folder() -> Path:
    return configuration().data_dir / "exports"


def _new_password() -> str:
    """Letters in groups, for reading aloud and typing."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def _archive(order: Order, tables: Sequence[Table], mark: Watermark, password: str) -> bytes:
    """A ZIP with AES-256 (WinZip AE-2); 7-Zip and WinRAR open it."""
    stamp = f"{mark.at.astimezone(clock.VIETNAM):%Y%m%d-%H%M}"
    files = {f"{order.kind}-{stamp}.xlsx": xlsx_file(tables, mark)} if order.form == "xlsx" else {}
    if order.form == "csv":
        files = {f"{order.kind}-{stamp}-{number}.csv": csv_file(table, mark) for number, table in enumerate(tables, 1)}
    files["VE-TEP-NAY.txt"] = about_text(mark).encode("utf-8-sig")
    buffer = BytesIO()
    import pyzipper

    with pyzipper.AESZipFile(buffer, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
