"""Both languages are complete and the compiled catalogues are those of the texts."""

import gettext
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "binhyen"


def main() -> int:
    """Name every room whose Vietnamese catalogue misses a text, holds a doubtful one, or is not compiled."""
    rooms = sorted(path.parent for path in PACKAGE.glob("*/locale"))
    complaints = [complaint for room in rooms for complaint in _complaints(room)]
    for complaint in complaints:
        print(complaint, file=sys.stderr)  # noqa: T201
    if not rooms:
        print("no room has a catalogue", file=sys.stderr)  # noqa: T201
    return 1 if complaints or not rooms else 0


def _complaints(room: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / room.name
        shutil.copytree(room, copy, ignore=shutil.ignore_patterns("__pycache__", "tests", "migrations"))
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "binhyen.settings_test"}
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "-l", "vi", "--no-location", "--no-obsolete", "-v", "0"],
            cwd=copy,
            env=environment,
            check=True,
        )
        texts = copy / "locale" / "vi" / "LC_MESSAGES" / "django.po"
        kept = room / "locale" / "vi" / "LC_MESSAGES" / "django.mo"
        found = []
        if subprocess.run(["msgattrib", "--untranslated", texts], capture_output=True, check=True).stdout:
            found.append(f"{room.name}: texts without Vietnamese, run makemessages and translate")
        if subprocess.run(["msgattrib", "--only-fuzzy", texts], capture_output=True, check=True).stdout:
            found.append(f"{room.name}: doubtful (fuzzy) texts")
        compiled = copy / "fresh.mo"
        subprocess.run(["msgfmt", "--check", "-o", compiled, texts], check=True)
        if not kept.is_file() or _messages(kept) != _messages(compiled):
            found.append(f"{room.name}: django.mo is not the compiled django.po, run compilemessages")
    return found


def _messages(file: Path) -> dict[object, str]:
    catalogue = gettext.GNUTranslations(io.BytesIO(file.read_bytes()))
    return {key: text for key, text in catalogue._catalog.items() if key}  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
