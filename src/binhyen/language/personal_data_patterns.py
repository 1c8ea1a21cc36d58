"""Patterns of papers, plates, birth dates and mail addresses in free text; bounded, so that no text makes them slow (G54)."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Sequence

UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
CAPITAL = rf"[{UPPER}][’']?[^\W\d_]{{0,12}}"

DIGIT = re.compile(r"\d")
D = "[0-9oil]"
"""A digit, or a letter that is written for one."""
LOOK_ALIKES = str.maketrans("oli", "011")
EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
EMAIL_APART = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}(?: cham [a-z0-9_-]{1,30}){0,2} ?(?:@|a cong|a moc|\(at?\)|\[at?\]) ?"
    r"[a-z0-9-]{2,40}(?: ?(?:\.|cham) ?(?:com|vn|net|org|edu|gov|info)){1,3}(?![a-z0-9])"
)
"""An address with blanks in it or with its signs in words: "hoa.le a còng gmail chấm com"."""
EMAIL_SIGNS = ("@", "a cong", "a moc", "(at)", "[at]", "(a)", "[a]")
HEALTH_CARD = re.compile(rf"(?<![a-z0-9])[a-z]{{2}} ?(?=.?\d){D}(?:[ .\-]?{D}){{12,14}}(?![a-z0-9])")
HEALTH_CARD_CUE = re.compile(r"\b(?:bhyt|bao hiem|bhxh|the bh|ma the)\b")
PLATE = re.compile(
    rf"(?<![\w.])[1-9][0-9l](?: ?[-–.] ?| )?(?P<series>[a-z]{{1,2}}\d?)(?: ?[-–./] ?| )?(?P<number>(?=(?:[oil., ]{{0,2}}\d){{3}})(?:{D}{{3}}[ .,]?{D}{{2}}|{D}{{2}}[ .]{D}{{3}}|\d{{4}}))(?![\w]|[.,]\d)"
)
PLATE_CUE = re.compile(
    r"\b(?:bien(?: so| xanh| trang| vang| do)?|bs|bks|bsx|xe|oto|o to|moto|may|dk|wave|dream|sh|vision|ab|exciter)\b"
)
PLATE_SURE_CUE = re.compile(r"\b(?:bien(?: so| xanh| trang| vang| do)?|bs|bks|bsx)\b[ :]{0,3}$")
PLATE_NEXT_CUE = re.compile(r"\b(?:xe(?: tai| may| con| hoi| ben| khach| ba gac)?|o ?to)\b[ :]{0,3}$")
PLATE_TWO_AND_THREE = re.compile(rf"{D}{{2}}[ .]{D}{{3}}")
PLATE_NOT_A_SERIES = frozenset({"h", "g", "tr", "t", "x", "ty", "va", "la", "co", "ho"})
PASSPORT = re.compile(r"(?<![a-z0-9])(?P<letter>[a-z]) ?-?(?P<number>\d(?:[ .]?\d){6,7})(?!\d)")
PASSPORT_CUE = re.compile(r"\b(?:ho chieu|passport|pp|hc)\b[^\n]{0,25}$")
PASSPORT_LETTERS = "bcnpeqkm"
_NOT_LETTERS = r"(?!(?:[a-f][12]?|so|la|no|cu|moi|ma|co|va|o|lh|dt|tl|tk|cc|pp) )"
"""Two letters before digits that are words, or the class of a licence."""
PASSPORT_TOLD = re.compile(
    rf"\b(?:ho ?chieu|passport|pp|hc)\b[^\n]{{0,30}}?(?<![a-z0-9])(?:{_NOT_LETTERS}(?P<number>[a-z]{{1,2}}[ -]?\d(?:[ .]?{D}){{4,7}})"
    r"|(?P<mixed>(?=[a-z]{1,3}[0-9])(?=(?:[a-z]{0,4}[0-9]){4})[a-z0-9]{7,10}))(?![a-z0-9])"
)
"""After a word for it also other countries' shapes: two letters, or letters among the digits."""
LICENCE_TOLD = re.compile(
    rf"\b(?:gplx|bang (?:lai|xe|a1|a2|a|b1|b2|b|c1|c|d|e)|(?:giay phep|gp) lai(?: xe)?|bl)\b[^\n]{{0,30}}?(?<![a-z0-9]){_NOT_LETTERS}(?P<number>[a-z]{{1,2}} ?-?\d(?:[ .]?{D}){{4,7}})(?![a-z0-9]|[ .]\d)"
)
ACCOUNT_TOLD = re.compile(
    r"\b(?:s?o? ?tk|tai khoan|acc)\b[^\n]{0,30}?(?<![a-z0-9])(?P<number>(?=(?:[a-z .-]{0,3}[0-9]){7})[0-9]{2,12}[a-z]{1,3}[0-9]{0,12}(?:[a-z]{1,2}[0-9]{1,12})?(?:[ .-][0-9o][0-9oil]{2,5}){0,4}|[a-z]{2,6}[0-9]{8,16})(?![a-z0-9])"
)
"""Account numbers of some banks have letters among the digits."""
TOLD_NEEDS = {
    "PASSPORT": ("chieu", "pass", "pp", "hc"), "LICENCE": ("gplx", "bang ", " lai", "bl"), "BANK": ("tk", "khoan", "acc"),
}  # fmt: skip
"""Without one of these the patterns above find nothing."""

