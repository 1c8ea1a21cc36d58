"""Search a text for personal data of every type; each pattern reads the text once and is bounded (G54)."""

import re
from collections.abc import Iterator

from binhyen.language.flat_text import FlatText, flatten
from binhyen.language.personal_data import Span
from binhyen.language.personal_data_numbers import personal_numbers

_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_CAPITAL = rf"[{_UPPER}][’']?[^\W\d_]{{0,12}}"
_SURNAMES = (
    "nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|truong|doan|luong|trinh|dao|mai|cao|"
    "ha|luu|trieu|thai|to|chau|quach|ta|kieu|la|lam|vuong|tong|nong|giang|lo|lu|ma|than|cu|giap|nie|kpa|rcom|siu|ksor|"
    "vang|thao|sung|hau|ka|danh|thach|son|kim|h|y|a"
)
_MIDDLES = "van|thi|duc|minh|huu|ngoc|thanh|quoc|xuan|dinh|cong|manh|trong|quang|anh|hong|kim|thu|bich|tuan|the|viet|hoang|gia|bao|nhu|my|tien|phuoc|tan|ngoc|khanh|phuong|dang|mai|thuy"

_EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_HEALTH_CARD = re.compile(r"(?<![a-z0-9])[a-z]{2} ?\d(?:[ .\-]?\d){12}(?!\d)")
_HEALTH_CARD_CUE = re.compile(r"\b(?:bhyt|bao hiem|bhxh|the bh|ma the)\b")
_PLATE = re.compile(
    r"(?<![\w.])[1-9]\d(?: ?[-–.] ?| )?(?P<series>[a-z]{1,2}\d?)(?: ?[-–./] ?| )?(?P<number>\d{3}[ .,]?\d{2}|\d{4})(?![\w]|[.,]\d)"
)
_PLATE_CUE = re.compile(
    r"\b(?:bien(?: so| xanh| trang| vang| do)?|bs|bks|xe|oto|o to|moto|may|dk|wave|dream|sh|vision|ab|exciter)\b"
)
_PLATE_NOT_A_SERIES = frozenset({"h", "g", "tr", "t", "x", "ty", "va", "la", "co", "ho"})
_PASSPORT = re.compile(r"(?<![a-z0-9])(?P<letter>[a-z]) ?-?(?P<number>\d(?:[ .]?\d){6,7})(?!\d)")
_PASSPORT_CUE = re.compile(r"\b(?:ho chieu|passport|pp|hc)\b[^\n]{0,25}$")
_PASSPORT_LETTERS = "bcnpeqkm"
_DATE = r"\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?\d{2,4}|(?:ngay )?\d{1,2} thang \d{1,2} nam \d{4}|\d{1,2}/(?:19|20)\d{2}|(?:19|20)\d{2}"
_BIRTH = re.compile(
    rf"(?<!khai )(?<!giay )(?<!hoc )\b(?:sinh(?: ngay| nam| vao| thang)?|ngay(?: thang)?(?: nam)? sinh|nam sinh|sn|ns|dob|tuoi sinh|de (?:ngay|nam))"
    rf"(?: la)?[ :.]{{0,4}}(?P<date>{_DATE}|(?<=nam )\d{{2}}(?!\d)|(?<=sn )\d{{2}}(?!\d)|\d{{8}}(?!\d))(?![\d/])"
)
_STREET = r"(?:duong|hem|ngo|kiet|ngach|pho|duong so|hem so|ngo so|lo)"
_NUMBER = r"\d{1,5}[a-z]?(?:/\d{1,5}[a-z]?){0,4}"
_HAMLET = r"(?:thon|xom|ap|buon|ban|to dan pho|tdp|to|khu pho|kp|khoi(?: pho)?|khom|to so|lang|doi|cum)"
_ADDRESS = re.compile(
    rf"(?<!\w)(?:so nha|nha so|dia chi(?: nha)?(?: so)?[:\s]|nha o so|so)?[ :]{{0,2}}(?P<house>{_NUMBER},? {{0,1}}{_STREET}(?!\w))"
    rf"|(?<!\w)(?P<lane>(?:kiet|ngach|hem|ngo) (?:so )?{_NUMBER})(?!\w)"
    rf"|(?<!\w)(?P<alley>k\d{{1,4}}(?:/\d{{1,4}}){{1,4}})(?!\w)"
    rf"|(?<!\w)(?:so nha|nha so) (?P<plain>{_NUMBER})(?!\w)"
    rf"|(?<!\w)(?P<hamlet>{_HAMLET} (?:so )?\d{{1,3}}[a-z]?)(?!\w)(?! ?(?:nam|ngay|thang|nguoi|con|cai|tuoi|gio|lan|ho|khau|trieu|tieng|chiec|dong|cho|loai|can|bo|xe|k\b|em|anh|chi))"
    rf"|(?<!\w)(?P<apartment>(?:can ho|phong|toa|chung cu) [a-z]{{0,2}}\d{{1,4}}[-.]\d{{1,4}})(?!\w)"
)
_ADDRESS_NAMED = re.compile(
    rf"(?<!\w)(?:[Tt]hôn|thon|[Xx]óm|xom|[ẤấAa]p|[Bb]uôn|[Bb]ản|[Tt]ổ dân phố|[Kk]hu phố|[Pp]hường|[Xx]ã|[Ll]àng|[Đđ]ường|duong|xa|phuong)"
    rf" {_CAPITAL}(?: {_CAPITAL}){{0,3}}"
)
_ADDRESS_GOES_ON = re.compile(
    rf"(?:,? ?(?:[Kk]hu phố|[Pp]hường|[Xx]ã|[Đđ]ường|[Tt]ổ|[Tt]hôn|[Hh]ẻm|[Nn]gõ|[Qq]uận|[Hh]uyện|[Tt]ỉnh|TP\.?|duong|phuong|xa|khu pho|thon|to|kp|tdp|p\.|q\.)?"
    rf" ?(?:\d{{1,4}}(?:/\d{{1,4}}){{0,3}}(?!\d)|{_CAPITAL}(?: {_CAPITAL}){{0,3}})){{1,5}}"
)
_NAME_CALLED = re.compile(
    rf"(?<!\w)(?i:tên(?: là)?|ten(?: la)?|họ tên|ho ten|chủ tk|chu tk|chủ thẻ|mình|mình là|tui là|tôi là|em là|ông|bà|anh|chị|chi|cháu|chú|bác|bac|cô|thằng|thang|ba|ong|chau|đồng chí|dong chi|em|thầy|vợ|chồng|con|bé|be|bạn|ban)"
    rf":? (?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,4}})"
)
_NAME_FULL = re.compile(rf"(?<!\w)(?P<name>{_CAPITAL}(?: {_CAPITAL}){{1,4}})")
_NAME_LOWER = re.compile(rf"(?<!\w)(?P<name>(?:{_SURNAMES}) (?:van|thi)(?: (?:{_MIDDLES}))? [a-z]{{2,6}})(?!\w)")
_NAME_TOLD = re.compile(
    rf"(?<!\w)(?:ten(?: la| em la| toi la| minh la)?|ho ten|ho va ten|chu (?:tk|the|tai khoan)|(?:toi|em|minh|tui|chau|e) (?:la|ten))(?: la)?:? {{0,2}}(?P<name>(?:{_SURNAMES}) [a-z]{{2,7}}(?: [a-z]{{2,7}}){{0,2}})(?!\w)"
)
_SURNAME = re.compile(rf"(?:{_SURNAMES})\Z")
_NOT_A_NAME = frozenset({
    "cong", "an", "xa", "phuong", "tinh", "huyen", "quan", "so", "bo", "viet", "nam", "cccd", "cmnd", "vneid", "zalo",
    "facebook", "ubnd", "ct", "bca", "csgt", "ca", "tp", "hcm", "ha", "noi", "sai", "gon", "tet", "nghi", "thong",
    "luat", "trung", "quoc", "han", "nhat", "my", "uc", "duc", "phap", "ai", "oi", "a", "e", "ad", "admin", "page",
    "em", "anh", "chi", "toi", "minh", "cho", "xin", "hoi", "otp", "atm", "sim", "vietcombank", "mb", "bhxh", "bhyt",
    "honda", "wave", "vision", "sh", "iphone", "samsung", "gplx", "ok", "thu", "chu", "thang", "sang", "chieu", "da", "nang", "hue", "can", "lao", "cam", "campuchia", "thai", "lan", "dai", "loan", "hoc", "dang", "nha", "khu",
    "kinh", "chao", "kt3", "lltp", "pccc", "dvc", "quyet", "dinh", "mau", "to", "thon", "khi", "neu", "vi", "co", "khong",
})  # fmt: skip


