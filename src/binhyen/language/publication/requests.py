"""Sentences that ask residents for money, a code, a password, a photo of papers or an app (G46).

A warning that quotes the trick is no request: what governs the verb decides, a refusal ("đừng đọc"), the trickster
("chúng yêu cầu bà con chuyển tiền"), or the resident who is told to do it ("bà con gửi mã OTP cho công an").
"""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Iterator

from binhyen.language.flat_text import flatten
from binhyen.language.publication.sentences import Sentence, sentences_of

_SECRET_NAMES = r"(?:(?:ma )?otp|ma (?:xac (?:thuc|nhan|minh)|kich hoat|bi mat|cvv|pin|the|dang nhap|mo khoa|giao dich)(?! ho so)|ma (?:so )?(?:vua|gui ve|do(?! tre)|6 so|sau so|6 chu so)|(?:day|\d|sau|bon) (?:so|chu so)(?: \w+){0,3}? (?:vua|gui ve|tren may|trong tin nhan)|mat khau|mat ma|so (?:the|cvv|tai khoan ngan hang)|cvv|thong tin (?:the|tai khoan ngan hang|dang nhap))(?! tren phong bi)"  # noqa: S105 - words, not a secret
_PAPER_PHOTO = r"(?:anh|hinh)(?: chup)?(?: \w+){0,3}? (?:can cuoc|cccd|cmnd|chung minh|the ngan hang|the atm|giay to|ho chieu|khuon mat|mat)"
_GIVE = r"(?:nhap|cho biet|gui|cung cap|doc|chup|dua|(?<!tin )nhan|nhan tin|noi|bao|khai|dien|chia se|tra loi|chuyen tiep|soan)"
_REQUEST = re.compile(
    rf"(?<!\w){_GIVE}\b(?:,? \w+){{0,7}}?,? {_SECRET_NAMES}(?!\w)"
    rf"|(?<!\w)(?:{_SECRET_NAMES}|day (?:\d |sau |bon )?(?:chu )?so)(?:,? (?!(?:khong|dung|cho|chua|cam|tuyet)\b)\w+){{0,6}}?,? (?:doc|gui|noi|cho biet|cung cap)(?: lai)? (?:ngay |lien )?(?:giup|cho|qua|vao|ve)(?!\w)"
    rf"|(?<!\w)(?:gui|chup|cung cap|dang|nop)\b(?:,? \w+){{0,5}}? {_PAPER_PHOTO}(?!\w)"
    r"|(?<!\w)chup (?:ca )?(?:hai mat |2 mat |lai )?(?:the )?(?:can cuoc|cccd|cmnd|ngan hang|ho chieu)\b"
    r"|(?<!\w)(?:chup|gui|dang|cung cap) (?:ca |lai |anh |hinh )*(?:hai |2 )?mat (?:truoc|sau)(?:,? \w+){0,4}? (?:can cuoc|cccd|cmnd|ngan hang|ho chieu)\b"
    r"|(?<!\w)(?:can cuoc|cccd|cmnd|the ngan hang|ho chieu)(?: \w+){0,2},? gui (?:ngay |len )?(?:vao|qua|cho|den|toi|ve) (?:nhom|zalo|trang|tin nhan|can bo|cong an|chung toi|hop thu|day)\b"
    r"|(?<!\w)(?:chuyen|gui|nap|nop|dong|dat)(?: \w+){0,4}? (?:tien(?! luong| huu| tro cap| an sinh)|khoan|phi|coc|so du)\b(?:,? [\w.%]+){0,6}? (?:vao|sang|qua|cho|den|toi|ve|theo(?! (?:quy dinh|luat|muc|nghi dinh|thong tu|bien lai|dinh ky|thang|nam))|so)(?!\w)(?! (?:cong dich|cong dvc|kho bac|dich vu cong|tru so|quay|bo phan|truc tiep))"
    r"|(?<!\w)chuyen khoan\b(?:,? [\w.%]+){0,6}? (?:vao|sang|qua|cho|den|toi|so|ve|theo|truoc|tai khoan|stk)(?!\w)(?! (?:cong dich|cong dvc|kho bac))"
    r"|(?<!\w)(?:ung ho|quyen gop|dong gop|nop|dong|thanh toan)\b(?:,? \w+){0,8}?,? (?:qua|vao|bang cach|bang|theo|ve)(?: \w+){0,2}? (?:chuyen khoan|so tai khoan|tai khoan|stk|ma qr|vi dien tu|the cao|momo|zalo ?pay|vi \w+ ?pay|viettel ?money|vnpay|ma qr|qr|zalo ca nhan)(?!\w)(?! kho bac)"
    r"|(?<!\w)(?:chuyen|gui|nop|nap|dong) (?:truoc |ngay |du |cho \w+(?: \w+){0,2} )?\d[\d.,]* ?(?:nghin|ngan|trieu|dong|d|k|tr)\b(?:,? \w+){0,6}? (?:vao|qua|cho|den|toi|ve)(?!\w)(?! (?:cong dich|kho bac|tru so|quay|bo phan))"
    r"|(?<!\w)(?:gui|chuyen|nop|dong|nap|tra)(?: \w+){0,6}? (?:qua|vao) (?:vi )?(?:momo|zalo ?pay|viettel ?money|vnpay|vi dien tu|the cao)\b"
    r"|(?<!\w)(?:gui|nop|dong|giup|gop|boi duong|dat coc)(?:,? \w+){0,5}? (?:vao|qua|ve) (?:so tai khoan|stk)(?! kho bac)(?!\w)"
    r"|(?<!\w)(?:boi duong|gop|giup|dat coc|den on|hau ta)(?: \w+){0,2} \d[\d.,]* ?(?:nghin|ngan|trieu|dong|d|k|tr) (?:vao|qua|ve) tai khoan(?!\w)"
    r"|(?<!\w)(?:quet|mo) (?:ma )?qr\b(?:,? \w+){0,6}? (?:thanh toan|chuyen(?: tien| khoan| \d)|nop|dong|ung ho)"
    r"|(?<!\w)(?:mua|gui|nap) (?:ma |so )?the cao\b"
    r"|(?<!\w)(?:tai|cai|cai dat|tai ve|tai xuong)\b(?: \w+){0,3}? (?:ung dung|app(?! store)|phan mem|tep|file)\b(?! (?:chinh thuc )?(?:vneid|dinh danh|tren kho|cua bo cong an))(?!\w)"
    r"|(?<![\w/.])(?:[\w-]{1,40}\.)apk\b"
)
_VERBS = frozenset({
    "nhập", "gửi", "đọc", "chụp", "đưa", "nhắn", "nói", "báo", "điền", "trả", "chuyển", "soạn", "đăng", "nộp", "nạp", "đóng",
    "đặt", "ủng", "quyên", "quét", "mở", "tải", "cài", "góp", "bồi", "giúp", "đền", "hậu", "căn", "thẻ", "hộ", "mã", "dãy",
    "mật", "số", "thông", "sáu", "bốn",
})  # fmt: skip
"""How the verbs of a request are written with their marks: "chuyện tiền" is no "chuyển tiền"."""
_REFUSAL = re.compile(
    r"(?<!\w)(?:không|đừng|chớ|cấm|(?<!phòng )(?<!để )tránh|thay vì|từ chối|chưa bao giờ|khong|dung (?:bao gio|co|nen)?|tuyet doi khong|ko)(?!\w)"
)
_TRICKSTER = re.compile(
    r"(?<!\w)(?:đối tượng|kẻ (?:gian|xấu|lừa|giả|trộm|lạ)|bọn (?:chúng|lừa|tội|xấu)|chúng(?! (?:tôi|ta|mình|em|con))|tội phạm|người lạ|giả danh|giả mạo|mạo danh|giả làm|tự xưng|tự nhận|"
    r"thủ đoạn|chiêu|dụ dỗ|dẫn dụ|dụ|nạn nhân|bị(?! lừa đảo)|tin nhắn giả|cuộc gọi (?:giả|lạ)|(?<!tránh )(?<!tránh bị )(?<!phòng )(?<!chống )(?<!ngừa )(?<!ngăn )(?<!chặn )(?<!không bị )(?<!khỏi bị )(?:lừa đảo|lừa)|cảnh giác|hacker|số lạ|bẫy|kịch bản|một số người|"
    r"có người|hù dọa|đe dọa|dọa|(?:cán bộ|công an|nhân viên|luật sư|trang|shipper) (?:giả|dởm|rởm)|(?<!tự )xưng|neu ai|bất kỳ ai|bất cứ ai|ai đó|người gọi|trang giả|web giả|doi tuong|ke gian|chung yeu cau|gia danh)(?!\w)"
)
_TOLD = re.compile(
    r"(?<!\w)(?:bà con|người dân|mọi người|công dân|anh chị|anh, chị|anh/chị|quý vị|phụ huynh|các bạn|chủ hộ|hộ gia đình|các hộ|đề nghị|vui lòng|hãy|xin mời|xin|mời|cần|phải|nhớ|yêu cầu|muốn)(?!\w)"
)
_REPORTING = re.compile(
    r"(?<!\w)(?:yêu cầu|bảo(?! (?:vệ|hiểm|mật|đảm))|dụ(?: dỗ)?|đòi|ép|buộc|hướng dẫn|đề nghị|nhắn|mời(?: gọi)?|lừa(?! đảo)|thuyết phục|xúi|dẫn dụ|kêu|nói|gọi|thúc giục|hối thúc|đe dọa|(?:hù |đe )?dọa|(?:hù |đe )?doạ|nhờ|rủ(?: rê)?|khiến|làm cho|lôi kéo|biểu|hối|giục|bắt(?! (?:đầu|tay|được)))(?!\w)"
)
_CONDITION = re.compile(
    r"^\W*(?:(?:cảnh báo|khẩn|lưu ý|thông báo|chú ý)\W+)*(?:nếu|khi|để|muốn|nhằm|phòng|vì|do|trước|hiện nay|thời gian|ai (?:đã|bị|lỡ)|trường hợp)(?!\w)"
)
_HARMLESS_BEFORE = re.compile(
    r"(?<!\w)(?:tự|chứng từ|biên lai|trước khi|sau khi|đã lỡ|lỡ|trót|nếu đã|đã|(?<!chỉ )việc|vụ|từng|hoặc đã|lúc|chưa|bị|được|khi|tự ý|nạn nhân|mất tiền do)\W+(?:\w+\W+){0,1}$"
)
_MACHINE_SENDS = re.compile(
    r"(?<!\w)(?:máy|hệ thống|tổng đài|ngân hàng|nhà mạng|ứng dụng|vneid|phần mềm)(?: mức \d)?(?: sẽ| tự| tự động| có thể)* $"
)
_BEGS = re.compile(r"xin (?!mời|bà con|quý|anh|chị|các|mọi|vui)")
_FALSE_ONE = re.compile(r"(?<!\w)(?:giả|kẻ \w+|đối tượng|chúng(?! (?:tôi|ta|em|mình))|người lạ|bẫy)(?!\w)")
_UNIT = re.compile(r"(?<!\w)(?:công an(?: xã| phường)?|đơn vị|cán bộ|chúng tôi)\W+(?:\w+\W+){0,2}$")
_FOR_US = re.compile(
    r"(?<!\w)(?:cho|đến|về|tới) (?:công an|cán bộ|đơn vị|chúng tôi|trực ban|trang này|tin nhắn này|zalo này)|vào đây|để (?:công an|cán bộ|đơn vị)"
)
_TO_A_STRANGER = re.compile(
    r"(?<!\w)cho (?:\w+ ){1,3}(?:giả|lừa đảo)(?!\w)|(?<!\w)(?:cho|vào|đến|tới) (?:tài khoản (?:lạ|của (?:chúng(?! (?:tôi|ta|em|mình))|đối tượng|kẻ))|(?:các |những |một )?(?:kẻ|đối tượng|chúng(?! (?:tôi|ta|em|mình|con))|bọn|người lạ|tội phạm|nhóm lừa))"
)
_OFFICIAL_WAY = re.compile(
    r"(?<!\w)(?:qua|trên|tại|vào|bằng)(?: \w+){0,3}? (?:cổng dịch vụ công|dịch vụ công|dichvucong|kho bạc|quầy|bộ phận một cửa|trụ sở|ứng dụng vneid)"
)
_OWN_LOGIN = re.compile(
    r"(?<!\w)(?:đăng nhập|ứng dụng vneid|vneid, chọn|mở (?:ứng dụng )?vneid|cổng dịch vụ công|chính mình|trên vneid|vào vneid)(?!\w)"
)
_TO_SOMEBODY = re.compile(
    r"(?<!\w)(?:biểu mẫu|khung|tin nhắn|trang này|zalo|đường dẫn|liên kết|cán bộ|công an|đơn vị|chúng tôi|link)(?!\w)"
)
_MONEY_WORD = re.compile(r"tiền|khoản|phí|đồng|nghìn|triệu|thanh toán|nộp|đóng")
_PLACE = re.compile(
    r"(?<!\w)(?P<kind>(?i:xã|phường|thị trấn|đặc khu|thôn|buôn|ấp|khóm|làng|xóm|bản)) (?P<first>[^\W\d_]+)(?P<second> [^\W\d_]+)?"
)
_OTHER_TIEN = re.compile(r"(?<!\w)ti[ếệễểê]n(?!\w)")
"""As "tien" is written where it is no money: Tiến, tiện, tiễn, Tiên."""
_NAMED_TIEN = re.compile(r"(?<!\w)đồng ti[ếệễểê]n(?!\w)")
_QUOTE_OPEN = re.compile(r"[“\"'‘][^”\"'’]*$")
_QUOTED_BY = re.compile(
    r"(?<!\w)(?:kể(?: lại)?|thuật lại|nhận|tin|tin nhắn|gọi|nhắn|nói|câu|kiểu|nội dung|lời|chiêu|báo|bảo|tưởng|đòi|yêu cầu|gạ|mời)(?!\w)"
)
_QUOTED_AFTER = re.compile(r"[”\"'’]\W{1,4}(?:nghe|gặp|thấy|nhận được|đó là|là (?:chiêu|câu|kịch bản))(?!\w)")
_CALLED_WRONG = re.compile(r"^[^.!?]*?(?<!\w)(?:là (?:làm lộ|vi phạm|phạm luật|phạm pháp)|có thể bị phạt)(?!\w)")
_OR_ELSE = re.compile(r"(?<!\w)(?:nếu không|không thì|kẻo|cán bộ|công an)(?!\w)")
_WINDOW = 70
_WARNS_AROUND = re.compile(
    r"thủ đoạn|chiêu|kẻ gian|đối tượng|chúng (?!tôi|ta|em|mình)|giả danh|giả mạo|mạo danh|kịch bản|bước \d|dấu hiệu|lừa đảo|nhận biết|kẻ xấu|thường là|nhận ra|bẫy"
)


