"""Numbers written so that a search for whole ones passes over them, and digit runs that nothing explains."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Iterator, Sequence

from binhyen.language.flat_text import FlatText
from binhyen.language.personal_data_numbers import personal_numbers
from binhyen.language.publication.findings import Flag
from binhyen.language.publication.plates import plain_digit_words, plates_in

Found = tuple[Flag, int, int]

_DIGIT_WORD = r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|linh)"
_PLATES = (
    re.compile(
        rf"(?<!\w)(?:bien(?: so| kiem soat)?|bks|bs|duoi(?: so)?)[ :]{{1,2}}(?:(?:{_DIGIT_WORD}|\d{{1,5}}|[a-z]\d?|cham|gach|phay)(?:[ ,.–_-]{{1,3}}|(?!\w))){{4,14}}"
    ),
    re.compile(r"(?<!\w)(?:duoi(?: so)?|bien(?: so)?|bks|bs|xe(?: \w+){0,3} so cuoi)[ :]{1,2}(?:cuoi |co |la )?(?:\d{3}[ .]\d{2}|\d{5}|\d{4})(?![\w/]|[.,]\d)"),
)  # fmt: skip
_LIKE_DIGITS = str.maketrans({"O": "0", "o": "0", "О": "0", "о": "0", "I": "1", "l": "1", "|": "1", "З": "3", "з": "3"})
_LIKE = "0-9OoОоIl|Зз"
_LOOKS_LIKE = re.compile(rf"(?<![\w/])[{_LIKE}](?:[ ._–-]?[{_LIKE}]){{8,14}}(?!\w)")
_RUN = re.compile(r"(?<![\w/.,])\+?\d(?:[ ._–-]?\d){8,18}(?![\w/%]|[.,]\d)")
_AMOUNT = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d{9,}(?= ?(?:dong|d|vnd|trieu|nghin|ty)\b)")
_EXPLAINED = re.compile(
    r"(?:ma ho so|so hieu|van ban|quyet dinh|to khai|giay phep|ngay|luc|nam|tu|den|so luong|gia|tien|tong dai|hotline|mst|ma so thue|thua dat|lo hang|ma vach)[ :]{1,3}(?:so )?$|(?:ho so|ma so) [\w.-]{0,20}$"
)
_AFTER_AMOUNT = re.compile(r" ?(?:dong|d|vnd|nghin|ngan|trieu|ty|nguoi|luot|km|m2|kg)(?!\w)")
_HOUSE_WORDS = re.compile(
    rf"(?<!\w)(?:nha (?:so )?|so nha |so ){_DIGIT_WORD}(?: {_DIGIT_WORD}){{0,4}},? (?:duong|hem|ngo|kiet|pho|ngach) \w+"
    r"|(?<!\w)phong (?:so )?\d{1,3},? (?:cuoi|dau|o|day|nha|khu|tang)(?!\w)|(?<!\w)cot dien (?:so )?\d{1,4}"
    r"|(?<!\w)(?:can )?nha (?!van|tho|truong|may|hang|nuoc|ga\b|xe|tro|o \w+ xa)(?:\w+ ){1,6}(?:doi dien|nam canh|sau lung|sat vach) \w+"
    r"|(?<!\w)(?:can nha|nha cap bon|nha tro|biet thu)(?: \w+){0,3} so \d{1,4}[a-z]?(?!\w)(?! (?:tang|phong|tuoi|nguoi))"
    r"|(?<!\w)lo (?:so )?[a-z]{1,2}[-. ]?\d{1,4},? (?:khu|day|duong|to|thon)(?!\w)"
)
_NUMBER_AND_STREET = re.compile(
    r"(?<![\w/.,-])\d{1,4}[A-Za-z]?(?:/\d{1,4}[a-z]?){0,3} (?P<street>(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Hai Bà|Quang|Hùng|Y|Ama|Tôn|Chu|Cao|Hà|Mai|Lương)(?: [A-ZĐÀ-Ỹ][^\W\d_]*){1,3})"
)
_SPOKEN = {"PHONE": Flag.PHONE, "BANK": Flag.BANK_ACCOUNT}
_AT_HOME = re.compile(r"(?<!\w)(?:nhà|chủ nhà|gia đình|hộ|trú|thường trú|ở|sống)(?!\w)")


def loose_numbers(text: FlatText, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Plates, telephones with letters for digits, long runs; `taken` are places of `shown` that are judged already."""
    for start, end in plates_in(text):
        yield Flag.PLATE, start, end
    for pattern in _PLATES:
        for match in pattern.finditer(text.flat):
            yield Flag.PLATE, *match.span()
    yield from _read_aloud(text)
    for match in _LOOKS_LIKE.finditer(text.shown):
        digits = re.sub(r"[^0-9]", "", match[0].translate(_LIKE_DIGITS))
        real = sum(sign.isdigit() for sign in match[0])
        if 5 <= real < len(digits) and digits.startswith(("0", "84")):
            yield Flag.PHONE, *match.span()
    for match in _RUN.finditer(text.flat):
        if not any(start < match.end() and match.start() < end for start, end in taken) and not _explained(text, match):
            yield _kind_of(match[0]), *match.span()


def _read_aloud(text: FlatText) -> Iterator[Found]:
    """Numbers in words some of whose letters are digits: "kh0ng ch1n b0n 77 12 8 sau 5"."""
    plain = plain_digit_words(text.flat)
    if plain != text.flat:
        for found in personal_numbers(plain):
            yield _SPOKEN.get(found.type, Flag.ID_NUMBER), found.start, found.end


def _explained(text: FlatText, match: re.Match[str]) -> bool:
    """An amount, or a number that the words before it name."""
    if _AMOUNT.fullmatch(match[0]) or _AFTER_AMOUNT.match(text.flat, match.end()):
        return True
    return bool(_EXPLAINED.search(text.flat[max(0, match.start() - 30) : match.start()])) or match[0].startswith(
        ("1900", "1800")
    )


def _kind_of(run: str) -> Flag:
    digits = re.sub(r"\D", "", run)
    return Flag.PHONE if digits.startswith(("0", "84")) and len(digits) <= 12 else Flag.BANK_ACCOUNT


def loose_addresses(text: FlatText) -> Iterator[tuple[int, int]]:
    """A house number in words, a lot, or a number before a street's name where somebody's home is spoken of."""
    for match in _HOUSE_WORDS.finditer(text.flat):
        yield match.span()
    for match in _NUMBER_AND_STREET.finditer(text.shown):
        around = re.split(r"[.!?\n;](?:\s|$)", text.shown[: match.start()].lower())[-1]
        after = re.split(r"[!?\n;]|\.(?:\s|$)", text.shown[match.end() :].lower())[0]
        if _AT_HOME.search(around + " " + after):
            yield match.span()
