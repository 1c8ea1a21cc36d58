"""Tell what a number is, from its length, its first digits and the words before it."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from binhyen.language.number_runs import Group, most_digits, number_runs

_CUE_REACH = 48
_LONGEST_CUE = 24
_CUES: tuple[tuple[str, str], ...] = (
    ("NOT_PERSONAL", r"(?:ma|so) (?:ho so|don|don hang|van don|bien nhan|giao dich|otp|xac (?:nhan|thuc)|phieu|thu tuc|tham chieu|tra cuu|khach hang|san pham|bao danh)|sbd|ho so(?: so| ma)?|don hang|otp|bien (?:lai|ban|nhan)|quyet dinh|nghi dinh|thong tu|cong van|hoa don|seri(?:al)?|to trinh|thu tuc|tong dai|ma giam gia|ma vach|luat|dieu|mat khau|imei"),
    ("TAX", r"(?:ma ?so ?|ms ?|ma |so )thue|mst|thue ca nhan"),
    ("SOCIAL", r"bhxh|bhyt|bao hiem|the bh|vssid|(?:ma )?so bh|ma bh"),
    ("LICENCE", r"gplx|bang lai|giay phep lai(?: xe)?|lai xe|bang (?:xe|a1|a2|a|b1|b2|b|c1|c|d|e)|bang so|gp lai|bl(?: xe(?: may)?| o ?to)?"),
    ("PASSPORT", r"ho ?chieu|passport|pp|passp\w*|hc"),
    ("BANK", r"so? ?tk|tk|tai khoan|acc|so the|the (?:atm|ngan hang|visa|tin dung)|atm|ngan hang|bank|vietcombank|vcb|techcombank|tcb|mb ?bank|mb|bidv|agribank|vietinbank|acb|vpbank|tpbank|sacombank|stb|hdbank|vib|shb|msb|ocb|scb|lienviet\w*|lpbank|seabank"),
    ("TRANSFER", r"ck|chuyen (?:khoan|tien)|ct"),
    ("CCCD", r"(?:so ?)?cccd|can ?cuoc|cc|dinh danh|ddcn|ma dinh danh|gttt|giay to tuy than"),
    ("CMND", r"cmnd|cmt|cmtnd|cmnnd|chung minh|giay cm"),
    ("PHONE", r"s?[dđ]t\w{0,2}|sodt|dien thoai|goi|zalo|lien (?:he|lac)|lh|alo|phone|tel|so may|nhan tin|hotline|dtdd|sim|mobile|so (?:toi|em|e|minh|no|cua)|ca nhan so|may ban|so ban|call|thue bao"),
)  # fmt: skip
_ANY_CUE = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _CUES)
_CUE = re.compile(rf"(?<![^\W_])(?:{_ANY_CUE})(?![^\W_])")
_GLUED_CUE = re.compile(rf"(?<![^\W_])(?:{_ANY_CUE})\Z")
"""Right before the digits: "mst0312345678"."""
_MOBILE = re.compile(r"0(?:3\d|5[2-9]|7\d|8\d|9\d)\d{7}")
_OLD_MOBILE = re.compile(r"01(?:2\d|6[2-9]|86|88|99)\d{7}")
"""Eleven digits until 2018; people still write them."""
_OTHER_COUNTRY = re.compile(r"00[1-9]\d{8,12}")
_ABROAD = re.compile(
    r"(?:00)?84(?:3\d|5[2-9]|7\d|8\d|9\d)\d{7}|(?:00)?840(?:3\d|5[2-9]|7\d|8\d|9\d)\d{7}|(?:00)?840?2\d{9}"
)
_FIXED = re.compile(r"02\d{9}")
_IDENTITY = re.compile(r"0(?:0[1-9]|[1-8]\d|9[0-6])\d{9}")
_AFTER_MONEY = re.compile(
    r" ?(?:d\b|dong\b|vnd\b|vnđ\b|k\b|tr\b|trieu\b|nghin\b|ngan\b(?! hang)|ty\b|ti\b|usd\b|₫|cu\b|xu\b)"
)
_BANK_AFTER = re.compile(
    r"[ ,.\-–(]{0,3}(?:ngan hang|nh |tai |o |cua )?(?:ngan hang|vietcombank|vcb|techcombank|tcb|mb ?bank|mb\b|bidv|agribank|vietinbank|acb|vpbank|tpbank|sacombank|hdbank|vib\b|shb\b|msb\b|bank)"
)
_LABEL_AFTER = re.compile(
    r"[ ,.\-–(]{0,3}(?:la |do la |day la )?(?:so |ma )?(?P<cue>cccd|can cuoc|dinh danh|cmnd|cmt|chung minh|sdt|so dien thoai|dien thoai|stk|so tai khoan|gplx|bang lai|mst|ma so thue|bhxh|bhyt|zalo)"
)
_LABEL_TYPES = {
    "cccd": "CCCD", "can cuoc": "CCCD", "dinh danh": "CCCD", "cmnd": "CMND", "cmt": "CMND", "chung minh": "CMND",
    "stk": "BANK", "so tai khoan": "BANK", "gplx": "LICENCE", "bang lai": "LICENCE", "mst": "TAX",
    "ma so thue": "TAX", "bhxh": "SOCIAL", "bhyt": "SOCIAL",
}  # fmt: skip
_LIST_GOES_ON = re.compile(r"[ ,;/&.-]{0,3}(?:(?:va|hoac|voi|hay|con) )?(?:so |stk |tk )?")
"""Between numbers of one kind: "stk 0123 456 789 và 4502-8173-966"."""
_LENGTHS = {
    "TAX": (10, 13), "SOCIAL": (10, 15), "LICENCE": (9, 12), "BANK": (6, 19), "CCCD": (9, 12), "CMND": (9, 12),
    "PHONE": (9, 11), "PASSPORT": (7, 9),
}  # fmt: skip
_EXACT_LENGTHS = {
    "TAX": (10, 13), "SOCIAL": (10, 13, 15), "LICENCE": (12,), "CMND": (9, 12), "CCCD": (12,),
}  # fmt: skip
_FEWEST_DIGITS = 6
_SHORTEST_ACCOUNT = 8
_UNSURE, _SURE = 2, 4


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number found: its type and place in the flat text."""

    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    type: str
    last: int
    """Index of its last group in the run."""
    score: int


