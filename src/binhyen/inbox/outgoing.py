"""What may never go out to a resident: requests for money, codes or photos of papers (G46), foreign links (G47)."""

import re
from urllib.parse import urlsplit

from binhyen.core.text import nfc, without_marks

_SECRET_NAMES = r"(?:otp|ma xac (?:thuc|nhan|minh)|mat khau|ma pin|so the|so cvv|cvv|so tai khoan ngan hang)"  # noqa: S105 - words, not a secret
_PAPER_PHOTO = r"(?:anh|hinh)(?: chup)? (?:\w+ ){0,2}(?:can cuoc|cccd|cmnd|chung minh|the ngan hang|giay to)"
_GIVE = r"(?:nhap|cho biet|gui|cung cap|doc|chup|dua|nhan|noi|bao)"
_ASKS = re.compile(
    rf"\b{_GIVE}\b(?: \w+){{0,5}} {_SECRET_NAMES}\b"
    rf"|\b(?:gui|chup|cung cap)\b(?: \w+){{0,4}} {_PAPER_PHOTO}\b"
    r"|\bchup (?:can cuoc|cccd|cmnd|the ngan hang)\b"
    r"|\b(?:chuyen|gui|nap)(?: \w+){0,2} (?:tien|khoan)\b(?: \w+){0,3} (?:vao|qua|cho|den|toi)\b"
    r"|\bchuyen khoan\b(?: \w+){0,4} (?:vao|qua|cho|den|toi|so)\b"
    r"|\b(?:tai|cai|cai dat)\b(?: \w+){0,3} (?:ung dung|app|phan mem)\b(?! vneid| dinh danh)"
    r"|\.apk\b"
)
_REFUSES = re.compile(r"\b(?:không|đừng|chớ|khong|cảnh giác|canh giac|lừa đảo|lua dao|giả danh|gia danh)\b")
_BEFORE = 60
"""Characters before the request in which a refusal or a warning counts."""
_SENTENCE = re.compile(r"[.!?;\n]+(?!apk)")
_ENDINGS = "com|net|org|info|xyz|top|vip|vn|me|ly|cc|io|app|site|online|shop|click"
_LINK = re.compile(
    rf"(?:https?://|www\.)[^\s<>\"']+|\b(?:[a-z0-9-]{{1,63}}\.){{1,5}}(?:{_ENDINGS})\b(?:/[^\s<>\"']*)?", re.IGNORECASE
)
_ALLOWED_ENDINGS = (".gov.vn",)
_ALLOWED_HOSTS = frozenset({"gov.vn", "zalo.me", "oa.zalo.me", "vneid.gov.vn"})


def asks_money_or_code(text: str) -> bool:
    """Whether a sentence asks for money, a code, a password, a photo of papers or an app; warnings against it do not.

    Bounded: sentences are looked at one by one, at most 2,000 characters each.
    """
    for sentence in _SENTENCE.split(nfc(text).lower()):
        words = re.sub(r"[^\w.]+", " ", sentence[:2000])
        found = _ASKS.search(without_marks(words))
        if found and not _REFUSES.search(words[max(0, found.start() - _BEFORE) : found.end()]):
            return True
    return False


def foreign_links(text: str, own_host: str) -> list[str]:
    """Links that lead neither to this installation, nor to a government site, nor to a page on Zalo."""
    return [link for link in _LINK.findall(text) if not _is_allowed(link, own_host)]


def _is_allowed(link: str, own_host: str) -> bool:
    address = link if "://" in link else f"https://{link}"
    try:
        host = (urlsplit(address.rstrip(".,;:)")).hostname or "").lower()
    except ValueError:
        return False
    return host == own_host or host in _ALLOWED_HOSTS or host.endswith(_ALLOWED_ENDINGS)