def search(text: str) -> list[Span]:
    """Spans of personal data in order, never overlapping; the surer types are looked for first."""
    flat = flatten(text)
    taken: list[tuple[str, int, int]] = []
    free = bytearray(len(flat.shown) + 1)
    for type_, start, end in _candidates(flat):
        if start < end and not any(free[start:end]):
            free[start:end] = b"\x01" * (end - start)
            taken.append((type_, start, end))
    return [Span(type_, *flat.place(start, end)) for type_, start, end in sorted(taken, key=lambda one: one[1])]


def _candidates(text: FlatText) -> Iterator[tuple[str, int, int]]:
    for match in _EMAIL.finditer(text.flat):
        yield "EMAIL", match.start(), match.end()
    yield from _plates(text)
    yield from _cards(text)
    for match in _BIRTH.finditer(text.flat):
        yield "DOB", *match.span("date")
    for found in personal_numbers(text.flat):
        yield found.type, found.start, found.end
    yield from _addresses(text)
    yield from _names(text)


def _cards(text: FlatText) -> Iterator[tuple[str, int, int]]:
    for match in _HEALTH_CARD.finditer(text.flat):
        told = _HEALTH_CARD_CUE.search(text.flat, max(0, match.start() - 40), match.start())
        if told or text.shown[match.start() : match.start() + 2].isupper():
            yield "SOCIAL", match.start(), match.end()
    for match in _PASSPORT.finditer(text.flat):
        told = _PASSPORT_CUE.search(text.flat, max(0, match.start() - 40), match.start())
        written = text.shown[match.start()].isupper() and match["letter"] in _PASSPORT_LETTERS and " " not in match[0]
        if told or written:
            yield "PASSPORT", match.start(), match.end()