def may_hold_number(flat: str) -> bool:
    """Whether a text has digits enough, in figures or in words, for a personal number."""
    return most_digits(flat) >= _FEWEST_DIGITS


def personal_numbers(flat: str) -> Iterator[NumberSpan]:
    """Yield the personal numbers of a text (lower case, no marks)."""
    last: NumberSpan | None = None
    for run in number_runs(flat):
        if sum(len(group.digits) for group in run) >= _FEWEST_DIGITS:
            for found in _in_run(flat, run, last):
                last = found
                yield found


def _in_run(flat: str, run: Sequence[Group], last: NumberSpan | None) -> Iterator[NumberSpan]:
    first = 0
    while first < len(run):
        if run[first].spelt and not _spelt_enough(run, first):
            first += 1
            continue
        found = _longest_from(flat, run, first, last)
        if found is None or (found.score <= _UNSURE and _surer_within(flat, run, first, found)):
            first += 1
            continue
        last = NumberSpan(found.type, _with_sign(flat, run[first].start, run[found.last].end), run[found.last].end)
        yield last
        first = found.last + 1


def _surer_within(flat: str, run: Sequence[Group], first: int, found: _Found) -> bool:
    """A number that is surer by its shape begins later: "gọi bác hai lâm 0378 291 604"."""
    later = (_longest_from(flat, run, start, None) for start in range(first + 1, found.last + 1))
    return any(other is not None and other.score >= _SURE for other in later)


def _with_sign(flat: str, start: int, end: int) -> int:
    """The plus before it belongs to it, and a bracket that closes within: "(028) 3822 1234"."""
    opening = flat[max(0, start - 1) : start]
    return start - 1 if opening == "+" or (opening == "(" and ")" in flat[start:end]) else start


def _spelt_enough(run: Sequence[Group], first: int) -> bool:
    """Few number words in a row are ordinary speech ("hai ba người")."""
    return sum(len(group.digits) for group in run[first:]) >= _FEWEST_DIGITS + 2


def _longest_from(flat: str, run: Sequence[Group], first: int, before: NumberSpan | None) -> _Found | None:
    start = run[first].start
    goes_on = before is not None and _LIST_GOES_ON.fullmatch(flat, before.end, start)
    cue = _cue_before(flat, start) or (before.type if before and goes_on else None)
    best: _Found | None = None
    digits = ""
    for last in range(first, len(run)):
        if last > first and run[last].spelt and not run[last - 1].spelt and _is_phone(digits):
            break  # "024 3765 4321 không ai nghe": a word after a whole number is a word
        if run[last].joined and cue in {"BANK", "TRANSFER"} and len(digits) >= _SHORTEST_ACCOUNT:
            break  # "3817-2946-05 và 6203 8471 95": two accounts
        digits += run[last].digits
        if len(digits) > 19:
            break
        type_, score = _type_of(digits, cue or _cue_after(flat, run[last].end), flat, run[first : last + 1])
        if type_ and (best is None or score >= best.score):
            best = _Found(type_, last, score)
    return best


def _cue_before(flat: str, start: int) -> str | None:
    """The nearest word before that says what the number is; not across a sentence end or another number."""
    window = flat[max(0, start - _CUE_REACH) : start]
    cut = max(window.rfind("\n"), window.rfind("? "), window.rfind("! "), window.rfind(". "))
    last: str | None = None
    for match in _CUE.finditer(window, cut + 1):
        between = window[match.end() :]
        if sum(c.isdigit() for c in between) <= 6:
            last = match.lastgroup
    return last


def _cue_after(flat: str, end: int) -> str | None:
    if _BANK_AFTER.match(flat, end):
        return "BANK"
    label = _LABEL_AFTER.match(flat, end)
    return _LABEL_TYPES.get(label["cue"], "PHONE") if label else None


