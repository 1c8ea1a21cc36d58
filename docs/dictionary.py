"""Write the table of figures in docs/figures.md out of their definitions: `.venv/bin/python docs/dictionary.py`."""

import os
import re
from pathlib import Path

PAGE = Path(__file__).resolve().with_name("figures.md")
BEGIN, END = "<!-- written by docs/dictionary.py -->\n", "<!-- end -->"


def main() -> None:
    """Put the table of now between the marks."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binhyen.settings")
    os.environ.setdefault("BINHYEN_MODE", "test")
    import django

    django.setup()
    from binhyen.statistics.open_data import dictionary_markdown

    table = f"{BEGIN}{dictionary_markdown()}{END}"
    page = re.sub(f"{BEGIN}.*?{END}", lambda _: table, PAGE.read_text(encoding="utf8"), flags=re.DOTALL)
    PAGE.write_text(page, encoding="utf8")


if __name__ == "__main__":
    main()