_YEAR = r"(?:19|20)\d{2}"
FULL_DATE = rf"\d{{1,2}} ?[/.\-] ?\d{{1,2}} ?[/.\-] ?{_YEAR}|{_YEAR}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}} \d{{1,2}} {_YEAR}"
DATE = rf"{FULL_DATE}|\d{{1,2}} ?[/.\-] ?\d{{1,2}} ?[/.\-] ?\d{{2}}|(?:(?:ngay|mung|mong) ){{0,2}}\d{{1,2}} ?(?:thang |[/.\-] ?)\d{{1,2}},? nam {_YEAR}|(?:thang )?\d{{1,2}} ?(?:[/.\-] ?|nam ){_YEAR}|{_YEAR}|2k\d{{1,2}}"
BIRTH = re.compile(
    rf"(?<!khai )(?<!giay )(?<!hoc )(?<!phat )(?<!thi )(?<!ve )(?<!giang )(?<!hy )\b(?:sinh(?: ngay| nam| vao| thang| nhat)?|ngay(?: thang)?(?: nam)? sinh|nam sinh|sn|ns|dob|born|birthday|tuoi sinh|de (?:ngay|nam))"
    rf"(?: (?:la|ghi|sai|dung|that|vao|hoi|khoang|cua|toi|em|e|minh|con|chau|be|me|ma|bo|ba|ong|vo|chong|anh|chi|tren|trong|giay|khai|cccd)){{0,5}}[ :.]{{0,4}}(?P<date>{DATE}|(?<=nam )\d{{2}}(?!\d)|(?<=[sn][ns] )\d{{2}}(?![\dt])|(?<=sinh )[4-9]\d(?!\d)(?! ?(?:con|chau|ngay|thang|tuoi|lan|nguoi))|\d{{8}}(?!\d))(?![\d/])"
    rf"(?: (?:thanh|sang|chu khong phai|khong phai) (?P<other>{DATE})(?![\d/]))?"
)
BIRTH_AFTER_NAME = re.compile(
    rf"(?: ?[/,(\-–|]{{1,2}} ?(?P<date>{FULL_DATE}|{_YEAR})| (?P<bare>\d{{1,2}}[/.\-]\d{{1,2}}[/.\-](?:19\d|20[01])\d))(?![\d/]|[.\-]\d)"
)
"""Right after a full name: "Lê Thị Mơ / 1977 /"."""


def holds_any(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words occurs; in a loop, since most messages ask this of many."""
    for word in words:  # noqa: SIM110 -- half the time of any()
        if word in text:
            return True
    return False
