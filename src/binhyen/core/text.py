"""Vietnamese text at the border: one normal form, nothing invisible, folding for search, collation."""

import re
import unicodedata

_LOOKALIKE = str.maketrans({"đ": "d", "Đ": "D", "Ð": "D", "ð": "d", "ƣ": "o", "Ƣ": "O", "ı": "i"})
# Zero-width characters, soft hyphen, byte order mark, and the controls that turn the reading direction.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")


def nfc(text: str) -> str:
    """Unicode NFC; iPhones and macOS send NFD."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """NFC text without control, zero-width and direction-override characters and lone surrogates (G52).

    Line ends become "\\n"; other runs of white space become one space; idempotent.
    """
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = nfc(_INVISIBLE.sub("", text))
    lines = (
        _SPACES.sub(" ", line).strip() for line in text.replace("\u2028", "\n").replace("\u2029", "\n").split("\n")
    )
    return nfc("\n".join(lines)).strip()


def without_marks(text: str) -> str:
    """Text without tone and vowel marks; đ becomes d first, since it has no decomposition."""
    decomposed = unicodedata.normalize("NFD", text.translate(_LOOKALIKE))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def fold(text: str) -> str:
    """Search form: cleaned, lower case, no marks, apostrophes closed up (Čư M'gar -> cu mgar), signs as spaces."""
    folded = without_marks(clean(text)).lower()
    folded = re.sub(r"(?<=\w)['’ʼ‘`](?=\w)", "", folded)
    return " ".join(re.findall(r"[^\W_]+", folded))


_LETTER_ORDER = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_NUMBER_OR_CHARACTER = re.compile(r"\d+|.", re.DOTALL)


def _letter(character: str) -> tuple[str, int]:
    """Base letter of the Vietnamese alphabet and its tone 0..5 (none, huyền, hỏi, ngã, sắc, nặng)."""
    tone, rest = 0, []
    for part in unicodedata.normalize("NFD", character):
        if part in _TONES:
            tone = _TONES[part]
        else:
            rest.append(part)
    base = unicodedata.normalize("NFC", "".join(rest))
    return (base if base in _LETTER_ORDER else without_marks(base)[:1] or base), tone


def sort_key(text: str) -> str:
    """Collation key in Vietnamese order, comparable as a plain string in any database.

    Space lowest, then signs, then numbers by value (Thôn 2 before Thôn 10), then letters a ă â b ... y z;
    ties by tone (none, huyền, hỏi, ngã, sắc, nặng), then lower before upper case.
    """
    primary, tones, cases = [], [], []
    for piece in _NUMBER_OR_CHARACTER.findall(clean(text)):
        if piece.isdecimal():
            digits = str(int(piece))
            primary.append(f"2{len(digits):02d}{digits}")
        elif piece.isspace():
            primary.append("0")
        elif piece.isalpha():
            letter, tone = _letter(piece.lower())
            rank = _LETTER_ORDER.get(letter)
            primary.append(f"3{rank:02d}" if rank is not None else f"4{ord(letter[0]):06x}")
            tones.append(str(tone))
            cases.append("1" if piece.isupper() else "0")
        else:
            primary.append(f"1{ord(piece):06x}")
    return f"{''.join(primary)} {''.join(tones)} {''.join(cases)}"
