"""Addresses of people in a text: houses and lanes by number, hamlets, and where somebody is told to live (G54: bounded)."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Iterator

from binhyen.language.flat_text import FlatText
from binhyen.language.personal_data_patterns import CAPITAL

_STREET = r"(?:duong|hem|ngo|kiet|ngach|pho|duong so|hem so|ngo so|lo)"
_NUMBER = r"\d{1,5}[a-z]?(?:/\d{1,5}[a-z]?){0,4}"
_HAMLET = r"(?:thon|xom|ap|buon|ban|to dan pho|tdp|to|khu pho|kp|khoi(?: pho)?|khom|to so|lang|doi|cum)"
_NUMBERED = re.compile(
    rf"(?<!\w)(?:so nha|nha so|dia chi(?: nha)?(?: so)?[:\s]|nha o so|so)?[ :]{{0,2}}(?P<house>{_NUMBER},? {{0,1}}{_STREET}(?!\w))"
    rf"|(?<!\w)(?P<lane>(?:kiet|ngach|hem|ngo) (?:so )?{_NUMBER})(?!\w)"
    rf"|(?<!\w)(?P<alley>k\d{{1,4}}(?:/[a-z]?\d{{1,4}}){{1,4}})(?!\w)"
    rf"|(?<!\w)(?:so nha|nha so) (?P<plain>{_NUMBER})(?!\w)"
    r"|(?<!\w)dia chi(?: nha)?(?: so)?:? (?P<told>\d{1,5}[a-z]?(?:/\d{1,5}[a-z]?){1,4})(?!\w)"
    rf"|(?<!\w)(?<!phien )(?<!phan )(?<!bien )(?<!van )(?P<hamlet>(?!doi 11\d){_HAMLET} (?:so )?\d{{1,3}}[a-z]?)(?!\w|[.,]\d)(?! ?(?:nam|ngay|thang|nguoi|con|cai|tuoi|gio|lan|ho|khau|trieu|tieng|chiec|dong|cho|loai|can|bo|xe|cuoc|k\b|em|anh|chi))"
    rf"|(?<!\w)(?P<apartment>(?:can ho|phong|toa|chung cu) [a-z]{{0,2}}\d{{1,4}}[-.]\d{{1,4}})(?!\w)"
)
_NAMED = re.compile(
    rf"(?<!\w)(?:(?P<hamlet>[Tt]hôn|[Tt]hon|[Xx]óm|[Xx]om|[ẤấAa]p|[Bb]uôn|[Bb]uon|[Bb]ản|[Tt]ổ dân phố|[Kk]hu phố|[Kk]hóm|[Kk]hom|[Kk]hối|[Ll]àng|TDP|[Tt]dp|KDC|[Kk]dc)|[Pp]hường|[Xx]ã|[Đđ]ường|duong|xa|phuong)"
    rf" {CAPITAL}(?: {CAPITAL}){{0,3}}"
)
_HOUSE_AND_NAME = re.compile(
    rf"(?<![\w/.,-])(?P<so>[Ss]ố |so )?\d{{1,4}}[a-zA-Z]?(?:/\d{{1,4}}[a-z]?){{0,4}},? {CAPITAL}(?: {CAPITAL}){{1,3}}"
)
_GOES_ON = re.compile(
    rf"(?:,? ?(?:[Ss]ố|so|[Kk]hu phố|[Pp]hường|[Xx]ã|[Đđ]ường|[Tt]ổ|[Tt]hôn|[Hh]ẻm|[Nn]gõ|[Qq]uận|[Hh]uyện|[Tt]ỉnh|TP\.?|duong|phuong|xa|khu pho|thon|to|kp|tdp|p\.|q\.)?"
    rf" ?(?:\d{{1,4}}(?:/\d{{1,4}}){{0,3}}(?!\d)|{CAPITAL}(?: {CAPITAL}){{0,3}})){{1,5}}"
)
_REACH = 40
_DWELLS = re.compile(
    r"(?<!\w)(?:que(?: quan)?|(?<!tam )(?<!cu )(?<!thuong )tru|(?:thuong|tam) tru(?=[ :]{0,2}(?:tai|o|:|$))|song|ngu|nha|ho khau|hktt|dia chi|dc(?= ?:)|(?<![a-z] )dc|tro|(?:toi|em|e|minh|con|chau|tui|cu|ong|ba|anh|chi|no|vo|chong|me|bo|nguoi) o)"
    r"(?: (?:nha|o|tai|em|e|toi|minh|tui|cua|gan|ben|trong|duoi|tren|ngay|nam|goc|la|so)){0,4}[ :,]{1,3}$"
)
_ASKS_TO_REGISTER = re.compile(r"(?:dang ky|dk|xac nhan|khai|nhap) (?:thuong |tam |cu )?tru[^,.\n]{0,12}$")
"""A ward, a commune or a street is somebody's address only where somebody is told to live there."""
_PUBLIC = re.compile(r"(?<!\w)(?:văn ho[áa]|văn hóa|van hoa|nvh|đình|chợ|chùa|cổng|ubnd)[ :]{1,2}$")
_OFFICE = re.compile(
    r"(?<!\w)(?:trưởng|truong|phó|bí thư|bi thu|công an(?: viên)?|cong an(?: vien)?|csk ?v|khu v[ựư]c|khu vuc|phụ trách|phu trach|địa bàn|dia ban|quản lý|quan ly|coi(?: cái| cai)?|"
    r"nhóm(?: zalo)?|nhom(?: zalo)?|zalo|group|cán bộ|can bo|của|cua|dân quân|dan quan)[ :]{1,2}$"
)
"""Words that make a hamlet a public place ("nhà văn hóa thôn 3"), or an office unless its commune is told too."""
_SPELT = {
    "ban": "bản", "to": "tổ", "doi": "đội", "lang": "làng", "ap": "ấp", "khoi": "khối", "cum": "cụm", "thon": "thôn",
    "xom": "xóm", "buon": "buôn", "khom": "khóm",
}  # fmt: skip
"""With other marks it is another word: "bàn 5", "tờ 200k"."""


