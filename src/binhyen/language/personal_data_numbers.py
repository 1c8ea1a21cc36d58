"""Tell what a number is, from its length, its first digits and the words before it."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from binhyen.language.number_runs import Group, most_digits, number_runs

_CUE_REACH = 48
_CUES: tuple[tuple[str, str], ...] = (
    ("NOT_PERSONAL", r"\b(?:ma|so) (?:ho so|don|don hang|van don|bien nhan|giao dich|otp|xac (?:nhan|thuc)|phieu|thu tuc|tham chieu|tra cuu|khach hang|san pham)\b|\bho so(?: so| ma)?\b|\bdon hang\b|\botp\b|\bbien (?:lai|ban|nhan)\b|\bquyet dinh\b|\bnghi dinh\b|\bthong tu\b|\bcong van\b|\bhoa don\b|\bseri(?:al)?\b|\bto trinh\b|\bthu tuc\b|\btong dai\b|\bma giam gia\b|\bma vach\b|\bluat\b|\bdieu\b"),
    ("TAX", r"\b(?:ma )?so thue\b|\bmst\b|\bthue ca nhan\b|\bma thue\b"),
    ("SOCIAL", r"\bbhxh\b|\bbhyt\b|\bbao hiem\b|\bthe bh\b|\bvssid\b|\b(?:ma )?so bh\b|\bma bh\b"),
    ("LICENCE", r"\bgplx\b|\bbang lai\b|\bgiay phep lai(?: xe)?\b|\blai xe\b|\bbang (?:xe|a1|a2|a|b1|b2|b|c1|c|d|e)\b|\bbang so\b|\bgp lai\b"),
    ("PASSPORT", r"\bho chieu\b|\bpassport\b|\bpp\b|\bpassp\w*\b|\bhc\b"),
    ("BANK", r"\bstk\b|\btk\b|\btai khoan\b|\bso the\b|\bthe (?:atm|ngan hang|visa|tin dung)\b|\batm\b|\bck\b|\bchuyen (?:khoan|tien)\b|\bct\b|\bngan hang\b|\bbank\b|\bvietcombank\b|\bvcb\b|\btechcombank\b|\btcb\b|\bmb ?bank\b|\bmb\b|\bbidv\b|\bagribank\b|\bvietinbank\b|\bacb\b|\bvpbank\b|\btpbank\b|\bsacombank\b|\bstb\b|\bhdbank\b|\bvib\b|\bshb\b|\bmsb\b|\bocb\b|\bscb\b|\blienviet\w*\b|\blpbank\b|\bseabank\b"),
    ("CCCD", r"\bcccd\b|\bcan cuoc\b|\bcc\b|\bdinh danh\b|\bddcn\b|\bma dinh danh\b|\bgttt\b|\bgiay to tuy than\b"),
    ("CMND", r"\bcmnd\b|\bcmt\b|\bcmtnd\b|\bcmnnd\b|\bchung minh\b|\bgiay cm\b"),
    ("PHONE", r"\bs?[dđ]t\w{0,2}\b|\bsodt\b|\bdien thoai\b|\bgoi\b|\bzalo\b|\blien (?:he|lac)\b|\blh\b|\balo\b|\bphone\b|\btel\b|\bso may\b|\bnhan tin\b|\bhotline\b|\bdtdd\b|\bsim\b|\bmobile\b|\bso (?:toi|em|e|minh|no|cua)\b|\bca nhan so\b|\bmay ban\b|\bso ban\b|\bcall\b"),
)  # fmt: skip
_CUE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _CUES))
_MOBILE = re.compile(r"0(?:3\d|5[2-9]|7\d|8\d|9\d)\d{7}")
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
_LENGTHS = {
    "TAX": (10, 13), "SOCIAL": (10, 15), "LICENCE": (9, 12), "BANK": (6, 19), "CCCD": (9, 12), "CMND": (9, 12),
    "PHONE": (9, 11), "PASSPORT": (7, 8),
}  # fmt: skip
_EXACT_LENGTHS = {
    "TAX": (10, 13), "SOCIAL": (10, 13, 15), "LICENCE": (12,), "CMND": (9, 12), "CCCD": (12,),
}  # fmt: skip
_FEWEST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number found: its type and place in the flat text."""

    type: str
    start: int
    end: int


def may_hold_number(flat: str) -> bool:
    """Whether a text has digits enough, in figures or in words, for a personal number."""
    return most_digits(flat) >= _FEWEST_DIGITS


