"""Links in outgoing text: only the unit's own, the government's, and nothing that hides where it leads (G47)."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from binhyen.core.yaml_text import parsed

_ENDINGS = (
    "com|net|org|info|xyz|top|vip|vn|me|ly|cc|io|app|site|online|shop|click|club|link|live|store|biz|co|tk|ml|ga|cf|gl|"
    "gle|be|in|asia|pro|icu|win|fun|space|website|tech|cloud|gd|do|to|ru|cn|us|uk|eu|edu|gov|world|life|email|work|mobi|at|de|fr|jp|kr|tw|hk|sg|st|sh|ws|page|dev|wiki|today|news|zone|ink|bid|loan|ltd|group|"
    "center|company|agency|finance|bank|money|cash|support|services|cyou|sbs|lol|bond|monster|rest|quest|buzz|cfd|host|press"
)
_LINK = re.compile(
    rf"(?:h(?:tt|xx)ps?://|www\.)[^\s<>\"'“”]+"
    rf"|(?<![\w@.-])(?:[a-z0-9-]{{2,63}}\.){{1,4}}[a-z]{{2,12}}/(?=[\w?-])[^\s<>\"'“”]+"
    rf"|(?<![\w@.-])(?-i:[a-z0-9]\.(?:[a-z]{{2,6}})/[A-Za-z0-9_-]{{3,}})[^\s<>\"'“”]*"
    rf"|(?<![\w@./-])(?:[1-9]\d{{0,2}})(?!(?:\.\d{{3}}){{3}}(?![:/]))(?:\.\d{{1,3}}){{3}}(?::\d{{2,5}})?(?![\w.]\d|\w)(?:/[^\s<>\"'“”]*)?"
    rf"|(?<![\w@.-])(?:[a-z0-9-]{{1,63}}\.){{1,5}}(?:{_ENDINGS})\b(?![.-]?\w)(?:[/?][^\s<>\"'“”]*)?",
    re.IGNORECASE,
)
_SPACED_LINK = re.compile(
    r"(?<![\w@.-])[a-z0-9-]{3,63}(?: ?\[\.\] ?| ?\(\.\) ?| \. |\. | \.| (?:chấm|cham|dot) )"
    r"(?:(?:com|net|org|info|xyz|top|vip|site|online|shop|club)(?!\w)|(?:[a-z]{2,12}(?=/)))(?:/[^\s<>\"'“”]*)?"
    r"|(?<![\w@.-])[a-z0-9-]{2,63} ?[\[({] ?(?:\.|chấm|cham|dot) ?[\])}] ?[a-z]{2,12}(?!\w)(?:/[^\s<>\"'“”]*)?"
    r"|(?<![\w@.-])[a-z0-9-]{3,63},(?:top|xyz|vip|com|net|vn|online|site|shop|info)/[^\s<>\"'“”]*"
    r"|(?<![\w@.-])(?:bit|tinyurl|zalo|facebook|fb|youtu|t) (?:ly|com|me|be)/[^\s<>\"'“”]+"
    r"|(?<!\w)[^\W_](?:[\w-]{1,40})(?: (?:chấm|cham|dot) (?:com|net|org|vn|gov|info|top|xyz|vip|online|click|site|shop|club|icu|cc|io|app|link|live|pro|win|fun|tk|asia|store|biz|space|website|tech|cloud|world|life|mobi|today|news|page|id)){1,3}(?!\w)(?: (?:gạch chéo|gach cheo|xẹt|xuyệt|sẹc) \S+)?"
    r"|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?/[^\s<>\"'“”]*",
    re.IGNORECASE,
)
"""An address with its dot set apart, so that no telephone makes a link of it: "trang . vn/bai", "trang chấm com"."""
_TRAILING = ".,;:!?)]}…"


@cache
def _allowed() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    """(hosts allowed with what lies below them, addresses allowed by their beginning, hosts shared by strangers)."""
    source = files("binhyen") / "data" / "publication" / "links.yaml"
    lists = parsed(source.read_text(encoding="utf-8"))
    return frozenset(lists["government_hosts"]), tuple(lists["official_pages"]), frozenset(lists["shared_hosts"])


def links_in(text: str) -> Iterator[tuple[int, int]]:
    """Places of everything that a phone would turn into a link."""
    whole = list(_LINK.finditer(text))
    apart = (match for match in _SPACED_LINK.finditer(text) if not any(_meet(match, other) for other in whole))
    for match in (*whole, *apart):
        end = match.end()
        while end > match.start() and text[end - 1] in _TRAILING:
            end -= 1
        yield match.start(), end


def _meet(first: re.Match[str], second: re.Match[str]) -> bool:
    return first.start() < second.end() and second.start() < first.end()


def is_allowed(link: str, own_links: Sequence[str]) -> bool:
    """Whether a link leads to the unit itself or to the government; a shared host only by the page's own address."""
    host, path = _parts(link)
    if not host:
        return False
    government, pages, shared = _allowed()
    if any(host == one or host.endswith(f".{one}") for one in government):
        return True
    if any(_below(host, path, page) for page in pages):
        return True
    for own in own_links:
        own_host, own_path = _parts(own)
        if host == own_host and (own_host not in shared or not own_path or _starts(path, own_path)):
            return True
    return False


def _below(host: str, path: str, page: str) -> bool:
    page_host, page_path = _parts(page)
    return host == page_host and _starts(path, page_path)


def _starts(path: str, beginning: str) -> bool:
    return path == beginning or path.startswith((f"{beginning}/", f"{beginning}?", f"{beginning}&"))


def _parts(link: str) -> tuple[str, str]:
    """Host in lower case without "www.", and path with query without the closing slash; ("", "") for nonsense."""
    address = re.sub(r"^hxxp", "http", link.strip(), flags=re.IGNORECASE)
    address = re.sub(r" (?:chấm|cham|dot) | ?\[\.\] ?| ?\(\.\) ?| ?\. ?", ".", address, flags=re.IGNORECASE)
    address = address if "://" in address else f"https://{address}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        return "", ""
    if "@" in parts.netloc:  # "https://dichvucong.gov.vn@evil.example": what stands before the sign only deceives
        return "", ""
    path = parts.path.rstrip("/").lower() + (f"?{parts.query}" if parts.query else "")
    return host, path