def _type_of(digits: str, cue: str | None, flat: str, groups: Sequence[Group]) -> tuple[str | None, int]:
    """Type and how sure (higher wins, then the longer); (None, 0) for what is not personal."""
    if cue == "TRANSFER":
        if _is_phone(digits) and not _BANK_AFTER.match(flat, groups[-1].end):
            return "PHONE", 3
        cue = "BANK"
    if cue != "BANK" and _is_date_or_code(flat, groups, digits):
        return None, 0
    if _is_abroad(digits, cue, flat, groups):
        return "PHONE", 5
    size = len(digits)
    if cue not in {"BANK", "LICENCE"} and _IDENTITY.fullmatch(digits):
        personal = cue != "NOT_PERSONAL" and not (cue != "CCCD" and _phone_and_more(groups))
        return ("CCCD", 5) if personal else (None, 0)
    if cue in _LENGTHS and cue != "PHONE" and _LENGTHS[cue][0] <= size <= _LENGTHS[cue][1]:
        return (None, 0) if cue == "BANK" and _looks_like_money(flat, groups) else _by_cue(cue, digits)
    if _is_phone(digits):
        return "PHONE", 4
    return (None, 0) if _looks_like_money(flat, groups) else _by_length(digits, cue, groups)


def _is_abroad(digits: str, cue: str | None, flat: str, groups: Sequence[Group]) -> bool:
    """Like +1 (408) 555-0173; with 00 it is as long as a citizen's number, so then the words before decide."""
    if flat[groups[0].start - 1 : groups[0].start] == "+" and cue in {None, "PHONE"}:
        return digits[0] != "0" and 9 <= len(digits) <= 15 and not _looks_like_money(flat, groups)
    if not _OTHER_COUNTRY.fullmatch(digits):
        return False
    return cue == "PHONE" if len(digits) <= 12 else cue in {None, "PHONE", "LICENCE"}


def _is_phone(digits: str) -> bool:
    return any(shape.fullmatch(digits) for shape in (_MOBILE, _ABROAD, _FIXED, _OLD_MOBILE))


def _phone_and_more(groups: Sequence[Group]) -> bool:
    """A phone number followed by another small number, such as "0912 345 678 12 người"."""
    digits = ""
    for group in groups[:-1]:
        digits += group.digits
        if _MOBILE.fullmatch(digits):
            return True
    return False


def _by_length(digits: str, cue: str | None, groups: Sequence[Group]) -> tuple[str | None, int]:
    """Numbers whose shape says little by itself."""
    size = len(digits)
    if cue == "PHONE" and size in {9, 10, 11} and not digits.startswith("1"):
        return "PHONE", 2
    if size == 9 and cue is None and len(groups) == 1:
        return "CMND", 1
    if size in {16, 19} and cue is None and digits[0] in "459":
        return "BANK", 1
    return None, 0


def _by_cue(cue: str, digits: str) -> tuple[str, int]:
    if cue in {"CMND", "CCCD", "LICENCE"} and _is_phone(digits):
        return "PHONE", 4
    if cue == "BANK":
        return "BANK", 3
    if cue == "CCCD" and len(digits) == 9:
        return "CMND", 3
    return cue, 4 if len(digits) in _EXACT_LENGTHS.get(cue, ()) else 2


def _looks_like_money(flat: str, groups: Sequence[Group]) -> bool:
    """Like 20.000.000, 1500000 đồng, 200000000: thousands in threes, a word for money after it, or round."""
    if _AFTER_MONEY.match(flat, groups[-1].end):
        return True
    first = groups[0].digits
    if len(groups) == 1:
        return first.endswith("00000" if len(first) > 8 else "000") and first[0] != "0"
    threes = all(len(group.digits) == 3 for group in groups[1:]) and len(first) <= 3
    signs = {flat[a.end : b.start] for a, b in itertools.pairwise(groups)}
    return threes and signs <= {".", ","} and first[0] != "0"


def _is_date_or_code(flat: str, groups: Sequence[Group], digits: str) -> bool:
    """Like 22/11/2026, 14:30, 116/2026, 000.00.12.H21-251103-0007, 1.004222."""
    joints = [flat[a.end : b.start].strip() for a, b in itertools.pairwise(groups)]
    start, after = groups[0].start, flat[groups[-1].end :][:2]
    if flat[:start][-1:].isalpha() and not _GLUED_CUE.search(flat, max(0, start - _LONGEST_CUE), start):
        return True
    if after[:1].isalpha() and not _is_phone(digits):
        return True
    if after[:1] == "/" and len(groups) == 1 and not (_is_phone(digits) and not after[1:].isalpha()):
        return True
    if ":" in joints:
        return True
    if "/" in joints:
        sizes = [len(group.digits) for group in groups]
        return max(sizes) <= 4 and joints.count("/") <= 3 and not (set(joints) == {"/"} and sum(sizes) in {10, 12})
    return after in {".h", "-h"}