def personal_numbers(flat: str) -> Iterator[NumberSpan]:
    """Yield the personal numbers of a text (lower case, no marks)."""
    for run in number_runs(flat):
        if sum(len(group.digits) for group in run) >= _FEWEST_DIGITS:
            yield from _in_run(flat, run)


def _in_run(flat: str, run: Sequence[Group]) -> Iterator[NumberSpan]:
    first = 0
    while first < len(run):
        if run[first].spelt and not _spelt_enough(run, first):
            first += 1
            continue
        found = _longest_from(flat, run, first)
        if found is None:
            first += 1
            continue
        type_, last = found
        yield NumberSpan(type_, _with_plus(flat, run[first].start), run[last].end)
        first = last + 1


def _with_plus(flat: str, start: int) -> int:
    opening = flat[max(0, start - 1) : start]
    return start - 1 if opening in {"+", "("} else start


def _spelt_enough(run: Sequence[Group], first: int) -> bool:
    """Few number words in a row are ordinary speech ("hai ba người")."""
    return sum(len(group.digits) for group in run[first:]) >= _FEWEST_DIGITS + 2


def _longest_from(flat: str, run: Sequence[Group], first: int) -> tuple[str, int] | None:
    cue = _cue_before(flat, run[first].start)
    best: tuple[str, int] | None = None
    best_score = 0
    digits = ""
    for last in range(first, len(run)):
        if last > first and run[last].spelt and not run[last - 1].spelt and _is_phone(digits):
            break  # "024 3765 4321 không ai nghe": a word after a whole number is a word
        digits += run[last].digits
        if len(digits) > 19:
            break
        named = cue or _cue_after(flat, run[last].end)
        type_, score = _type_of(digits, named, flat, run[first : last + 1])
        if type_ and score >= best_score:
            best, best_score = (type_, last), score
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
    if cue != "BANK" and _is_date_or_code(flat, groups):
        return None, 0
    size = len(digits)
    if cue not in {"BANK", "LICENCE"} and _IDENTITY.fullmatch(digits):
        personal = cue != "NOT_PERSONAL" and not (cue != "CCCD" and _phone_and_more(groups))
        return ("CCCD", 5) if personal else (None, 0)
    if cue in _LENGTHS and cue != "PHONE" and _LENGTHS[cue][0] <= size <= _LENGTHS[cue][1]:
        return (None, 0) if cue == "BANK" and _looks_like_money(flat, groups) else _by_cue(cue, digits)
    if _is_phone(digits):
        return "PHONE", 4
    return (None, 0) if _looks_like_money(flat, groups) else _by_length(digits, cue, groups)


def _is_phone(digits: str) -> bool:
    return any(shape.fullmatch(digits) for shape in (_MOBILE, _ABROAD, _FIXED))


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
    if cue != "BANK" and _MOBILE.fullmatch(digits) and cue in {"CMND", "CCCD", "LICENCE"}:
        return "PHONE", 4
    if cue == "BANK":
        return "BANK", 3
    if cue == "CCCD" and len(digits) == 9:
        return "CMND", 3
    return cue, 4 if len(digits) in _EXACT_LENGTHS.get(cue, ()) else 2


def _looks_like_money(flat: str, groups: Sequence[Group]) -> bool:
    """Like 20.000.000, 1500000 đồng: thousands in threes, or a word for money after it."""
    if _AFTER_MONEY.match(flat, groups[-1].end):
        return True
    threes = len(groups) > 1 and all(len(group.digits) == 3 for group in groups[1:]) and len(groups[0].digits) <= 3
    signs = {flat[a.end : b.start] for a, b in itertools.pairwise(groups)}
    return threes and signs <= {".", ","} and groups[0].digits[0] != "0"


def _is_date_or_code(flat: str, groups: Sequence[Group]) -> bool:
    """Like 22/11/2026, 14:30, 116/2026, 000.00.12.H21-251103-0007, 1.004222."""
    joints = [flat[a.end : b.start].strip() for a, b in itertools.pairwise(groups)]
    before, after = flat[: groups[0].start][-1:], flat[groups[-1].end :][:1]
    if after.isalpha() or (after == "/" and len(groups) == 1) or before.isalpha():
        return True
    if ":" in joints:
        return True
    if "/" in joints:
        sizes = [len(group.digits) for group in groups]
        return max(sizes) <= 4 and joints.count("/") <= 3 and not (set(joints) == {"/"} and sum(sizes) in {10, 12})
    return flat[groups[-1].end : groups[-1].end + 2] in {".h", "-h"}
