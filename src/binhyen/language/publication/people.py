"""People in a draft: full names, names after "anh", "bé", nicknames and initials, with what stands around them."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from binhyen.core.text import without_marks
from binhyen.language.personal_data_names import MIDDLES, NOT_A_NAME, PLAIN_SURNAMES
from binhyen.language.personal_data_patterns import UPPER
from binhyen.language.publication.sentences import Sentence


class Form(Enum):
    """How a person is named."""

    FULL = auto()
    CALLED = auto()
    INITIALS = auto()


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a sentence; offsets into the sentence, `called` the word before the name ("chau", "")."""

    form: Form
    start: int
    end: int
    called: str


_KIN = (
    "anh|chị|ông|bà|cô|chú|bác|cậu|mợ|dì|thím|cháu|bé|em|thằng|con bé|đối tượng|tên|nghi phạm|nghi can|bị can|bị cáo|hung thủ|"
    "thủ phạm|nạn nhân|vợ chồng|mẹ con|bố con|học sinh|sinh viên|trẻ|con trai|con gái|bố|mẹ|cha|ba|vợ|chồng|lái xe|tài xế|"
    "thanh niên|nam thanh niên|người đàn ông|người phụ nữ|biệt danh|tức|chủ quán|chủ tiệm|chủ nhà|gia đình|nhà|trùm|y tên"
)
_WORD = rf"[{UPPER}][’']?[^\W\d_]{{0,12}}"
_RUN = re.compile(rf"(?<![\w.]){_WORD}(?: {_WORD}){{0,11}}")
_CALLED = re.compile(
    rf"(?<!\w)(?P<kin>(?i:{_KIN}))(?: là| tên là| tên| cháu| em| bé| giáo)?:? (?P<name>{_WORD}(?: {_WORD}){{0,4}})(?![\w])"
)
_CALLED_PLAIN = re.compile(without_marks(_CALLED.pattern).replace("[^\\W\\d_]", "[a-z]"))
_INITIALS = re.compile(
    rf"(?<![\w.])(?:[{UPPER}]\.[ ]?){{1,4}}[{UPPER}]?(?![\w])|(?<!\w)(?i:anh|chị|ông|bà|cháu|bé|em|nạn nhân|cô|chú) [{UPPER}](?=[\s,.(])"
)
_NICK = re.compile(
    rf"(?<!\w)(?P<name>{_WORD}(?: {_WORD}){{0,3}}) ?(?:[“\"'‘(] ?(?:tức |biệt danh )?[^”\"'’)\n]{{1,20}}[”\"'’)])"
)
_PLACE_BEFORE = re.compile(
    r"(?<!\w)(?:đường|phố|trường|thpt|thcs|tiểu học|mầm non|mẫu giáo|thôn|xã|phường|chợ|cầu|buôn|bản|khu|nhà hàng|chùa|núi|sông|suối|công ty|tnhh|bệnh viện|"
    r"đình làng|quận|huyện|tỉnh|ngân hàng|giải|cúp|hẻm|ngõ|kiệt|dốc|quốc lộ|làng|xóm|ấp|khóm|tdp|đền|thành phố|tp|đặc khu|công viên|quảng trường|tuyến|"
    r"nhà thờ|đảo|vịnh|biển|cửa hàng|tiệm|tập đoàn|đại học|cao đẳng|bãi|cánh đồng|rừng|truyện|phim|bài hát|chiến dịch|đèo|hồ|khách sạn|quán|siêu thị|nhà xuất bản|nhà ga|cảng|thửa|công ty \w+|trường \w+|(?:kiệt|hẻm|ngõ|ngách|số|đường|nhà) \d{1,4}[a-z]?(?:/\d{1,4})*) $"
)
_TITLE = (
    r"dong chi|d/c|(?:dai|thuong|trung|thieu) (?:uy|ta|tuong|si)|dai tuong|truong cong an|pho truong cong an|truong phong|pho truong phong|"
    r"can bo|chu tich|pho chu tich|bi thu|pho bi thu|luat su|bac si|thac si|tien si|giam doc|pho giam doc|hieu truong|hieu pho|truong thon|truong buon|truong ban|gia lang|to truong|"
    r"truong ban|dai bieu|tham phan|kiem sat vien|dieu tra vien|canh sat khu vuc|thieu huong dao|su thay|linh muc|thu tuong|bo truong|tong bi thu|chu nhiem|nha bao|chi hoi truong|chi hoi pho|hoi truong|doi truong|doi pho|bi thu doan|truong khu|khu pho truong|nghe nhan|chien si|huong dan vien|thu khoa|tong giam doc"
)
_TITLE_BEFORE = re.compile(
    rf"(?<!\w)(?:{_TITLE})(?: (?:cong an|xa|phuong|tinh|thon|buon|\w+)){{0,6}}[ ,:–-]{{1,3}}(?:ong |ba |anh |chi )?$"
)
_TITLE_AFTER = re.compile(
    rf"^[ ,(–-]{{1,4}}(?:hien la |la |nguyen )?(?:{_TITLE}|giao vien chu nhiem|truong|pho truong|can bo|cong an vien|dan quan)(?!\w)"
)
_EXAMPLE = re.compile(rf"(?:^| )[{UPPER}]\Z")
_GREAT = re.compile(
    r"ho chi minh|vo nguyen giap|ton duc thang|le hong phong|tran phu|nguyen du|hung vuong|vo thi sau|nguyen hue|quang trung|tran hung dao|le loi|kim dong|nguyen trai|phan boi chau"
)
_PROVINCES = frozenset(["an giang", "bac giang", "bac ninh", "binh dinh", "binh duong", "ca mau", "cao bang", "da lat", "da nang", "dak lak", "dien bien", "dong nai", "dong thap", "gia lai", "ha giang", "ha nam", "ha noi", "ha tinh", "hai duong", "hai phong", "hoa binh", "hung yen", "khanh hoa", "kien giang", "lai chau", "lam dong", "lang son", "lao cai", "long an", "nam dinh", "nghe an", "phu tho", "phu yen", "quang nam", "quang ninh", "son la", "tay ninh", "thai binh", "thai nguyen", "thanh hoa", "tien giang", "tra vinh", "vinh long", "vinh phuc", "yen bai", "kon tum", "dong tien", "bac bo", "trung quoc", "thai lan", "ha lan", "dai loan", "duong lich", "am lich", "tet nguyen dan", "le quoc khanh", "ho guom", "le khanh thanh", "le phat dong", "le khai giang", "le cong bo", "le ra quan", "le ky niem", "do nguoi", "mai linh", "doan thanh", "doan xa", "doan phuong", "doan tncs", "doan vien", "doan truong", "ho so", "kim ngan", "cao toc", "cao diem", "dong y", "tan binh", "tan phu", "yen binh", "ha long", "thai duong", "hoa ky", "van phong", "van ban", "y te", "y ban", "son ca", "van hoa", "tu van", "hanh chinh", "la nga", "mai chau", "hoang mai", "dong anh", "tu liem", "kim long", "do luong", "le thuy", "trieu phong", "phan thiet", "phan rang", "lam san", "hoang sa", "truong sa", "ma tuy", "bui vien"])  # fmt: skip
_WRITTEN_SURNAMES = frozenset(["nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý", "lí", "đinh", "trương", "đoàn", "lương", "trịnh", "đào", "mai", "cao", "hà", "lưu", "triệu", "thái", "tô", "châu", "quách", "tạ", "kiều", "la", "lâm", "vương", "tống", "nông", "giàng", "lò", "lù", "lư", "lữ", "mã", "thân", "cù", "giáp", "niê", "kpă", "kpa", "rcom", "rơ", "siu", "ksor", "vàng", "thào", "sùng", "hầu", "ka", "danh", "thạch", "sơn", "kim", "h", "y", "a", "văn", "tăng", "từ", "phùng", "chu", "khổng", "tôn", "hứa", "viên", "diệp", "mạc", "bạch", "lục", "ninh", "nghiêm", "đồng", "điểu", "chế", "ma", "đàm", "vi", "vừ", "mùa", "hờ", "quàng", "cầm", "liêu", "âu", "doãn", "đậu", "phí", "hạ", "khuất", "lại", "tiêu", "kha", "trà", "thẩm", "cấn", "sầm", "bế", "phù", "lã", "sử", "tòng", "cà", "hạng", "tẩn", "chảo", "phàn", "lầu", "hoa", "đường", "cung", "thiều", "mẫn", "phó", "đổng", "hàn", "khúc", "mạnh", "ngụy", "ngụ", "nhan", "tân", "thịnh", "trầm", "yên"])  # fmt: skip
_WEAK_SURNAMES = frozenset(
    {"ma", "to", "la", "a", "y", "h", "son", "kim", "ha", "cu", "hau", "sung", "vang", "ta", "than", "ka", "lo", "cao"}
)
"""Surnames that are everyday words: a full name of two words is not taken for one on their account."""
_PLAIN = re.compile(rf"(?:{PLAIN_SURNAMES})\Z")
_MIDDLE = re.compile(rf"(?:{MIDDLES})\Z")
_SMALL = re.compile(rf"(?<!\w)(?:{PLAIN_SURNAMES}) (?:van|thi) [a-z]{{2,7}}(?!\w)")
_BEFORE = 48