def _plates(text: FlatText) -> Iterator[tuple[str, int, int]]:
    for match in _PLATE.finditer(text.flat):
        told = _PLATE_CUE.search(text.flat, max(0, match.start() - 30), match.start())
        upper = text.shown[match.start("series")].isupper()
        joined = "-" in match[0] or match["series"][-1].isdigit()
        if match["series"] in _PLATE_NOT_A_SERIES and not (told and upper):
            continue
        if told or upper or (joined and len(match["number"]) > 4):
            yield "PLATE", match.start(), match.end()


def _addresses(text: FlatText) -> Iterator[tuple[str, int, int]]:
    for match in _ADDRESS.finditer(text.flat):
        start = match.start(match.lastgroup or 0)
        yield "ADDR", start, _address_end(text, match.end())
    for match in _ADDRESS_NAMED.finditer(text.shown):
        yield "ADDR", match.start(), _address_end(text, match.end())


def _address_end(text: FlatText, end: int) -> int:
    more = _ADDRESS_GOES_ON.match(text.shown, end)
    return more.end() if more else end


def _names(text: FlatText) -> Iterator[tuple[str, int, int]]:
    for match in _NAME_LOWER.finditer(text.flat):
        yield "NAME", *match.span("name")
    for match in _NAME_TOLD.finditer(text.flat):
        yield "NAME", *match.span("name")
    for pattern in (_NAME_CALLED, _NAME_FULL):
        for match in pattern.finditer(text.shown):
            start, end = match.span("name")
            words = text.flat[start:end].split()
            if words[0] in _NOT_A_NAME and len(words) == 1:
                continue
            if pattern is _NAME_FULL and not _SURNAME.match(
                words[0].replace("'", "")[:7] if "'" not in words[0] else "h"
            ):
                continue
            if sum(word in _NOT_A_NAME for word in words) * 2 > len(words):
                continue
            yield "NAME", start, end
