"""Numbers and addresses of private people in a draft: the search for personal data, less what belongs to the unit."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Iterator

from binhyen.language.flat_text import FlatText, flatten
from binhyen.language.number_runs import number_runs
from binhyen.language.personal_data_search import search
from binhyen.language.publication.findings import MENDS, Finding, Flag, Level, Publisher
from binhyen.language.publication.links import links_in
from binhyen.language.publication.loose_numbers import loose_addresses, loose_numbers
from binhyen.language.publication.plates import names_no_vehicle
from binhyen.language.publication.wording import Words

_FLAGS = {
    "PHONE": Flag.PHONE,
    "CCCD": Flag.ID_NUMBER, "CMND": Flag.ID_NUMBER, "PASSPORT": Flag.ID_NUMBER, "LICENCE": Flag.ID_NUMBER,
    "SOCIAL": Flag.ID_NUMBER, "TAX": Flag.ID_NUMBER,
    "BANK": Flag.BANK_ACCOUNT,
    "PLATE": Flag.PLATE,
}  # fmt: skip
_NEVER = frozenset({Flag.ID_NUMBER})
_ORGANISATION = re.compile(
    r"\b(?:cong an|truc ban|duong day nong|hotline|tong dai|ubnd|uy ban|tram y te|benh vien|dien luc|van phong|"
    r"trung tam|phong canh sat|kiem lam|cuu ho|bo doi|mat tran|toa an|vien kiem sat|ngan hang|tru so|cong ty|cap nuoc|ben xe|buu dien|hop tac xa|thu vien|nha truong|so (?:y te|giao duc|nong nghiep|noi vu|tu phap)|dai (?:phat thanh|khi tuong|truyen thanh)|ban chi huy|cuc|chi cuc|doi (?:canh sat|quan ly)|tinh doan|hoi chu thap do|truong (?:mam|tieu|th|trung))\b"
)
_FIXED = re.compile(r"(?:\+?84|0)(?:2\d|69)\d{6,9}")
_HOUSE = r"\d{1,5}[a-z]?(?: ?/ ?\d{1,5}[a-z]?){0,4}"
_STREET = r"(?:duong|hem|ngo|kiet|ngach|pho|lo)"
_ADDRESS = re.compile(
    rf"(?<!\w)(?:so nha|nha so)[ :]{{1,2}}{_HOUSE}(?!\w)"
    rf"|(?<![\w/.,-])(?<!\d )(?<!km )(?:nha )?(?:so )?{_HOUSE},? {_STREET} (?!bo\b|sat\b|thuy\b|tuyen\b|day\b|truyen\b|dan\b|lien\b|lang\b|vao\b)(?=[\w])"
    rf"|(?<!\w)(?:kiet|ngach|hem|ngo) (?:so )?{_HOUSE}(?!\w)"
    rf"|(?<!\w)k\d{{1,4}}(?:/\d{{1,4}}){{1,4}}(?!\w)"
    rf"|(?<!\w)(?:can ho|phong|phong tro)(?: so)? (?:[a-z]{{1,2}}[-. ]?)?\d{{1,4}}(?:[-.]\d{{1,4}})?,? (?:o |tai |thuoc |cua |toa |khu |day |nha )?(?:chung cu|toa nha|toa|nha tro|day tro|khu tro|ky tuc)"
    rf"|(?<!\w)(?:can ho|phong) [a-z]{{0,2}}\d{{1,4}}[-.]\d{{1,4}}(?!\w)"
    rf"|(?<!\w)can (?:nha|ho) (?:thu \w+|cuoi cung|dau tien) (?:o |ben |cua |trong |dau |cuoi )?\w+(?: \w+){{0,3}}"
    rf"|(?<!\w)nha (?:ong|ba|anh|chi|co|chu|bac) \w+(?: \w+){{0,2}},? (?:o |tai )?(?:so|to|doi|cach|doi dien|canh|sat|ngay|dau|cuoi|gan)\b(?: \w+){{1,3}}"
    rf"|(?<!\w)nha (?:thu \w+|cuoi cung|dau tien) (?:tu |ben |trong |cua )(?:\w+ ){{1,3}}(?:ngo|hem|duong|thon|xom|kiet|pho)"
)  # fmt: skip
_PUBLIC_PLACE = Words(
    r"trụ sở|công an (?:xã|phường|tỉnh|thành phố)|ubnd|ủy ban|uỷ ban|nhà văn hóa|nhà văn hoá|hội trường|một cửa|bộ phận|trường|"
    r"trạm y tế|bệnh viện|địa điểm|sân vận động|thư viện|trung tâm|điểm (?:tiếp nhận|cấp|làm)|bưu điện|chợ|kho bạc|nơi (?:làm việc|tiếp nhận)"
)  # fmt: skip
_AT_HOME = re.compile(
    r"(?<!\w)(?i:nhà ở|nhà|ở nhà|thường trú(?: tại)?|trú(?: tại)?|sống (?:tại|ở)|ở|tại) (?i:số )?"
    r"\d{1,4}[a-zA-Z]?(?:/\d{1,4}[a-zA-Z]?){0,4},? (?=[A-ZĐÀ-Ỹ]\w+ [A-ZĐÀ-Ỹ])(?:[A-ZĐÀ-Ỹ]\w+ ?){2,4}"
)
_NO_HOME = re.compile(r"nhà (?:có|bà con|chỉ)(?!\w)")
_LIKE_ONE = re.compile(r"(?<=[\d ])[il|](?=[\dil|])|(?<=[\dil|])[il|](?=[\d ]|$)")
_OWN_REACH = 45


def number_findings(text: str, publisher: Publisher) -> Iterator[Finding]:
    """Telephones, numbers of papers and accounts, plates; the unit's own and service numbers pass."""
    flat = flatten(text)
    own = {_digits(phone) for phone in publisher.phones}
    spans = search(text)
    for span in spans:
        flag = _FLAGS.get(span.type)
        if flag is None or (flag is Flag.PHONE and _is_official(text, span.start, span.end, own)):
            continue
        if flag is Flag.PLATE and names_no_vehicle(flatten(text[max(0, span.start - _OWN_REACH) : span.start]).flat):
            continue
        if flag is Flag.ID_NUMBER and own and _digits(text[span.start : span.end]) in own:
            continue
        yield _finding(flag, span.start, span.end)
    yield from _loose(text, flat, [(span.start, span.end) for span in spans if span.type in _FLAGS], own)
    yield from _addresses(flat)