def people_in(sentence: Sentence) -> list[Person]:
    """People named in the sentence, in order; holders of an office, places and examples ("ông A") are left out."""
    found: dict[int, Person] = {}
    for person in (
        *_full(sentence),
        *_typed_small(sentence),
        *_called(sentence),
        *_nicknames(sentence),
        *_initials(sentence),
    ):
        if not any(person.start < other.end and other.start < person.end for other in found.values()):
            found[person.start] = person
    return [found[start] for start in sorted(found) if not _is_office_holder(sentence, found[start])]


def _full(sentence: Sentence) -> Iterator[Person]:
    for run in _RUN.finditer(sentence.shown):
        words = list(re.finditer(r"\S+", run[0]))
        first = 0
        while first < len(words):
            rest = [w[0] for w in words[first:]]
            flat = [sentence.flat[run.start() + w.start() : run.start() + w.end()] for w in words[first:]]
            length = _name_length(rest, flat, all_upper=run[0].isupper())
            if length < 2:
                first += 1
                continue
            start, end = run.start() + words[first].start(), run.start() + words[first + length - 1].end()
            if not _is_place_or_example(sentence, start, end):
                yield Person(Form.FULL, start, end, _called_before(sentence, start))
            first += length


def _typed_small(sentence: Sentence) -> Iterator[Person]:
    """Names in a sentence typed without capitals and marks: "nguyen van tuan bi bat"."""
    if sentence.shown.isascii() and sentence.shown.islower():
        for match in _SMALL.finditer(sentence.shown):
            yield Person(Form.FULL, *match.span(), _called_before(sentence, match.start()))


