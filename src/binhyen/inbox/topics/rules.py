"""Which names a topic may have: a matter, never a judgement of a person (G29, G30)."""

import re

from binhyen.core.text import fold

_ABOUT_PERSONS = re.compile(
    r"\b(?:doi tuong|nguoi nay|ong nay|ba nay|hay khieu|hay kien|chong doi|co van de|uy tin|tin nhiem|do tin cay"
    r"|diem|xep hang|muc do nguy co|rui ro|cham chi|tien an|tien su|dan toc|ton giao|dao|tin nguong|chinh kien"
    r"|quan diem|benh|tam than|khuyet tat|hiv|gioi tinh|ho ngheo|ho khong|chua tham gia|khong tham gia"
    r"|score|rank|risk|trust|troublemaker|religion|ethnic)\b"
)


def is_about_persons(name: str) -> bool:
    """Whether the name describes people instead of a matter."""
    return _ABOUT_PERSONS.search(fold(name)) is not None
