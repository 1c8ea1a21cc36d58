"""Vietnamese text at the border: one normal form, nothing invisible, folding for search, collation."""

import re
import unicodedata

_LOOKALIKE: dict[int, str] = str.maketrans({"đ": "d", "Đ": "D", "Ð": "D", "ð": "d", "ƣ": "o", "Ƣ": "O", "ı": "i"})
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
    if _is_clean_line(text):
        return text
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = nfc(_INVISIBLE.sub("", text))
    lines = text.replace("\u2028", "\n").replace("\u2029", "\n").split("\n")
    return nfc("\n".join(_SPACES.sub(" ", line).strip() for line in lines)).strip()


def _is_clean_line(text: str) -> bool:
    """Whether a single line already is what `clean` would make of it; most messages are."""
    return (
        text.isprintable()
        and "  " not in text
        and text[:1] != " "
        and text[-1:] != " "
        and (text.isascii() or (not _INVISIBLE.search(text) and unicodedata.is_normalized("NFC", text)))
    )


def _bare(code: int) -> str:
    decomposed = unicodedata.normalize("NFD", chr(code))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


# Every precomposed Latin letter, so that the usual text needs one pass in C.
_BARE_LETTERS = {
    code: bare for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if (bare := _bare(code)) != chr(code)
} | _LOOKALIKE
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER_SCRIPT = re.compile("[^\x00-\u024f\u1e00-\u1eff\u2000-\u2bff\U0001f000-\U0001faff]")


def bare_letters(text: str) -> bytes | None:
    """The text without marks in ASCII, a letter for each of its own; None where that cannot be.

    Nearly all messages can be told so, in a fraction of the time of looking up every letter.
    """
    if text.isascii():
        return text.encode()
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore")
    return bare if len(bare) == len(text) else None


def without_marks(text: str) -> str:
    """Text without tone and vowel marks; đ becomes d first, since it has no decomposition."""
    bare = bare_letters(text)
    if bare is not None:
        return bare.decode()
    text = text.translate(_BARE_LETTERS)
    if not _OTHER_SCRIPT.search(text):
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ‘`](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_WORDS_ONLY = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else 32 for code in range(256))


def fold(text: str) -> str:
    """Search form: cleaned, lower case, no marks, apostrophes closed up (Čư M'gar -> cu mgar), signs as spaces."""
    text = clean(text)
    bare = bare_letters(text)
    if bare is not None and b"'" not in bare and b"`" not in bare:
        return b" ".join(bare.translate(_WORDS_ONLY).split()).decode()
    folded = without_marks(text).lower()
    return " ".join(_WORD.findall(_APOSTROPHE.sub("", folded)))


def is_in_other_letters(text: str) -> bool:
    """Whether there are letters and none of them is Latin: Chinese, Korean, Cyrillic."""
    return not _LATIN.search(text) and any(map(str.isalpha, text))


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


def whole_number(typed: str, otherwise: int = 0, most: int = 10**15) -> int:
    """The number written in ASCII digits, blanks around it allowed; `otherwise` for anything else and above `most`.

    Bounded before it is converted: a thousand digits in an address are no number of ours and no trouble either.
    """
    typed = typed.strip()
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > len(str(most)):
        return otherwise
    number = int(typed)
    return number if number <= most else otherwise


_MENTION = re.compile(r"\[[\s\u200b-\u200f\u2060\ufeff]*@")


def without_mentions(text: str) -> str:
    """The text without anything Zalo would read as a call to one member or the whole group (`[@...]`)."""
    return _MENTION.sub("(@", text)