def numbered_addresses(text: FlatText) -> Iterator[tuple[int, int]]:
    """Places of houses, lanes and hamlets with a number."""
    for match in _NUMBERED.finditer(text.flat):
        start = match.start(match.lastgroup or 0)
        end = _end(text, match.end())
        if match["hamlet"] and (not _spelt_right(text, start) or _is_public(text, start, told=end > match.end())):
            continue
        yield start, end


def named_addresses(text: FlatText) -> Iterator[tuple[int, int]]:
    """Places of hamlets with a name, and of wards, communes and streets where somebody lives."""
    for match in _NAMED.finditer(text.shown):
        start, end = match.start(), _end(text, match.end())
        if not _is_public(text, start, told=end > match.end()) if match["hamlet"] else _dwells(text, start):
            yield start, end


def house_and_street(text: FlatText) -> Iterator[tuple[int, int]]:
    """Places like "35 Phan Chu Trinh" after a word for living there, or after "số"."""
    for match in _HOUSE_AND_NAME.finditer(text.shown):
        if match["so"] or _dwells(text, match.start()):
            yield match.start(), _end(text, match.end())


def _end(text: FlatText, end: int) -> int:
    more = _GOES_ON.match(text.shown, end)
    return more.end() if more else end


def _spelt_right(text: FlatText, start: int) -> bool:
    word = re.match(r"\w+", text.flat[start : start + 8])
    if word is None or word[0] not in _SPELT:
        return True
    return text.shown[start : start + word.end()].lower() in {word[0], _SPELT[word[0]]}


def _is_public(text: FlatText, start: int, told: bool) -> bool:
    before = text.shown[max(0, start - _REACH) : start].lower()
    return bool(_PUBLIC.search(before) or (not told and _OFFICE.search(before)))


def _dwells(text: FlatText, start: int) -> bool:
    reach = max(0, start - _REACH)
    return _DWELLS.search(text.flat, reach, start) is not None and not _ASKS_TO_REGISTER.search(text.flat, reach, start)
