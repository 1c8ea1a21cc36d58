"""What is lost or found, guessed from a resident's words: a thing, a child, a grown person."""

from binhyen.core.text import fold
from binhyen.lost_found.models import RecordKind

PERSONS = frozenset(
    {RecordKind.FOUND_CHILD, RecordKind.MISSING_CHILD, RecordKind.FOUND_PERSON, RecordKind.MISSING_PERSON}
)
FOUND = frozenset({RecordKind.FOUND_CHILD, RecordKind.FOUND_PERSON})
_FOUND = ("nhat duoc", "luom duoc", "bat duoc", "thay mot", "tim thay", "nhat dc", "bat gap", "gap mot")
_CHILD = ("be trai", "be gai", "chau be", "em be", "dua be", "tre lac", "con toi", "con trai", "con gai", "be ")
_LOST_WAY = ("di lac", "bi lac", "that lac", "mat tich", "chua ve", "lac duong")


def kind_of(text: str) -> RecordKind:
    """A first guess for the officer, who decides."""
    folded = f" {fold(text)} "
    is_found = any(words in folded for words in _FOUND)
    if any(words in folded for words in _LOST_WAY) or (is_found and any(words in folded for words in _CHILD[:5])):
        is_child = any(words in folded for words in _CHILD)
        if is_found:
            return RecordKind.FOUND_CHILD if is_child else RecordKind.FOUND_PERSON
        return RecordKind.MISSING_CHILD if is_child else RecordKind.MISSING_PERSON
    return RecordKind.FOUND_ITEM if is_found else RecordKind.LOST_ITEM
