"""Rooms share one gettext domain, so that one text has one translation: whoever comes first would win elsewhere too."""

import gettext
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "binhyen"


def catalogues(language: str) -> dict[str, dict[object, str]]:
    """The compiled texts of every room, by room."""
    found = {}
    for file in sorted(PACKAGE.glob(f"*/locale/{language}/LC_MESSAGES/django.mo")):
        with file.open("rb") as opened:
            texts = gettext.GNUTranslations(opened)._catalog  # type: ignore[attr-defined]
        found[file.relative_to(PACKAGE).parts[0]] = {key: text for key, text in texts.items() if key}
    return found


def test_equal_texts_have_equal_translations():
    rooms = catalogues("vi")
    assert {"console", "portal"} <= set(rooms)
    said: dict[object, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for room, texts in rooms.items():
        for key, text in texts.items():
            said[key][text].append(room)

    assert {key: dict(words) for key, words in said.items() if len(words) > 1} == {}
