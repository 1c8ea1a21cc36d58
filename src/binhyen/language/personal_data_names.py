"""People's names in a text: with capitals, in small letters after a word that calls somebody, and before a number."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import itertools
import re
from collections.abc import Iterator, Sequence

from binhyen.language.flat_text import FlatText, flatten
from binhyen.language.personal_data_patterns import CAPITAL, holds_any


def _flat(words: str) -> str:
    return flatten(words).flat


_SURE_SURNAMES = (
    "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|trương|đoàn|lương|trịnh|đào|mai|"
    "triệu|thái|châu|quách|kiều|lâm|vương|tống|nông|lò|giáp|thào|danh|thạch"
)
_WEAK_SURNAMES = (
    "cao|hà|lưu|tô|tạ|la|giang|giàng|lữ|lư|mã|thân|cù|niê|kpă|kpa|rcom|siu|ksor|vàng|sùng|hầu|ka|sơn|kim|h|y|a|vi|quàng|hứa|phùng|mạc|"
    "tăng|tôn|khổng|diệp|đàm|chu|lục|sầm|bế|nghiêm|lường|lô|hạng|vừ|tẩn|lầu|tòng|điêu|bạch|thiều|đậu|doãn|uông|cầm|ninh|phù|lã|cà|chảo|phàn|khuất|lại|tiêu|kha|thẩm|cấn|chế|đổng|khúc|ngụy|âu|liêu|lù"
)
"""Everyday words or rare: a full name of two words is not taken for one on their account."""
_MARKED_MIDDLES = "văn|thị|đức|minh|hữu|ngọc|thanh|thành|quốc|xuân|đình|công|mạnh|trọng|quang|anh|hồng|kim|thu|bích|tuấn|thế|việt|hoàng|gia|bảo|như|mỹ|tiến|phước|tấn|khánh|phương|đăng|mai|thùy|thúy"
MIDDLES = "van|thi|duc|minh|huu|ngoc|thanh|quoc|xuan|dinh|cong|manh|trong|quang|anh|hong|kim|thu|bich|tuan|the|viet|hoang|gia|bao|nhu|my|tien|phuoc|tan|khanh|phuong|dang|mai|thuy"
_GIVEN = (
    "sơn|dũng|hùng|tuấn|cường|phúc|thủy|thuỷ|thúy|thuý|hạnh|tâm|linh|lan|huệ|loan|phượng|yến|tuyết|thảo|nhung|oanh|kiều|khánh|huy|"
    "hoàng|long|thịnh|tùng|vinh|vũ|đức|quân|hải|trang|nga|hằng|hương|hường|ngọc|tú|khoa|quang|bình|lộc|hậu|nhàn|liễu|thoa|tèo|tí|"
    "duy|khang|phước|trâm|quyên|thắm|xuyến|hiếu|kiên|lâm|luân|nhân|phát|quốc|sỹ|thiện|tiến|trí|vân|vy|ý"
)
"""Given names that are told from other words by their marks, after a word that calls somebody."""
_GIVEN_TOO = "hoa|ngân|mai|an|hiền|nam|minh|hà|hòa|tài|sang|phong|toàn|thắng|trung|thành|công|hồng|thanh|chi|nhi|bảo|hiệp|đạt|ly|my|dung|thu|xuân|bé|út|nhi|châu|giang|đông|tân|thơ"
_GIVEN_BEFORE_NUMBER = _flat(f"{_GIVEN}|{_GIVEN_TOO}")
_CALLS = "anh|chị|cô|chú|bác|ông|bà|cụ|thằng|con|cậu|dì|mợ|dượng|thầy|vợ|chồng|bé|cháu|em"
_RANK = "hai|ba|tư|năm|sáu|bảy|tám|chín|mười|út"

_SURE = frozenset(_SURE_SURNAMES.split("|"))
_SURNAMES = _SURE | frozenset(_WEAK_SURNAMES.split("|"))
_FLAT_SURE, _FLAT_SURNAMES = frozenset(map(_flat, _SURE)), frozenset(map(_flat, _SURNAMES))
_TOLD_BARE = _FLAT_SURE | {"cao", "ha", "luu"}
PLAIN_SURNAMES = "|".join(sorted(_FLAT_SURE))
_GIVEN_WORDS, _CALL_WORDS = frozenset(_GIVEN.split("|")), frozenset([*_CALLS.split("|"), "gặp"])
_GIVEN_ALL = frozenset(f"{_GIVEN}|{_GIVEN_TOO}|{_RANK}|{_MARKED_MIDDLES}".split("|"))
NOT_A_NAME = frozenset({
    "cong", "an", "xa", "phuong", "tinh", "huyen", "quan", "so", "bo", "viet", "nam", "cccd", "cmnd", "vneid", "zalo",
    "facebook", "ubnd", "ct", "bca", "csgt", "ca", "tp", "hcm", "ha", "noi", "sai", "gon", "tet", "nghi", "thong",
    "luat", "trung", "quoc", "han", "nhat", "my", "uc", "duc", "phap", "ai", "oi", "a", "e", "ad", "admin", "page",
    "em", "anh", "chi", "toi", "minh", "cho", "xin", "hoi", "otp", "atm", "sim", "vietcombank", "mb", "bhxh", "bhyt",
    "honda", "wave", "vision", "sh", "iphone", "samsung", "gplx", "ok", "thu", "chu", "thang", "sang", "chieu", "da", "nang", "hue", "can", "lao", "cam", "campuchia", "thai", "lan", "dai", "loan", "hoc", "dang", "nha", "khu",
    "kinh", "chao", "kt3", "lltp", "pccc", "dvc", "quyet", "dinh", "mau", "to", "thon", "khi", "neu", "vi", "co", "khong", "tay", "truong",
})  # fmt: skip
_COUNTRIES = frozenset({"duc", "trung", "quoc", "han", "nhat", "my", "uc", "phap", "thai", "lan", "nam", "viet"})
"""Everyday as one or two words, middle names in a name of three."""
_NAMES_BY_MARKS = frozenset({"thắng", "thăng", "hà", "đăng", "đạt", "trường", "năm", "thư", "thông", "đặng", "cẩm"})
_NAMES_NOBODY = frozenset({
    "ha noi", "ha lan", "ha tinh", "ha giang", "ha dong", "ha nam", "ha long", "dai loan", "thai binh", "thai nguyen", "cao bang", "lam dong",
    "chau doc", "chau au", "chau a", "mai chau", "hoang sa", "truong sa", "ho guom", "ho tay", "thach thanh", "vu lan", "a di", "di da",
})  # fmt: skip
"""Places and feasts that begin like a name."""
_NO_LAST_NAME = frozenset({
    "gi", "nao", "sao", "rang", "de", "khi", "la", "co", "phai", "lam", "truong", "cho", "gap", "di", "ma", "thi", "da", "se", "dang",
    "nay", "kia", "do", "roi", "khong", "chua", "duoc", "bi", "cua", "voi", "nha", "toi", "em", "giay", "neu", "va", "o", "ai", "hay", "ra",
    "vao", "ve", "len", "moi", "chi", "tran", "cu", "nen", "nhan", "muon", "can", "xin", "hoi", "tre", "tieu", "leo", "doi", "nop", "coi", "nguoi", "dan", "nhap",
})  # fmt: skip
"""What follows "đô thị" or "hồ vẫn", and is no given name."""

_CALLED = re.compile(
    rf"(?<!\w)(?i:tên(?: là)?|ten(?: la)?|họ tên|ho ten|chủ tk|chu tk|chủ thẻ|mình|mình là|tui là|tôi là|em là|ông|bà|anh|chị|chi|cháu|chú|chu|bác|bac|cô|thằng|thang|ba|ong|chau|đồng chí|dong chi|em|thầy|vợ|chồng|con|bé|be|bạn|ban|cụ|cậu|dì|mợ|dượng|o(?= [^ ,.]{{0,5}}[À-ỹ])|mệ|a|c|nạn nhân|đối tượng|bác sĩ|bs|chủ hộ|mr\.?|mrs\.?|ms\.?)"
    rf":? (?P<name>{CAPITAL}(?: {CAPITAL}){{0,4}})"
)
_GOES_ON = re.compile(rf" {CAPITAL}(?!\w)")
_FULL = re.compile(rf"(?<!\w)(?P<name>{CAPITAL}(?: {CAPITAL}){{1,4}})")
_FOREIGN = re.compile(
    rf"(?<!\w)(?i:guest|name|passport|customer|khách|khach)(?: name)?:? ?(?P<name>{CAPITAL}(?: {CAPITAL}){{1,3}})"
)
_LOWER = re.compile(rf"(?<!\w)(?<!vi )(?P<name>(?:{PLAIN_SURNAMES}) (?:van|thi)(?: (?:{MIDDLES}))? [a-z]{{2,6}})(?!\w)")
_LOWER_NEEDS = (" van ", " thi ")
"""Without one of these `_LOWER` finds nothing; so with `_TOLD_NEEDS`."""
_TOLD = re.compile(
    rf"(?<!\w)(?:ten(?: la| em la| toi la| minh la)?|ho ten|ho va ten|chu (?:tk|the|tai khoan)|(?:toi|em|minh|tui|chau|e) (?:la|ten))(?: la)?(?!\w):? {{0,2}}(?P<name>(?:{'|'.join(sorted(_FLAT_SURNAMES))}) [a-z]{{2,7}}(?: [a-z]{{2,7}}){{0,2}})(?!\w)"
)
_TOLD_NEEDS = ("ten", " la", "chu t")
_GIVEN_CALLED = re.compile(
    rf"(?<!\w)(?:{_CALLS}) (?P<name>(?:(?:{_RANK}|{_GIVEN}) )?(?:{_GIVEN}))(?!\w)"
    r"(?! (?:lao động|liệt|dân tộc|sự|nhà nước|thường|luận|đẳng|tĩnh|tinh|động|hoạt|cảm|thiêng|khói|hồn|ước|vị|quan|sản|hôn|gia|cung|cảnh|phục|hiệu|chương|lanh|đong|trọng|dược|hổ|học|trương|trường|vũ|phí|đội|nhân|khí|thần|lý|huyết|tư|thủ|lợi|lực|điện|thành|dự|trí|bị|điểm|trại|ra|sang|qua|tràn|rộng|tới|đến|nhanh|man|can|kiểm|phúc|độ|thẩm|báo|điệu|xấu|quả|trái|tạp|phẩm|chứng|triển|hành|hiện|thức|tiền|viên|tế|khẩu|ngữ|minh|lực))"
)
_BEFORE_NUMBER = re.compile(
    rf"(?<!\w)(?:{_flat(_CALLS)}|gap) (?P<name>(?:(?:{_flat(_RANK)}|{MIDDLES}|{_GIVEN_BEFORE_NUMBER}) ){{0,2}}(?:{_GIVEN_BEFORE_NUMBER}))"
    r"(?: (?:theo|qua|o))?[ :,(]{1,3}(?:(?:so(?: dien thoai| dt| may)?|sdt|s?dt|dien thoai|zalo|lh|tel|phone)[ :.]{1,3})?$"
)
"""In small letters without marks a name is sure only right before a telephone number."""
_SELF = re.compile(
    rf"(?<!\w)(?:em|e|toi|minh|tui|chau|con) la (?P<name>{_GIVEN_BEFORE_NUMBER}) (?:nha|o|day|ben|to|thon|xom|ap)(?!\w)"
)
_NO_PERSON = re.compile(
    r"(?<!\w)(?:đường|duong|phố|cầu|chợ|trường|tiểu học|tieu hoc|thcs|thpt|mầm non|mam non|đại học|dai hoc|chung cư|chung cu|tòa(?: nhà)?|toa nha|bệnh viện|benh vien|bv|công viên|cong vien|khách sạn|khach san|quán(?: \w+)?|nhà hàng|nha hang|"
    r"công ty|cong ty|cty|tiệm|ngã (?:tư|ba|năm|sáu)|nga (?:tu|ba|nam|sau)|ngã|nga|đèn đỏ|den do|giao lộ|đoạn|chốt|nút giao|đại lộ|siêu thị|bưu điện|dốc|bến|cống|bãi|vòng xoay|vong xoay|núi|nui|đèo|hồ|đình|chùa|đền|miếu|nhà thờ|làng|xã|phường|quận|huyện|tỉnh|thành phố|thôn|xóm|ấp|buôn|bản|khu (?:công nghiệp|đô thị|dân cư|phố)|"
    r"kcn|kđt|sân vận động|sân bay|bến xe|tượng đài|hẻm|kiệt|ngõ) $"
)
_HOUSE_NUMBER = re.compile(r"(?<![\w.,/-])(?<!\d )\d{1,4}[a-d]?(?:/\d{1,4}){0,3},? $")
"""What is named after a person is none: streets, schools, markets."""
_REACH = 24


def names_in_small_letters(text: FlatText) -> Iterator[tuple[int, int]]:
    """Places of names written without capitals."""
    if holds_any(text.flat, _LOWER_NEEDS):
        for match in _LOWER.finditer(text.flat):
            yield from _told(text, match, least=3)
    if holds_any(text.flat, _TOLD_NEEDS):
        for match in _TOLD.finditer(text.flat):
            yield from _told(text, match, least=2)
    if " la " in text.flat:
        for match in _SELF.finditer(text.flat):
            if _written_as(match["name"], text.shown[slice(*match.span("name"))], _GIVEN_ALL):
                yield match.span("name")
    if not text.shown.isascii() and not _GIVEN_WORDS.isdisjoint(text.shown.replace(",", " ").split()):
        for match in _GIVEN_CALLED.finditer(text.shown):
            yield match.span("name")


def name_before_number(text: FlatText, start: int) -> Iterator[tuple[int, int]]:
    """The place of a name that stands right before a telephone number."""
    match = _BEFORE_NUMBER.search(text.flat, max(0, start - _REACH * 2), start)
    if match and _written_as(match[0].split()[0], text.shown[match.start() :].split()[0], _CALL_WORDS):
        begin, end = match.span("name")
        shown = text.shown[begin:end].split()
        if all(map(_written_as, match["name"].split(), shown, itertools.repeat(_GIVEN_ALL))):
            yield begin, end


def names_with_capitals(text: FlatText) -> Iterator[tuple[int, int]]:
    """Places of names with capitals; where everything is written in them they tell nothing of one word."""
    shouted = text.shown.isupper()
    for match in () if shouted else _CALLED.finditer(text.shown):
        if (
            not match[0].isupper()
            and _may_be_name(text, match)
            and not _of_a_place(text, match.start(), house=match[0][0].isupper())
        ):
            yield match.span("name")
    for match in _FOREIGN.finditer(text.shown):
        if _may_be_name(text, match):
            yield match.span("name")
    for match in _FULL.finditer(text.shown):
        if _is_full_name(text, match) and not _of_a_place(text, match.start()):
            yield match.span("name")


def _written_as(flat: str, shown: str, marked: frozenset[str]) -> bool:
    """Without marks, or with those of a name: "di động" is no "dì Đông"."""
    return shown.lower() == flat or shown.lower() in marked


def _told(text: FlatText, match: re.Match[str], least: int) -> Iterator[tuple[int, int]]:
    """A surname by its marks, if any are written, and then names; cut off at the first word that is none."""
    start, end = match.span("name")
    shown, words = text.shown[start:end].lower().split(), match["name"].split()
    if len(shown) != len(words) or not _is_surname(shown[0], _TOLD_BARE) or _of_a_place(text, start):
        return
    if least == 3 and shown[1] not in {"văn", "thị", "van", "thi"}:
        return
    kept = next((i for i, word in enumerate(words) if i >= least - 1 and word in _NO_LAST_NAME), len(words))
    if kept >= least:
        yield start, start + len(" ".join(words[:kept]))


def _is_surname(shown: str, bare: frozenset[str]) -> bool:
    """Written with its own marks, or without any and one of `bare`."""
    return shown in bare if shown.isascii() else shown in _SURNAMES


def _may_be_name(text: FlatText, match: re.Match[str]) -> bool:
    """Most of the words are not everyday words written with a capital letter, and nobody shouts."""
    start, end = match.span("name")
    shown, words = text.shown[start:end].lower().split(), text.flat[start:end].split()
    everyday = sum(
        word in NOT_A_NAME and as_shown not in _NAMES_BY_MARKS and not (len(words) > 2 and word in _COUNTRIES)
        for word, as_shown in zip(words, shown, strict=False)
    )
    if match["name"].isupper() and len(words) > 1 and _is_shouted(text.shown, match, shown):
        return False
    return (
        everyday * 2 <= len(words) and not (len(words) == 1 and everyday) and " ".join(words[:2]) not in _NAMES_NOBODY
    )


def _is_shouted(shown: str, match: re.Match[str], words: Sequence[str]) -> bool:
    """A sentence in capitals: no surname, or more words than names have."""
    return len(words) > 4 or not _is_surname(words[0], _FLAT_SURNAMES) or bool(_GOES_ON.match(shown, match.end("name")))


def _is_full_name(text: FlatText, match: re.Match[str]) -> bool:
    """It begins with a surname, or has a middle name that only people have."""
    shown, words = match["name"].lower().split(), text.flat[match.start() : match.end()].split()
    if not _may_be_name(text, match):
        return False
    if words[0][1:2] in {"'", "’"}:
        return True
    if len(words) > 2 and shown[1] in {"văn", "thị"} and words[0] not in NOT_A_NAME:
        return True
    return _is_surname(shown[0], _FLAT_SURNAMES) and (words[0] in _FLAT_SURE or len(words) > 2)


def _of_a_place(text: FlatText, start: int, house: bool = True) -> bool:
    """A word for a place stands before it, or a house number ("12 Bà Triệu")."""
    before = text.shown[max(0, start - _REACH) : start].lower()
    return bool(_NO_PERSON.search(before) or (house and _HOUSE_NUMBER.search(before)))