def _loose(text: str, flat: FlatText, judged: list[tuple[int, int]], own: set[str]) -> Iterator[Finding]:
    """What is written loosely or explained by nothing; links and what was judged already are left out."""
    taken = [*judged, *links_in(text)]
    for flag, start, end in loose_numbers(flat, [] if flat.starts else taken):
        begin, stop = flat.place(start, end)
        known = any(begin < other and first < stop for first, other in taken)
        if not known and not (flag is Flag.PHONE and _is_official(text, begin, stop, own)):
            yield _finding(flag, begin, stop)


def _finding(flag: Flag, start: int, end: int) -> Finding:
    return Finding(flag, Level.NEVER if flag in _NEVER else Level.SECOND_OFFICER, start, end, MENDS[flag])


def _digits(phone: str) -> str:
    """The digits of a number however it is written: "không hai sáu chín", "O269 38I2"."""
    flat = _LIKE_ONE.sub("1", flatten(phone).flat)
    digits = "".join(group.digits for run in number_runs(flat) for group in run)
    if digits.startswith("0084"):
        digits = digits[2:]
    return f"0{digits[2:].lstrip('0')}" if digits.startswith("84") and len(digits) >= 11 else digits


def _is_official(text: str, start: int, end: int, own: set[str]) -> bool:
    """One of the unit's numbers, or the fixed line of an office that is named just before it."""
    digits = _digits(text[start:end])
    if digits in own:
        return True
    before = flatten(text[max(0, start - _OWN_REACH) : start]).flat
    return bool(_FIXED.fullmatch(digits) and _ORGANISATION.search(before))


def _addresses(text: FlatText) -> Iterator[Finding]:
    plain = (match.span() for match in (*_ADDRESS.finditer(text.flat), *_AT_HOME.finditer(text.shown)))
    for start, end in (*plain, *loose_addresses(text)):
        before = text.shown[max(0, start - _OWN_REACH) : start].lower()
        sentence = re.split(r"[.!?\n;]\s", before)[-1]
        if not _PUBLIC_PLACE.search(sentence) and not _NO_HOME.match(text.shown[start:end].lower()):
            yield _finding(Flag.EXACT_ADDRESS, *text.place(start, end))
