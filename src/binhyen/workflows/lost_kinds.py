"""What is lost or found, guessed from a resident's words: a thing, a child, a grown person."""

import re

from binhyen.core.text import fold
from binhyen.lost_found.models import RecordKind

PERSONS = frozenset(
    {RecordKind.FOUND_CHILD, RecordKind.MISSING_CHILD, RecordKind.FOUND_PERSON, RecordKind.MISSING_PERSON}
)
FOUND = frozenset({RecordKind.FOUND_CHILD, RecordKind.FOUND_PERSON})
_FOUND = ("nhat duoc", "luom duoc", "bat duoc", "thay mot", "tim thay", "nhat dc", "bat gap", "gap mot")
_CHILD = ("be trai", "be gai", "chau be", "em be", "dua be", "tre lac", "con toi", "con trai", "con gai", "be ")
_LOST_WAY = ("di lac", "bi lac", "that lac", "mat tich", "chua ve", "lac duong")
_PERSON = re.compile(
    r"\b(?:(?:chau|con|em|be) (?:trai|gai|be|toi|nha|minh|em|nho|ruot|cua|ut)|(?:con|be|chau) \d|\d+ ?tuoi"
    r"|(?:ong|ba|bo|me|cha|ma|cu|vo|chong|anh|chi|em) (?:noi|ngoai|cu|ong|ba|toi|em|chau|nha|minh|gia|tui|con))\b"
)
_GONE = re.compile(
    r"\b(?:(?:chua|khong|ko|k|chang) (?:con )?(?:thay|biet) (?:\w+ )?(?:ve|dau|tam hoi)"
    r"|di dau (?:mat|khong|chua|roi|tu)"
    r"|(?:tim|kiem) (?:\w+ ){0,3}(?:khong (?:thay|ra)|khap noi)|bo nha|bo di|mat hut|biet tich)\b"
)
_ANIMAL = re.compile(
    r"\b(?:con (?:cho|meo|bo|trau|ga|heo|lon|vet)|cho (?:con|cung|ta)|meo|cun|corgi|poodle|thu cung)\b"
)
_THING = re.compile(
    r"\b(?:mat|roi|rot|rut|quen|trom) (?:\w+ ){0,2}"
    r"(?:xe|vi|bop|dien thoai|giay|the|chia khoa|tui|balo|laptop|vang|nhan|tien|so)\b"
)
_OWNED = re.compile(
    r"\b(?:xe(?: \w+){0,2}|vi|bop|dien thoai|giay to(?: xe)?|can cuoc|chia khoa(?: xe)?|tui(?: xach)?|balo|laptop)"
    r" cua\b"
    r"|\b(?:nhat|luom) (?:duoc|dc) (?:\w+ ){0,2}(?:vi|bop|dien thoai|giay|the|can cuoc|chia khoa|tui|balo|tien)\b"
)
_COMES_HOME = re.compile(r"\b(?:thay|biet) (?:\w+ )?ve\b|\bdi dau\b|\bbo (?:nha|di)\b")
_CHILD_AGE = re.compile(r"\b(?:[1-9]|1[0-5]) ?tuoi\b")


def _is_gone(folded: str) -> bool:
    """A person and words for being gone; animals and things are left to the officer.

    Somebody's thing, named before any person, is what is gone ("ví của mẹ em tìm không thấy"); only people come home.
    """
    person, thing = _PERSON.search(folded), _OWNED.search(folded)
    if person is None or not _GONE.search(folded) or _ANIMAL.search(folded) or _THING.search(folded):
        return False
    return thing is None or person.start() < thing.start() or bool(_COMES_HOME.search(folded))


def kind_of(text: str) -> RecordKind:
    """A first guess for the officer, who decides."""
    folded = f" {fold(text)} "
    is_found = any(words in folded for words in _FOUND)
    if (
        any(words in folded for words in _LOST_WAY)
        or _is_gone(folded)
        or (is_found and any(words in folded for words in _CHILD[:5]))
    ):
        is_child = any(words in folded for words in _CHILD) or bool(_CHILD_AGE.search(folded))
        if is_found:
            return RecordKind.FOUND_CHILD if is_child else RecordKind.FOUND_PERSON
        return RecordKind.MISSING_CHILD if is_child else RecordKind.MISSING_PERSON
    return RecordKind.FOUND_ITEM if is_found else RecordKind.LOST_ITEM
