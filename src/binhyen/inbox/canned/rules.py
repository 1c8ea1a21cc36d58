"""Variables of canned replies: a short fixed list, filled by plain replacement, never executed (G54)."""

import re
from collections.abc import Mapping

from binhyen.core.text import nfc

VARIABLES = ("ai", "Ai", "cq", "Cq", "so_truc", "gio", "dia_chi", "can_bo", "so_can_bo", "so")
"""How the unit addresses people and calls itself, with a capital too; duty number, office hours, address; name and
published number of the officer who replies; number of the conversation."""
_BRACES = re.compile(r"\{([^{}\n]{1,30})\}")


def variables_in(text: str) -> list[str]:
    """Names in braces, each once, in their order."""
    return list(dict.fromkeys(_BRACES.findall(nfc(text))))


def unknown_variables(text: str) -> list[str]:
    """Names in braces that nobody fills."""
    return [name for name in variables_in(text) if name not in VARIABLES]


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with known variables replaced; one whose fact is empty stays in braces, so that nobody sends a gap."""
    return _BRACES.sub(lambda found: facts.get(found[1]) or found[0], nfc(text))


def unfilled(text: str) -> list[str]:
    """Variables that still stand in a text about to go out: without a fact, or mistyped and known to nobody."""
    return [name for name in variables_in(text) if name.isidentifier()]


def capital(words: str) -> str:
    """The words with a capital at their start."""
    return words[:1].upper() + words[1:]