def _is_surname(written: str, flat: str, *, marked: bool) -> bool:
    """A surname as it is written; without its marks only where the whole name has none ("Nguyen Van Tuan")."""
    if written.lower() in _WRITTEN_SURNAMES:
        return True
    return not marked and bool(_PLAIN.match(flat)) and written.isascii()


def _name_length(shown: list[str], words: list[str], *, all_upper: bool) -> int:
    """How many words of a run of capitals make a name that begins here; 0 when none does."""
    head = words[0].replace("'", "").replace("’", "")
    marked = not "".join(shown[:4]).isascii()
    if len(words) < 2 or not (_is_surname(shown[0], head, marked=marked) or shown[0][1:2] in {"'", "’"}):
        return 0
    if all_upper and len(words) > 3:
        return 3 if head in {"y", "h"} or (_MIDDLE.match(words[1]) and head not in _WEAK_SURNAMES) else 0
    kept = words[:5]
    if head in _WEAK_SURNAMES and len(kept) < (2 if head in {"y", "h", "a", "ka"} else 3):
        return 0
    plain = sum(word in NOT_A_NAME and not _MIDDLE.match(word) for word in kept[1:])
    return 0 if plain * 2 > len(kept) - 1 else len(kept)


def _is_place(sentence: Sentence, start: int, end: int) -> bool:
    flat = sentence.flat[start:end]
    before = sentence.lower[max(0, start - _BEFORE) : start]
    return any(flat.startswith(name) for name in _PROVINCES) or bool(
        _PLACE_BEFORE.search(before) or _GREAT.fullmatch(flat)
    )


