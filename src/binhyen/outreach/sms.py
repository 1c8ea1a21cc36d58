"""How many messages a text takes as SMS (3GPP TS 23.038 and 23.040); pure.

Letters of the GSM 7-bit alphabet: 160 in one message, 153 each when joined. One sign outside it, such as any Vietnamese
letter with a mark but à, è, é, ì, ò, ù, turns the whole text into two bytes a letter: 70, or 67 each when joined.
"""

from dataclasses import dataclass

from binhyen.core.text import nfc

MOST_PARTS = 3
"""Messages that may be joined: more are paid for by nobody and read by few."""
_PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("^{}\\[~]|€\f")
"""Signs of the extension table: two places each."""
_TYPED_SIGNS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class SmsSize:
    """What a text takes: places used, messages, and whether its letters are of the 7-bit alphabet."""

    used: int
    parts: int
    is_plain: bool

    @property
    def one(self) -> int:
        """Places in a message that stands alone."""
        return 160 if self.is_plain else 70

    @property
    def joined(self) -> int:
        """Places in each of several joined messages."""
        return 153 if self.is_plain else 67

    @property
    def limit(self) -> int:
        """Places in the most messages allowed."""
        return self.joined * MOST_PARTS

    @property
    def is_too_long(self) -> bool:
        """Whether it takes more messages than allowed."""
        return self.parts > MOST_PARTS


def size_of(text: str) -> SmsSize:
    """Places and messages of a text in NFC; a sign of two places is never split between two messages."""
    text = nfc(text)
    is_plain = all(sign in _PLAIN or sign in _DOUBLE for sign in text)
    widths = [(2 if sign in _DOUBLE else 1) if is_plain else (2 if ord(sign) > 0xFFFF else 1) for sign in text]
    size = SmsSize(sum(widths), 1, is_plain)
    return size if size.used <= size.one else SmsSize(size.used, _joined(widths, size.joined), is_plain)


def _joined(widths: list[int], room: int) -> int:
    parts, left = 1, room
    for width in widths:
        if width > left:
            parts, left = parts + 1, room
        left -= width
    return parts


def plain_signs(text: str) -> str:
    """Signs of print (“ ” – …) as the 7-bit alphabet has them."""
    return nfc(text).translate(_TYPED_SIGNS)