def requests_in(text: str) -> Iterator[tuple[int, int]]:
    """Places, in the text as given, of what asks a resident for money, a code, a password, a paper or an app."""
    flat = flatten(_PLACE.sub(_covered, text))
    before: Sentence | None = None
    for sentence in sentences_of(flat):
        match = _REQUEST.search(sentence.flat)
        while match:
            asks = not _sounds_alike(sentence.lower, match) and _is_request(sentence, before, match)
            if asks:
                yield flat.place(sentence.start + match.start(), sentence.start + match.end())
            match = _REQUEST.search(sentence.flat, match.end() if asks else match.start() + 1)
        before = sentence


def asks_money_or_code(text: str) -> bool:
    """Whether any sentence asks for money, a code, a password, a photo of papers or an app."""
    return next(requests_in(text), None) is not None


def _covered(place: re.Match[str]) -> str:
    """The name of a place, as long as it is: xã Tiền Phong and thôn Đông Tiến ask for nothing."""
    first, second = place["first"], place["second"] or ""
    if not first.istitle():
        return place[0]
    rest = " " + "x" * (len(second) - 1) if second.strip().istitle() else second
    return f"{place['kind']} {'x' * len(first)}{rest}"


def _sounds_alike(lower: str, match: re.Match[str]) -> bool:
    """The marks show other words: "Thôn Đông Tiến" is no money, "nhận kết quả" no "qua", "hồ sơ" no "số", "theo dõi" no "theo"."""
    asked, after = lower[match.start() : match.end()], lower[match.end() : match.end() + 5]
    last = asked.rpartition(" ")[2]
    if last in ("quả", "sơ") or (last == "theo" and after.startswith((" dõi", " hẹn"))):
        return True
    return bool(_OTHER_TIEN.search(asked)) and not _MONEY_WORD.search(_NAMED_TIEN.sub("", asked))


