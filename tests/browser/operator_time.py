"""How long an officer needs at the keyboard: the keystroke-level model, counted while a browser is driven.

Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems",
Communications of the ACM 23 (1980) 396-410: a person without practice on a task, who makes no mistakes, needs
the sum of its operators. The slow half of typists is taken; letters count as their keys in Telex, the common way
to type Vietnamese.
"""

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

KEY_S = 0.28
"""K: one key of an average typist who is no secretary, 40 words a minute."""
THINKING_S = 1.35
"""M: getting ready for the next step."""
DIGIT_S = 1.0
"""One digit read aloud and written down at the other end."""
TWO_KEY_LETTERS = "ăâđêôơư"
"""aw, aa, dd, ee, oo, ow, uw."""
TONES = "\u0300\u0301\u0303\u0309\u0323"


def telex_keys(text: str) -> int:
    """Keys for the text: letters, a second key for letters with a mark, one for a tone, one for a capital."""
    count = 0
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter.lower())
        toneless = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        has_tone = any(tone in parts for tone in TONES)
        count += 1 + (toneless in TWO_KEY_LETTERS) + has_tone + letter.isupper()
    return count


@dataclass
class Operator:
    """An officer who touches the keyboard only; the mouse stays where it is."""

    page: Page
    keys: int = 0
    thoughts: int = 0
    waited_s: float = 0.0
    """R: what the server and the browser took, by the real clock."""
    digits: int = 0

    def think(self) -> None:
        """Get ready for the next step."""
        self.thoughts += 1

    def press(self, *names: str) -> None:
        """Press keys; "Control+K" is two."""
        for name in names:
            self.keys += len(name.split("+"))
            self.page.keyboard.press(name)

    def type(self, text: str) -> None:
        """Type where the cursor stands, wherever that is."""
        self.keys += telex_keys(text)
        self.page.keyboard.type(text)

    def wait(self, until: Callable[[], object]) -> None:
        """Wait for the page."""
        began = time.monotonic()
        until()
        self.waited_s += time.monotonic() - began

    def read_aloud(self, digits: str) -> None:
        """Read a code to the caller, who writes it down."""
        self.digits += len(digits)

    @property
    def entry_s(self) -> float:
        """Seconds until the matter is taken in and the code stands there."""
        return self.keys * KEY_S + self.thoughts * THINKING_S + self.waited_s

    @property
    def whole_s(self) -> float:
        """The same with the code read aloud."""
        return self.entry_s + self.digits * DIGIT_S