def _is_place_or_example(sentence: Sentence, start: int, end: int) -> bool:
    return _is_place(sentence, start, end) or (
        bool(_EXAMPLE.search(sentence.shown[start:end])) and sentence.shown[end : end + 1] != "."
    )


def _called(sentence: Sentence) -> Iterator[Person]:
    for match in (_CALLED_PLAIN if sentence.shown.isascii() else _CALLED).finditer(sentence.shown):
        start, end = match.span("name")
        words = sentence.flat[start:end].split()
        kin = sentence.flat[match.start("kin") : match.end("kin")]
        if len(words) == 1 and len(words[0]) == 1:
            continue
        if sentence.lower[start:end].split()[0] in _NO_CALLED or _is_place_or_example(sentence, start, end):
            continue
        form = (
            Form.FULL
            if len(words) > 1 and _is_surname(sentence.shown[start:end].split()[0], words[0], marked=True)
            else Form.CALLED
        )
        yield Person(form, start, end, kin)


_NO_CALLED = frozenset(["công", "facebook", "zalo", "tết", "luật", "nghị", "thông", "đảng", "đoàn", "hội", "thcs", "thpt", "trường", "việt", "kinh", "mặt", "quốc", "ban", "tỉnh", "tp", "giấy", "số", "cccd", "covid", "ubnd", "csgt", "khi", "nghề", "xin", "vui", "hãy", "bộ", "vneid", "văn", "nước", "sài", "đà", "hàn", "nhật", "mỹ", "điều", "quyết", "mẫu", "nếu", "không", "trưởng", "phó", "đại", "thượng", "thiếu", "trung tá", "cán", "cảnh", "anh", "chị", "em", "ông", "bà", "cô", "chú", "bác", "cháu", "bé", "tôi", "mình", "và", "tại", "ngày", "thôn", "xã", "phường", "tổ", "buôn", "làng", "đội", "học", "tiểu", "mầm", "lớp", "sinh", "cục", "tòa", "viện"])  # fmt: skip


def _nicknames(sentence: Sentence) -> Iterator[Person]:
    for match in _NICK.finditer(sentence.shown):
        start, end = match.span("name")
        words = sentence.flat[start:end].split()
        inner = sentence.flat[end : match.end()]
        if (
            len(words) <= 3
            and words[0] not in NOT_A_NAME
            and not re.search(r"\d|ubnd|goi tat|viet tat|tp|\bxa\b|thon|tinh", inner)
            and not _is_place(sentence, start, end)
            and re.search(r"[“\"'‘]|tuc|biet danh", inner)
        ):
            yield Person(Form.CALLED, start, end, _called_before(sentence, start))


def _initials(sentence: Sentence) -> Iterator[Person]:
    for match in _INITIALS.finditer(sentence.shown):
        letters = re.sub(r"[^\w]", "", match[0])
        if letters not in {"TP", "P", "Q", "T", "BCA"} or _called_before(sentence, match.start()):
            yield Person(
                Form.INITIALS,
                match.start(),
                match.end(),
                _called_before(sentence, match.start()) or sentence.flat[match.start() : match.end()].split()[0],
            )


def _called_before(sentence: Sentence, start: int) -> str:
    match = re.search(r"(?<!\w)(\w+(?: \w+)?)[ :]{1,2}$", sentence.flat[max(0, start - 24) : start])
    return match[1] if match else ""


def _is_office_holder(sentence: Sentence, person: Person) -> bool:
    before = sentence.flat[max(0, person.start - 90) : person.start]
    return bool(_TITLE_BEFORE.search(before) or _TITLE_AFTER.match(sentence.flat[person.end : person.end + 40]))