def _is_request(sentence: Sentence, before: Sentence | None, match: re.Match[str]) -> bool:
    start = match.start()
    verb = re.match(r"\w+", sentence.lower[start:])
    if verb and not verb[0].isascii() and verb[0] not in _VERBS:
        return False
    lead = sentence.lower[:start]
    if _is_refused(lead) or _HARMLESS_BEFORE.search(lead[-_WINDOW:]) or _is_harmless(sentence.lower, match):
        return False
    trick = _last(_TRICKSTER, lead)
    told = _last(_TOLD, lead)
    if trick is None and before is not None and _WARNS_AROUND.search(before.lower):
        ordered = told is not None and not _REPORTING.match(lead[told[0] :])
        return ordered or bool(_FOR_US.search(sentence.lower[start:]))
    if trick is None:
        return not _listed_trick(sentence, lead)
    if lead[trick[0] : trick[1]] == "bị" and lead.endswith("thì "):  # "Bị phạt thì nộp tiền vào tài khoản ..."
        return True
    if told is not None and told[0] > trick[0]:
        return not _reported(lead[trick[0] : told[0]], lead[told[0] :])
    return _after_condition(lead, trick[0])


def _is_harmless(lower: str, match: re.Match[str]) -> bool:
    """Money for a stranger is a tale, a fee at the counter is due, a log-in to one's own account asks nobody."""
    lead, asked, after = (
        lower[: match.start()],
        lower[match.start() : match.end()],
        lower[match.end() : match.end() + 60],
    )
    if asked.startswith("chuyển nhầm"):
        return True
    if asked.startswith(("gửi", "báo", "nhắn")) and _MACHINE_SENDS.search(lead):
        return True
    wrong = _CALLED_WRONG.search(lower[match.end() :])
    if wrong and not _OR_ELSE.search(wrong[0]) and not _MONEY_WORD.search(asked):
        return True
    if _TO_A_STRANGER.search(lower[match.start() : match.end() + 30]):
        return True
    quote = _QUOTE_OPEN.search(lead)
    if quote and (_QUOTED_BY.search(lead[: quote.start()]) or _QUOTED_AFTER.search(lower[match.end() :])):
        return True
    if _OFFICIAL_WAY.search(asked + after) and _MONEY_WORD.search(asked) and "cán bộ" not in asked + after:
        return True
    enters = re.match(r"(?:nhập|điền)(?!\w)", asked)
    return bool(enters and _OWN_LOGIN.search(lower) and not _TO_SOMEBODY.search(lower[match.start() :]))


def _last(pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    spans = [match.span() for match in pattern.finditer(text)]
    return spans[-1] if spans else None


def _is_refused(lead: str) -> bool:
    """A refusal governs the verb: near before it, and nobody is told something new in between."""
    refusal = _last(_REFUSAL, lead[-_WINDOW:])
    if refusal is None:
        return False
    between = lead[-_WINDOW:][refusal[1] :]
    fresh = re.search(r"(?<!\w)(?:mà|nhưng|hãy|rồi|thì|xin|vui lòng|đề nghị)(?!\w)", between)
    told = _last(_TOLD, between)
    starts_anew = told is not None and "," in between[: told[0]] and not _REPORTING.search(between)
    return fresh is None and not starts_anew


def _listed_trick(sentence: Sentence, lead: str) -> bool:
    """A step of a trick told without naming the trickster: "Bước 3: yêu cầu nạp thêm tiền"."""
    reporting = _last(_REPORTING, lead[-25:])
    if reporting is None:
        return bool(re.search(r"[“\"'‘][^”\"'’]*$", lead)) and bool(_WARNS_AROUND.search(sentence.lower))
    at = max(0, len(lead) - 25) + reporting[0]
    return (
        not _UNIT.search(lead[:at])
        and not _FOR_US.search(sentence.lower[len(lead) :])
        and bool(
            _WARNS_AROUND.search(sentence.lower)
            or (
                not _TOLD.search(lead[:at])
                and reporting
                and (
                    lead[at:].startswith(
                        ("yêu cầu", "bảo", "dụ", "đòi", "ép", "buộc", "rủ", "lừa", "xúi", "biểu", "bắt")
                    )
                    or re.fullmatch(r"nhờ (?:\w+ )?", lead[at:])
                )
            )
        )
    )


def _reported(between: str, told: str) -> bool:
    """The resident is told it by the trickster: a reporting word stands right before, or opens the telling."""
    if _REPORTING.match(told) and not re.match(r"đề nghị|mời", told):
        return True
    if _BEGS.match(told) and _FALSE_ONE.search(between):
        return True
    return bool(re.search(rf"(?:{_REPORTING.pattern})[^\w,]+(?:\w+[^\w,]+){{0,3}}$", between))


def _after_condition(lead: str, trick: int) -> bool:
    """ "Nếu nghi bị lừa, gửi ngay mã OTP": the trickster stands in the condition only, the order after its comma."""
    comma = lead.rfind(",")
    return comma > trick and bool(_CONDITION.search(lead)) and not _REPORTING.search(lead[comma:])
